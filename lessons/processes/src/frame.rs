//! The frames that parent and worker send each other.
//!
//! A pipe is a stream of bytes without any borders, so every message says how long it is. All numbers
//! are little-endian:
//!
//! | bytes | meaning |
//! |---|---|
//! | 0..4 | `SUMP` |
//! | 4 | version: 1 |
//! | 5 | kind |
//! | 6..8 | zero |
//! | 8..16 | job: the number of the request that this belongs to |
//! | 16..20 | length of the body, at most 1 MiB |
//! | 20.. | the body |

use std::io::{self, Read, Write};
use std::ops::Range;

use kernels::KernelName;

use crate::Fault;

const MAGIC: [u8; 4] = *b"SUMP";
const VERSION: u8 = 1;
const HEADER: usize = 20;

/// No body is longer than this: nobody has to believe a length that would fill the memory.
pub const LONGEST_BODY: usize = 1 << 20;

/// What travels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// To the worker, first: which kernel to make. `data` says that the numbers of `memory` can be
    /// mapped from descriptor 3.
    Spec {
        /// The kernel.
        kernel: KernelName,
        /// How many terms it has.
        terms: u64,
        /// Whether descriptor 3 holds its data.
        data: bool,
    },
    /// From the worker: the kernel is made.
    Ready,
    /// To the worker: sum these terms.
    Sum(Range<u64>),
    /// To the worker: map the data anew, and sum these terms from it.
    SumMapped(Range<u64>),
    /// To the worker: sum these terms, whose numbers come in `Data` frames after this one.
    SumSent(Range<u64>),
    /// To the worker: numbers, eight bytes each, in the machine's own byte order.
    Data(Vec<u8>),
    /// To the worker: do this at the next request, in place of an honest answer.
    Misbehave(Fault),
    /// From the worker: the sum of these terms, and the nanoseconds that it took.
    Answer {
        /// The terms that were asked for.
        range: Range<u64>,
        /// Their sum.
        sum: u64,
        /// How long the worker was busy with them.
        busy: u64,
    },
}

/// A message and the job that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// The number of the request.
    pub job: u64,
    /// What it says.
    pub message: Message,
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

impl Frame {
    /// Writes the frame, in one piece.
    ///
    /// # Errors
    ///
    /// Where the output does not take it.
    pub fn write(&self, output: &mut impl Write) -> io::Result<()> {
        let (kind, body) = self.message.encoded();
        let mut bytes = header(kind, self.job, body.len());
        bytes.extend(body);
        output.write_all(&bytes)?;
        output.flush()
    }

    /// Reads the next frame; `None` where the input ends before one begins.
    ///
    /// # Errors
    ///
    /// Where the input is not a frame of this version, or ends inside one.
    pub fn read(input: &mut impl Read) -> Result<Option<Frame>, Unreadable> {
        // Byte by byte, so that nonsense is found out before more of it is waited for.
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
        let mut rest = [0; HEADER - MAGIC.len()];
        read_inside(input, &mut rest)?;
        let number = |at: usize| u64::from_le_bytes(rest[at..at + 8].try_into().expect("8 bytes"));
        let length = u32::from_le_bytes(rest[12..16].try_into().expect("4 bytes")) as usize;
        if rest[0] != VERSION {
            return Err(Unreadable::Nonsense("it is of another version"));
        }
        if rest[2..4] != [0, 0] {
            return Err(Unreadable::Nonsense("its bytes 6 and 7 are not zero"));
        }
        if length > LONGEST_BODY {
            return Err(Unreadable::Nonsense("its body is longer than 1 MiB"));
        }
        let mut body = vec![0; length];
        read_inside(input, &mut body)?;
        let message = Message::decoded(rest[1], body)?;
        Ok(Some(Frame { job: number(4), message }))
    }

    /// Writes numbers as `Data` frames, without copying them.
    ///
    /// # Errors
    ///
    /// Where the output does not take them.
    pub fn write_data(job: u64, numbers: &[u64], output: &mut impl Write) -> io::Result<()> {
        let bytes: &[u8] = bytemuck::cast_slice(numbers);
        output.write_all(&header(DATA, job, bytes.len()))?;
        output.write_all(bytes)
    }
}

fn header(kind: u8, job: u64, length: usize) -> Vec<u8> {
    let length = u32::try_from(length).expect("no body is longer than 1 MiB");
    let mut bytes = Vec::with_capacity(HEADER + 32);
    bytes.extend(MAGIC);
    bytes.extend([VERSION, kind, 0, 0]);
    bytes.extend(job.to_le_bytes());
    bytes.extend(length.to_le_bytes());
    bytes
}

/// The header of an answer that no reader believes, where `length` is beyond [`LONGEST_BODY`].
pub(crate) fn header_of_any_length(job: u64, length: u32) -> Vec<u8> {
    header(ANSWER, job, length as usize)
}

fn read_inside(input: &mut impl Read, bytes: &mut [u8]) -> Result<(), Unreadable> {
    input.read_exact(bytes).map_err(|error| match error.kind() {
        io::ErrorKind::UnexpectedEof => Unreadable::HalfFrame,
        _ => error.into(),
    })
}

const SPEC: u8 = 1;
const READY: u8 = 2;
const SUM: u8 = 3;
const SUM_MAPPED: u8 = 4;
const SUM_SENT: u8 = 5;
const DATA: u8 = 6;
const ANSWER: u8 = 7;
const MISBEHAVE: u8 = 8;

