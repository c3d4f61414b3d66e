//! What the program and a worker say to each other: JSON in frames.

use std::io::{self, Read, Write};

use serde_json::Value;

/// What every frame begins with: the protocol and its version.
const MAGIC: [u8; 4] = *b"SOP1";

/// No frame is longer, so that nonsense cannot make anyone wait for gigabytes.
const LONGEST: u32 = 1 << 20;

/// A message, and the number of the request that it is, or answers. The first word of a worker has 0.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// The number.
    pub number: u32,
    /// The message.
    pub message: Value,
}

impl Frame {
    /// Writes the frame: four letters, number, length, JSON; the numbers little-endian.
    ///
    /// # Errors
    ///
    /// Those of the stream.
    pub fn write(&self, mut to: impl Write) -> io::Result<()> {
        let text = self.message.to_string();
        let mut bytes = MAGIC.to_vec();
        bytes.extend(self.number.to_le_bytes());
        bytes.extend((text.len() as u32).to_le_bytes());
        bytes.extend(text.as_bytes());
        to.write_all(&bytes)?;
        to.flush()
    }

    /// Reads one frame; `None` where the stream ends before it.
    ///
    /// # Errors
    ///
    /// Those of the stream; [`io::ErrorKind::UnexpectedEof`] where it ends inside the frame, and
    /// [`io::ErrorKind::InvalidData`] where the bytes are no frame.
    pub fn read(mut from: impl Read) -> io::Result<Option<Frame>> {
        let mut header = [0; 12];
        let mut have = 0;
        while have < header.len() {
            match from.read(&mut header[have..]) {
                Ok(0) if have == 0 => return Ok(None),
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(more) => have += more,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        let word = |at: usize| {
            let bytes = header[at..at + 4].try_into().expect("a word has four bytes");
            u32::from_le_bytes(bytes)
        };
        let (number, length) = (word(4), word(8));
        if header[..4] != MAGIC || length > LONGEST {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut text = vec![0; length as usize];
        from.read_exact(&mut text)?;
        let message = serde_json::from_slice(&text).map_err(|_| io::ErrorKind::InvalidData)?;
        Ok(Some(Frame { number, message }))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn bytes(frame: &Frame) -> Vec<u8> {
        let mut bytes = Vec::new();
        frame.write(&mut bytes).expect("memory takes everything");
        bytes
    }

    #[test]
    fn what_is_written_is_read() {
        let frame = Frame { number: 7, message: json!({"sum": "18446744073709551615"}) };
        let twice = [bytes(&frame), bytes(&frame)].concat();
        let mut stream = &twice[..];
        assert_eq!(Frame::read(&mut stream).expect("a frame"), Some(frame.clone()));
        assert_eq!(Frame::read(&mut stream).expect("a frame"), Some(frame));
        assert_eq!(Frame::read(&mut stream).expect("the end"), None);
    }

    #[test]
    fn what_is_no_frame_is_refused() {
        let good = bytes(&Frame { number: 1, message: json!([]) });
        for end in 1..good.len() {
            let error = Frame::read(&good[..end]).expect_err("a part of a frame");
            assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof, "{end} bytes");
        }
        let with = |at: usize, byte: u8| {
            let mut bad = good.clone();
            bad[at] = byte;
            bad
        };
        for bad in [with(0, b's'), with(11, 1), with(12, b'{'), b"hello, I am no frame".to_vec()] {
            let error = Frame::read(&bad[..]).expect_err("no frame");
            assert_eq!(error.kind(), io::ErrorKind::InvalidData, "{bad:?}");
        }
    }
}
