use std::ops::Range;

use super::Ended;
use crate::frame::{Frame, Message};

/// Which frames may come next.
///
/// Each frame is checked when it is read, and not when it is its turn: so one that is out of place is
/// found out during a long sum, too.
#[derive(Debug, Default)]
pub(super) struct Order {
    /// How many terms the kernel has, once there was a spec.
    terms: Option<u64>,
    /// The job whose numbers must come next, and how many bytes of them.
    announced: Option<(u64, u64)>,
}

/// What is wrong with another frame in the place of the first.
pub(super) const SPEC_FIRST: Ended = Ended::OutOfPlace("the first one must be a spec");
/// What is wrong with a frame that asks for nothing.
pub(super) const NO_REQUEST: Ended = Ended::OutOfPlace("only requests may follow the spec");

impl Order {
    /// Takes the next frame, if it may come here.
    pub(super) fn check(&mut self, frame: &Frame) -> Result<(), Ended> {
        let Some(terms) = self.terms else {
            let Message::Spec { terms, .. } = frame.message else { return Err(SPEC_FIRST) };
            self.terms = Some(terms);
            return Ok(());
        };
        if let Some((job, missing)) = self.announced {
            let left = missing.checked_sub(length_of_numbers(frame, job)?);
            let left = left.ok_or(Ended::OutOfPlace(OTHER_NUMBERS))?;
            self.announced = (left > 0).then_some((job, left));
            return Ok(());
        }
        match &frame.message {
            Message::Misbehave(_) => Ok(()),
            Message::Sum(range) | Message::SumMapped(range) => inside(range, terms),
            Message::SumSent(range) => {
                let bytes = (range.end - range.start).saturating_mul(8);
                self.announced = (bytes > 0).then_some((frame.job, bytes));
                inside(range, terms)
            }
            _ => Err(NO_REQUEST),
        }
    }
}

const OTHER_NUMBERS: &str = "these are not the numbers that were announced";

/// How many bytes of whole numbers of `job` the frame holds.
fn length_of_numbers(frame: &Frame, job: u64) -> Result<u64, Ended> {
    let Message::Data(bytes) = &frame.message else {
        return Err(Ended::OutOfPlace("numbers were announced"));
    };
    if frame.job != job || !bytes.len().is_multiple_of(8) {
        return Err(Ended::OutOfPlace(OTHER_NUMBERS));
    }
    Ok(bytes.len() as u64)
}

fn inside(range: &Range<u64>, terms: u64) -> Result<(), Ended> {
    if range.end <= terms { Ok(()) } else { Err(Ended::OutOfPlace("the range has no such terms")) }
}