impl Message {
    fn encoded(&self) -> (u8, Vec<u8>) {
        let numbers = |numbers: &[u64]| numbers.iter().flat_map(|n| n.to_le_bytes()).collect();
        match self {
            Message::Spec { kernel, terms, data } => {
                let place = KernelName::ALL.iter().position(|name| name == kernel);
                let number = place.expect("ALL holds every kernel") as u64;
                (SPEC, numbers(&[number, *terms, u64::from(*data)]))
            }
            Message::Ready => (READY, Vec::new()),
            Message::Sum(range) => (SUM, numbers(&[range.start, range.end])),
            Message::SumMapped(range) => (SUM_MAPPED, numbers(&[range.start, range.end])),
            Message::SumSent(range) => (SUM_SENT, numbers(&[range.start, range.end])),
            Message::Data(bytes) => (DATA, bytes.clone()),
            Message::Misbehave(fault) => {
                let place = Fault::ALL.iter().position(|known| known == fault);
                (MISBEHAVE, numbers(&[place.expect("ALL holds every fault") as u64]))
            }
            Message::Answer { range, sum, busy } => {
                (ANSWER, numbers(&[range.start, range.end, *sum, *busy]))
            }
        }
    }

    fn decoded(kind: u8, body: Vec<u8>) -> Result<Self, Unreadable> {
        if kind == DATA {
            return Ok(Message::Data(body));
        }
        let (numbers, rest) = body.as_chunks::<8>();
        let numbers: Vec<u64> = numbers.iter().map(|bytes| u64::from_le_bytes(*bytes)).collect();
        let message = match (kind, &numbers[..], rest) {
            (SPEC, [kernel, terms, data @ (0 | 1)], []) => {
                let kernel = usize::try_from(*kernel).ok().and_then(|at| KernelName::ALL.get(at));
                let kernel = *kernel.ok_or(Unreadable::Nonsense("it names an unknown kernel"))?;
                Message::Spec { kernel, terms: *terms, data: *data == 1 }
            }
            (READY, [], []) => Message::Ready,
            (SUM, [lo, hi], []) if lo <= hi => Message::Sum(*lo..*hi),
            (SUM_MAPPED, [lo, hi], []) if lo <= hi => Message::SumMapped(*lo..*hi),
            (SUM_SENT, [lo, hi], []) if lo <= hi => Message::SumSent(*lo..*hi),
            (ANSWER, [lo, hi, sum, busy], []) if lo <= hi => {
                Message::Answer { range: *lo..*hi, sum: *sum, busy: *busy }
            }
            (MISBEHAVE, [fault], []) => {
                let fault = usize::try_from(*fault).ok().and_then(|at| Fault::ALL.get(at));
                Message::Misbehave(*fault.ok_or(Unreadable::Nonsense("it names no known fault"))?)
            }
            _ => return Err(Unreadable::Nonsense("kind and body do not fit")),
        };
        Ok(message)
    }
}

#[cfg(test)]
mod tests {
    use kernels::{Known, Memory};

    use super::*;

    fn written(message: Message) -> Vec<u8> {
        let mut bytes = Vec::new();
        Frame { job: 7, message }.write(&mut bytes).expect("a vector takes everything");
        bytes
    }

    fn all_messages() -> Vec<Message> {
        let spec = |kernel| Message::Spec { kernel, terms: 1000, data: kernel == Memory::NAME };
        let mut messages: Vec<Message> = KernelName::ALL.iter().copied().map(spec).collect();
        messages.extend([
            Message::Ready,
            Message::Sum(0..u64::MAX),
            Message::SumMapped(3..3),
            Message::SumSent(5..9),
            Message::Data(vec![1, 2, 3]),
            Message::Misbehave(Fault::Ready),
            Message::Answer { range: 1..2, sum: u64::MAX, busy: 4 },
        ]);
        messages
    }

    #[test]
    fn what_is_written_is_read_again() {
        for message in all_messages() {
            let bytes = written(message.clone());
            let frame = Frame::read(&mut &bytes[..]).expect("a frame").expect("not the end");
            assert_eq!(frame, Frame { job: 7, message });
        }
    }

    #[test]
    fn the_end_is_between_frames_or_inside_one() {
        for message in all_messages() {
            let bytes = written(message);
            assert!(matches!(Frame::read(&mut &bytes[..0]), Ok(None)));
            for cut in 1..bytes.len() {
                let read = Frame::read(&mut &bytes[..cut]);
                assert!(matches!(read, Err(Unreadable::HalfFrame)), "{cut}: {read:?}");
            }
        }
    }

    #[test]
    fn nonsense_is_refused() {
        let good = written(Message::Sum(1..2));
        for (place, value) in
            [(0, b'X'), (3, 0), (4, 2), (5, 0), (5, 99), (6, 1), (7, 1), (18, 255)]
        {
            let mut bytes = good.clone();
            bytes[place] = value;
            bytes.resize(5000, 0);
            let read = Frame::read(&mut &bytes[..]);
            assert!(matches!(read, Err(Unreadable::Nonsense(_))), "byte {place}: {read:?}");
        }
        let backwards = written(Message::Answer { range: 1..2, sum: 1, busy: 9 });
        let mut bytes = backwards;
        bytes[HEADER] = 200;
        assert!(matches!(Frame::read(&mut &bytes[..]), Err(Unreadable::Nonsense(_))));
    }
}
