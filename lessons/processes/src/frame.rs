//! What the frames of parent and worker say. How a frame looks is up to [`children::Frame`].

use std::io::{self, Read, Write};
use std::ops::Range;

use children::{Frame, Unreadable};
use kernels::KernelName;

use crate::Fault;

/// What travels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// To the worker, first: which kernel to make. `data` says that the numbers of `memory` can be
    /// mapped from descriptor 3.
    Spec {
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
        /// How long the worker was busy with them.
        busy: u64,
        /// Their sum, as its type [travels](kernels::Partial::encode).
        sum: Vec<u8>,
    },
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
    /// The longest partial that an answer can hold.
    pub const LONGEST_PARTIAL: usize = Frame::LONGEST_BODY - 3 * size_of::<u64>();

    /// Sends the message, which belongs to the request `job`.
    ///
    /// # Errors
    ///
    /// Where the output does not take it.
    pub fn write(&self, job: u64, output: &mut impl Write) -> io::Result<()> {
        let (kind, body) = self.encoded();
        Frame { kind, job, body }.write(output)
    }

    /// Reads the next message, and which request it belongs to; `None` where the input ends before it.
    ///
    /// # Errors
    ///
    /// Where the input is not a frame with a message, or ends inside one.
    pub fn read(input: &mut impl Read) -> Result<Option<(u64, Message)>, Unreadable> {
        let Some(frame) = Frame::read(input)? else { return Ok(None) };
        Ok(Some((frame.job, Message::of(frame)?)))
    }

    /// Sends numbers as [`Message::Data`], without copying them first.
    ///
    /// # Errors
    ///
    /// Where the output does not take them.
    pub fn write_data(job: u64, numbers: &[u64], output: &mut impl Write) -> io::Result<()> {
        Frame::write_body(DATA, job, bytemuck::cast_slice(numbers), output)
    }

    /// The header of an answer that no reader believes, where `length` is beyond
    /// [`Frame::LONGEST_BODY`].
    pub(crate) fn answer_header(job: u64, length: u32) -> [u8; Frame::HEADER] {
        Frame::header(ANSWER, job, length)
    }

    fn encoded(&self) -> (u8, Vec<u8>) {
        let numbers =
            |numbers: &[u64]| -> Vec<u8> { numbers.iter().flat_map(|n| n.to_le_bytes()).collect() };
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
            Message::Answer { range, busy, sum } => {
                (ANSWER, [&numbers(&[range.start, range.end, *busy])[..], sum].concat())
            }
        }
    }

    /// What a frame says.
    pub(crate) fn of(Frame { kind, body, .. }: Frame) -> Result<Self, Unreadable> {
        if kind == DATA {
            return Ok(Message::Data(body));
        }
        let (head, sum) =
            body.split_at(if kind == ANSWER { body.len().min(24) } else { body.len() });
        let (numbers, rest) = head.as_chunks::<8>();
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
            (ANSWER, [lo, hi, busy], []) if lo <= hi => {
                Message::Answer { range: *lo..*hi, busy: *busy, sum: sum.to_vec() }
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
    use super::*;

    fn written(message: &Message) -> Vec<u8> {
        let mut bytes = Vec::new();
        message.write(7, &mut bytes).expect("a vector takes everything");
        bytes
    }

    #[test]
    fn numbers_are_written_as_data() {
        let mut uncopied = Vec::new();
        Message::write_data(7, &[1, 2], &mut uncopied).expect("a vector takes everything");
        let numbers = [1_u64, 2].map(u64::to_ne_bytes).concat();
        assert_eq!(uncopied, written(&Message::Data(numbers)));
    }

    #[test]
    fn kind_and_body_have_to_fit() {
        let good = written(&Message::Answer { range: 1..2, busy: 9, sum: vec![1; 8] });
        for (place, value) in [(5, 0), (5, 2), (5, 99), (Frame::HEADER, 200)] {
            let mut bytes = good.clone();
            bytes[place] = value;
            let read = Message::read(&mut &bytes[..]);
            assert!(matches!(read, Err(Unreadable::Nonsense(_))), "byte {place}: {read:?}");
        }
    }
}
