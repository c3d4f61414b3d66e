use std::io::{self, Read, Write};

/// What parent and child send each other: a kind, the number of a job, and a bounded body.
///
/// A pipe is a stream of bytes without borders, so each message says how long it is. All numbers are
/// little-endian:
///
/// | bytes | meaning |
/// |---|---|
/// | 0..4 | `SUMP` |
/// | 4 | version: 1 |
/// | 5 | kind |
/// | 6..8 | zero |
/// | 8..16 | job: the number of the request that this belongs to |
/// | 16..20 | length of the body, at most 1 MiB |
/// | 20.. | the body |
///
/// What kinds there are, and what stands in their bodies, is up to the two programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// What the body means.
    pub kind: u8,
    /// The number of the request.
    pub job: u64,
    /// The message.
    pub body: Vec<u8>,
}

/// Why no frame could be read.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// The input ended inside a frame.
    #[error("the input ended inside a frame")]
    HalfFrame,
    /// What came is not a frame.
    #[error("what came is not a frame: {0}")]
    Nonsense(&'static str),
    /// The system could not read.
    #[error("the input could not be read: {0}")]
    Input(#[from] io::Error),
}

const MAGIC: [u8; 4] = *b"SUMP";
const VERSION: u8 = 1;

impl Frame {
    /// The length of the header.
    pub const HEADER: usize = 20;

    /// No body is longer: nobody has to believe a length that would fill the memory.
    pub const LONGEST_BODY: usize = 1 << 20;

    /// The header of a frame, also one that no reader believes.
    pub fn header(kind: u8, job: u64, length: u32) -> [u8; Frame::HEADER] {
        let mut bytes = [0; Frame::HEADER];
        bytes[..4].copy_from_slice(&MAGIC);
        bytes[4..6].copy_from_slice(&[VERSION, kind]);
        bytes[8..16].copy_from_slice(&job.to_le_bytes());
        bytes[16..].copy_from_slice(&length.to_le_bytes());
        bytes
    }

    /// Writes the frame in one piece.
    ///
    /// # Panics
    ///
    /// If the body is longer than [`Frame::LONGEST_BODY`].
    pub fn write(&self, output: &mut impl Write) -> io::Result<()> {
        let length = bounded(&self.body);
        let mut bytes = Vec::with_capacity(Frame::HEADER + self.body.len());
        bytes.extend(Frame::header(self.kind, self.job, length));
        bytes.extend(&self.body);
        output.write_all(&bytes)?;
        output.flush()
    }

    /// Writes a frame with this body, which is not copied first.
    ///
    /// # Panics
    ///
    /// If the body is longer than [`Frame::LONGEST_BODY`].
    pub fn write_body(kind: u8, job: u64, body: &[u8], output: &mut impl Write) -> io::Result<()> {
        output.write_all(&Frame::header(kind, job, bounded(body)))?;
        output.write_all(body)?;
        output.flush()
    }

    /// Reads the next frame; `None` where the input ends before one begins.
    ///
    /// # Errors
    ///
    /// Where the input is not a frame of this version, or ends inside one.
    pub fn read(input: &mut impl Read) -> Result<Option<Frame>, Unreadable> {
        // Byte by byte, so that nonsense is refused before more of it is waited for.
        for (place, expected) in MAGIC.iter().enumerate() {
            let mut byte = [0];
            match input.read_exact(&mut byte) {
                Err(end) if end.kind() == io::ErrorKind::UnexpectedEof => {
                    return if place == 0 { Ok(None) } else { Err(Unreadable::HalfFrame) };
                }
                Err(error) => return Err(error.into()),
                Ok(()) if byte[0] != *expected => {
                    return Err(Unreadable::Nonsense("it does not begin with SUMP"));
                }
                Ok(()) => {}
            }
        }
        let mut rest = [0; Frame::HEADER - MAGIC.len()];
        read_inside(input, &mut rest)?;
        let (version, kind, reserved) = (rest[0], rest[1], &rest[2..4]);
        let job = u64::from_le_bytes(rest[4..12].try_into().expect("8 bytes"));
        let length = u32::from_le_bytes(rest[12..].try_into().expect("4 bytes")) as usize;
        if version != VERSION {
            return Err(Unreadable::Nonsense("it is of another version"));
        }
        if reserved != [0, 0] {
            return Err(Unreadable::Nonsense("its bytes 6 and 7 are not zero"));
        }
        if length > Frame::LONGEST_BODY {
            return Err(Unreadable::Nonsense("its body is longer than 1 MiB"));
        }
        let mut body = vec![0; length];
        read_inside(input, &mut body)?;
        Ok(Some(Frame { kind, job, body }))
    }
}

fn bounded(body: &[u8]) -> u32 {
    assert!(body.len() <= Frame::LONGEST_BODY, "no body is longer than 1 MiB");
    body.len() as u32
}

fn read_inside(input: &mut impl Read, bytes: &mut [u8]) -> Result<(), Unreadable> {
    input.read_exact(bytes).map_err(|error| match error.kind() {
        io::ErrorKind::UnexpectedEof => Unreadable::HalfFrame,
        _ => error.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(length: usize) -> (Frame, Vec<u8>) {
        let frame = Frame { kind: 9, job: u64::MAX - 1, body: vec![7; length] };
        let mut bytes = Vec::new();
        frame.write(&mut bytes).expect("a vector takes everything");
        (frame, bytes)
    }

    #[test]
    fn what_is_written_is_read_again() {
        for length in [0, 1, 30, Frame::LONGEST_BODY] {
            let (frame, bytes) = written(length);
            let mut uncopied = Vec::new();
            Frame::write_body(9, frame.job, &frame.body, &mut uncopied).expect("a vector");
            assert_eq!(bytes, uncopied);
            let twice = [&bytes[..], &bytes].concat();
            let mut input = &twice[..];
            for expected in [Some(&frame), Some(&frame), None] {
                assert_eq!(Frame::read(&mut input).expect("readable").as_ref(), expected);
            }
        }
    }

    #[test]
    fn the_end_is_between_frames_or_inside_one() {
        let (_, bytes) = written(30);
        for cut in 1..bytes.len() {
            let read = Frame::read(&mut &bytes[..cut]);
            assert!(matches!(read, Err(Unreadable::HalfFrame)), "{cut}: {read:?}");
        }
    }

    #[test]
    fn nonsense_is_refused() {
        let (_, good) = written(30);
        for (place, value) in [(0, b'X'), (3, 0), (4, 2), (6, 1), (7, 1), (18, 255)] {
            let mut bytes = good.clone();
            bytes[place] = value;
            let read = Frame::read(&mut &bytes[..]);
            assert!(matches!(read, Err(Unreadable::Nonsense(_))), "byte {place}: {read:?}");
        }
    }

    /// A reader of a header with `length` asks for no more memory than the bound.
    #[test]
    fn no_length_is_believed_beyond_the_bound() {
        let longest = Frame::LONGEST_BODY as u32;
        for (length, is_half) in [(longest, true), (longest + 1, false), (u32::MAX, false)] {
            let read = Frame::read(&mut &Frame::header(1, 0, length)[..]);
            assert_eq!(matches!(read, Err(Unreadable::HalfFrame)), is_half, "{length}: {read:?}");
        }
    }
}
