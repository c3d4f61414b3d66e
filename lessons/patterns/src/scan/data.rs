use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use kernels::check_available;
use measure::Error;
use rng::Rng;
use units::grouped;

use super::{
    Scan, running_sums, scan_look_back, scan_one_range_more, scan_sequential, scan_three_phases,
    sum,
};
use crate::pattern::{Pattern, Strategy, row};
use crate::recorder::Recorder;
use crate::tiling::Words;
use crate::your_turn;

/// Numbers whose running sums are known without adding anything.
///
/// The sums come first: sum i is 2^15 (i + 1) and a random number below 2^15. Each number is the difference
/// of two sums, so it is above 0 and below 2^16.
#[derive(Debug)]
pub(crate) struct ScanData {
    seed: u64,
    numbers: Vec<u64>,
    sums: Vec<AtomicU64>,
}

/// Bits of the random part.
const BITS: u32 = 15;

impl ScanData {
    /// So many numbers, drawn from `seed`.
    ///
    /// # Errors
    ///
    /// Where there is not so much memory.
    pub(crate) fn new(terms: u64, seed: u64) -> Result<Self, Error> {
        // Numbers and sums. More than 2^40 of them fit no memory, so that no sum is near 2^64.
        check_available(terms.saturating_mul(16))?;
        let mut before = 0;
        let number = |i| {
            let upto = known_sum(seed, i);
            upto - std::mem::replace(&mut before, upto)
        };
        let numbers = (0..terms).map(number).collect();
        let sums = (0..terms).map(|_| AtomicU64::new(0)).collect();
        Ok(ScanData { seed, numbers, sums })
    }
}

/// The sum of the numbers 0 to `i`.
fn known_sum(seed: u64, i: u64) -> u64 {
    // The generator counts on from its seed in steps, so that any of its numbers can be had at once.
    const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
    let random = Rng::new(seed.wrapping_add(i.wrapping_mul(STEP))).bits() >> (64 - BITS);
    ((i + 1) << BITS) + random
}

impl Pattern for ScanData {
    type View<'v, R: Recorder + 'v> = Scan<'v, R>;

    const WORDS: Words = Words { one: "element", done: "written" };

    const RESULT: &'static str = "element";

    fn rows() -> Vec<Strategy<Self>> {
        vec![
            row!(Self: scan_sequential, "one core, one pass: the baseline").alone().touching(2),
            row!(Self: scan_three_phases, "sum the ranges, scan the sums, write from there")
                .touching(3),
            row!(Self: scan_one_range_more, "the same with a first range that is written at once")
                .touching(3),
            row!(Self: scan_look_back, "blocks that look back at their predecessors: one pass")
                .touching(2),
            row!(Self: your_turn, "yours: lessons/patterns/src/your_turn.rs"),
        ]
    }

    fn terms(&self) -> u64 {
        self.numbers.len() as u64
    }

    fn with_terms(&self, terms: u64) -> Result<Self, Error> {
        ScanData::new(terms, self.seed)
    }

    fn view<'v, R: Recorder>(&'v self, recorder: &'v R) -> Scan<'v, R> {
        Scan::new(&self.numbers, &self.sums, recorder)
    }

    fn clear(&self) {
        // No sum is 0.
        self.sums.iter().for_each(|sum| sum.store(0, Relaxed));
    }

    fn first_wrong(&self) -> Option<u64> {
        let is_wrong = |(i, sum): (u64, &AtomicU64)| sum.load(Relaxed) != known_sum(self.seed, i);
        (0..).zip(&self.sums).position(is_wrong).map(|place| place as u64)
    }

    fn wrong(&self, place: u64) -> String {
        let known = known_sum(self.seed, place);
        let place_in_words = format!("element {}", grouped(place));
        match self.sums[place as usize].load(Relaxed) {
            0 => format!("{place_in_words} is missing"),
            less if less < known => {
                format!("{place_in_words} is {} too small", grouped(known - less))
            }
            more => format!("{place_in_words} is {} too large", grouped(more - known)),
        }
    }

    fn answer(&self) -> u64 {
        self.terms().checked_sub(1).map_or(0, |last| known_sum(self.seed, last))
    }

    fn work_on(&self, range: Range<u64>) -> u64 {
        let places = range.start as usize..range.end as usize;
        running_sums(&self.numbers[places.clone()], &self.sums[places], 0)
    }

    fn sum_only(&self) -> Option<u64> {
        Some(sum(&self.numbers))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_known_sums_are_those_of_the_numbers() {
        let data = ScanData::new(1000, 7).expect("few terms");
        let mut total = 0;
        for (i, number) in (0..).zip(&data.numbers) {
            assert!((1..1 << 16).contains(number), "{number}");
            total += number;
            assert_eq!(total, known_sum(7, i));
        }
        assert_eq!((total, data.sum_only()), (data.answer(), Some(total)));
        assert_eq!(ScanData::new(0, 7).expect("none").answer(), 0);
    }

    #[test]
    fn a_wrong_sum_is_named() {
        let data = ScanData::new(10, 7).expect("few terms");
        data.work_on(0..10);
        assert_eq!(data.first_wrong(), None);
        data.sums[4].fetch_add(1000, Relaxed);
        assert_eq!(
            data.first_wrong().map(|place| data.wrong(place)).as_deref(),
            Some("element 4 is 1,000 too large")
        );
        data.clear();
        assert_eq!(
            data.first_wrong().map(|place| data.wrong(place)).as_deref(),
            Some("element 0 is missing")
        );
    }
}
