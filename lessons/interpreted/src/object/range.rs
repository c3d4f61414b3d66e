//! `range(start, stop, step)` and its iterator.

use std::cell::{Cell, RefCell};
use std::fmt;

use num_bigint::BigInt;

use super::text::Letters;
use super::types::{RANGE_ITERATOR, STR_ITERATOR};
use super::{Heap, Payload, RANGE, Value};
use crate::Exception;

/// The numbers from `start` by `step` up to, but not including, `stop`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// The first number.
    pub start: BigInt,
    /// The end, which is not included.
    pub stop: BigInt,
    /// The distance from one number to the next.
    pub step: BigInt,
}

impl Range {
    /// The first number, if there is any.
    pub fn first(&self) -> Option<&BigInt> {
        let up = self.step > BigInt::ZERO;
        let any = if up { self.start < self.stop } else { self.start > self.stop };
        any.then_some(&self.start)
    }

    /// How many numbers there are.
    pub fn length(&self) -> BigInt {
        if self.first().is_none() {
            return BigInt::ZERO;
        }
        let one = BigInt::from(1);
        let up = self.step > BigInt::ZERO;
        let (distance, step) = match up {
            true => (&self.stop - &self.start, self.step.clone()),
            false => (&self.start - &self.stop, -&self.step),
        };
        (distance - &one) / step + one
    }

    /// The last number, if there is any.
    pub fn last(&self) -> Option<BigInt> {
        self.first().map(|first| first + &self.step * (self.length() - 1))
    }

    /// Whether both give the same numbers.
    pub fn same_numbers(&self, other: &Range) -> bool {
        let length = self.length();
        let one = BigInt::from(1);
        length == other.length()
            && (length == BigInt::ZERO
                || (self.start == other.start && (length == one || self.step == other.step)))
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "range({}, {}", self.start, self.stop)?;
        if self.step != BigInt::from(1) {
            write!(f, ", {}", self.step)?;
        }
        write!(f, ")")
    }
}

/// The state of an iterator over a range, in machine words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Progress {
    pub next: i64,
    pub left: u64,
    pub step: i64,
}

impl Progress {
    /// The next number.
    #[inline]
    pub fn advance(cell: &Cell<Progress>) -> Option<i64> {
        let now = cell.get();
        if now.left == 0 {
            return None;
        }
        let next = now.next.wrapping_add(now.step); // After the last number it is not used.
        cell.set(Progress { next, left: now.left - 1, step: now.step });
        Some(now.next)
    }
}

/// The next number of an iterator; `None` at its end.
#[inline(always)]
pub(crate) fn advance(iterator: &Value) -> Option<i64> {
    match iterator.payload() {
        Payload::Progress(progress) => Progress::advance(progress),
        _ => None,
    }
}

/// An iterator over numbers that do not fit a machine word.
#[derive(Debug)]
pub(crate) struct Steps {
    left: RefCell<Range>,
}

impl Steps {
    /// The next number.
    fn advance(&self) -> Option<Value> {
        let mut left = self.left.borrow_mut();
        let next = left.first()?.clone();
        left.start = &next + &left.step;
        Some(Value::big(next))
    }
}

/// The next value of an iterator that [`advance`] does not know; `None` at its end.
#[cold]
pub(crate) fn next_value(iterator: &Value) -> Option<Value> {
    match iterator.payload() {
        Payload::Letters(letters) => letters.advance(),
        Payload::Steps(steps) => steps.advance(),
        _ => None,
    }
}

/// The result of a call of `range`.
pub(super) fn make(arguments: &[Value]) -> Result<Value, Box<Exception>> {
    let whole = |value: &Value| {
        value.as_big().ok_or_else(|| {
            Exception::type_error(format!(
                "'{}' object cannot be interpreted as an integer",
                value.kind().name
            ))
        })
    };
    let (start, stop, step) = match arguments {
        [] => {
            return Err(Exception::type_error("range expected at least 1 argument, got 0"));
        }
        [stop] => (BigInt::ZERO, whole(stop)?, BigInt::from(1)),
        [start, stop] => (whole(start)?, whole(stop)?, BigInt::from(1)),
        [start, stop, step] => (whole(start)?, whole(stop)?, whole(step)?),
        more => {
            let message = format!("range expected at most 3 arguments, got {}", more.len());
            return Err(Exception::type_error(message));
        }
    };
    if step == BigInt::ZERO {
        return Err(Exception::value_error("range() arg 3 must not be zero"));
    }
    let range = Box::new(Range { start, stop, step });
    Ok(Value::new(&RANGE, Payload::Range(range)))
}

/// The result of `iter(value)`.
pub(crate) fn iterate(value: &Value, _: &mut Heap) -> Result<Value, Box<Exception>> {
    if value.as_str().is_some() {
        let letters = Box::new(Letters::of(value));
        return Ok(Value::new(&STR_ITERATOR, Payload::Letters(letters)));
    }
    let Payload::Range(range) = value.payload() else {
        let name = value.kind().name;
        return Err(Exception::type_error(format!("'{name}' object is not iterable")));
    };
    let words = (
        i64::try_from(&range.start),
        u64::try_from(&range.length()),
        i64::try_from(&range.step),
        i64::try_from(&range.stop),
    );
    let (Ok(next), Ok(left), Ok(step), Ok(_)) = words else {
        let steps = Box::new(Steps { left: RefCell::new(range.as_ref().clone()) });
        return Ok(Value::new(&RANGE_ITERATOR, Payload::Steps(steps)));
    };
    let progress = Box::new(Cell::new(Progress { next, left, step }));
    Ok(Value::new(&RANGE_ITERATOR, Payload::Progress(progress)))
}
