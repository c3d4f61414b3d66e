//! Prefix sums: result number i is the sum of the numbers 0 to i.

mod data;
mod look_back;
mod one_range_more;
mod sequential;
mod three_phases;

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use crate::recorder::{Act, Recorder};

pub(crate) use data::ScanData;
pub use look_back::scan_look_back;
pub use one_range_more::scan_one_range_more;
pub use sequential::scan_sequential;
pub use three_phases::scan_three_phases;

/// n numbers, and room for as many sums: what a strategy is given.
///
/// The sums are atomics, so that any worker may write any of them and the compiler has nothing to forbid: a
/// strategy that writes the wrong ones is found out by the audit. A relaxed store is an ordinary store on
/// x86-64 and on Arm.
#[derive(Debug)]
pub struct Scan<'s, R> {
    numbers: &'s [u64],
    sums: &'s [AtomicU64],
    recorder: &'s R,
}

impl<'s, R: Recorder> Scan<'s, R> {
    /// As many sums as numbers.
    pub(crate) fn new(numbers: &'s [u64], sums: &'s [AtomicU64], recorder: &'s R) -> Self {
        Scan { numbers, sums, recorder }
    }

    /// The places of all numbers: 0..n.
    pub fn terms(&self) -> Range<u64> {
        0..self.numbers.len() as u64
    }

    /// The sum of the numbers in `range`. It writes nothing.
    ///
    /// # Panics
    ///
    /// Where the range ends beyond the numbers.
    pub fn sum(&self, range: Range<u64>) -> u64 {
        self.recorder.record(Act::Sum, range.clone(), || sum(&self.numbers[places(&range)]))
    }

    /// Writes the running sums of `range`, before which the numbers add up to `before`; gives the last.
    ///
    /// # Panics
    ///
    /// Where the range ends beyond the numbers.
    pub fn write_sums(&self, range: Range<u64>, before: u64) -> u64 {
        let places = places(&range);
        let (numbers, sums) = (&self.numbers[places.clone()], &self.sums[places]);
        self.recorder.record(Act::Write, range, || running_sums(numbers, sums, before))
    }

    /// Number `i`.
    ///
    /// # Panics
    ///
    /// Where there is none.
    pub fn number(&self, i: u64) -> u64 {
        self.numbers[i as usize]
    }

    /// Writes `sum` as result number `i`.
    ///
    /// # Panics
    ///
    /// Where there is none.
    pub fn write(&self, i: u64, sum: u64) {
        // Relaxed: who reads the sums does so after all workers have ended.
        self.recorder.record(Act::Write, i..i + 1, || self.sums[i as usize].store(sum, Relaxed));
    }
}

fn places(range: &Range<u64>) -> Range<usize> {
    range.start as usize..range.end as usize
}

// ANCHOR: loops
/// No addition has to wait for another: a compiler adds several at once, in vectors.
#[inline(never)]
fn sum(numbers: &[u64]) -> u64 {
    numbers.iter().sum()
}

/// Each addition waits for the one before it.
#[inline(never)]
fn running_sums(numbers: &[u64], sums: &[AtomicU64], before: u64) -> u64 {
    let mut total = before;
    for (number, sum) in numbers.iter().zip(sums) {
        total += number;
        sum.store(total, Relaxed); // It is read after all workers have ended.
    }
    total
}
// ANCHOR_END: loops
