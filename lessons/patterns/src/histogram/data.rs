use std::cell::RefCell;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use kernels::check_available;
use measure::Error;
use rng::Rng;
use units::{count, grouped};

use super::{
    Histogram, histogram_atomics, histogram_private, histogram_sequential, histogram_sort,
};
use crate::pattern::{Pattern, Strategy, row};
use crate::recorder::Recorder;
use crate::tiling::Words;

/// How keys are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Drawn {
    /// How many kinds there are.
    pub(crate) bins: u64,
    /// Each key is the least of one draw and so many more: low bins then come up more often.
    pub(crate) skew: u64,
}

/// Keys, and how many there are of each kind: counted while they were drawn.
#[derive(Debug)]
pub(crate) struct HistogramData {
    drawn: Drawn,
    seed: u64,
    keys: Vec<u32>,
    known: Vec<u64>,
    table: Vec<AtomicU64>,
}

impl HistogramData {
    /// So many keys, drawn from `seed`.
    ///
    /// # Errors
    ///
    /// Where there is not so much memory.
    pub(crate) fn new(terms: u64, drawn: Drawn, seed: u64) -> Result<Self, Error> {
        // Keys; and as many once more, which some row sorts.
        check_available(terms.saturating_mul(8))?;
        let (bins, mut rng) = (drawn.bins as usize, Rng::new(seed));
        let mut known = vec![0; bins];
        let key = |_| {
            let key = (0..=drawn.skew).map(|_| rng.below(bins)).min().expect("one draw at least");
            known[key] += 1;
            key as u32
        };
        let keys = (0..terms).map(key).collect();
        let table = (0..bins).map(|_| AtomicU64::new(0)).collect();
        Ok(HistogramData { drawn, seed, keys, known, table })
    }
}

impl Pattern for HistogramData {
    type View<'v, R: Recorder + 'v> = Histogram<'v, R>;

    const WORDS: Words = Words { one: "key", done: "counted" };
    const RESULT: &'static str = "bin";

    fn rows() -> Vec<Strategy<Self>> {
        vec![
            row!(Self: histogram_sequential, "one core, plain additions: the baseline").alone(),
            row!(Self: histogram_atomics, "one shared table, an atomic addition for every key"),
            row!(Self: histogram_private, "one table for each worker, joined at the end"),
            row!(Self: histogram_sort, "each worker sorts its keys and counts equal ones"),
        ]
    }

    fn terms(&self) -> u64 {
        self.keys.len() as u64
    }

    fn with_terms(&self, terms: u64) -> Result<Self, Error> {
        HistogramData::new(terms, self.drawn, self.seed)
    }

    fn view<'v, R: Recorder>(&'v self, recorder: &'v R) -> Histogram<'v, R> {
        Histogram::new(&self.keys, &self.table, recorder)
    }

    fn clear(&self) {
        self.table.iter().for_each(|bin| bin.store(0, Relaxed));
    }

    fn first_wrong(&self) -> Option<u64> {
        let is_wrong = |(bin, known): (&AtomicU64, &u64)| bin.load(Relaxed) != *known;
        self.table.iter().zip(&self.known).position(is_wrong).map(|bin| bin as u64)
    }

    fn wrong(&self, bin: u64) -> String {
        let (found, known) = (self.table[bin as usize].load(Relaxed), self.known[bin as usize]);
        let off = if found < known { "few" } else { "many" };
        let total: u64 = self.table.iter().map(|bin| bin.load(Relaxed)).sum();
        format!(
            "bin {} has {} too {off} (all bins together: {} of {})",
            grouped(bin),
            count(found.abs_diff(known), "key"),
            grouped(total),
            grouped(self.terms())
        )
    }

    /// The sum of all keys.
    fn answer(&self) -> u64 {
        (0..).zip(&self.known).map(|(bin, keys): (u64, _)| bin * keys).sum()
    }

    /// Into a table of the calling thread: the workers of the control share nothing.
    fn work_on(&self, range: Range<u64>) -> u64 {
        thread_local! {
            static TABLE: RefCell<Vec<u64>> = RefCell::default();
        }
        TABLE.with_borrow_mut(|table| {
            table.resize(self.table.len(), 0);
            for key in &self.keys[range.start as usize..range.end as usize] {
                table[*key as usize] += 1;
            }
            table[0]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data(skew: u64) -> HistogramData {
        HistogramData::new(10_000, Drawn { bins: 16, skew }, 7).expect("few terms")
    }

    #[test]
    fn a_skew_prefers_low_bins() {
        let (even, skewed) = (data(0), data(3));
        assert!(even.known.iter().all(|keys| (500..750).contains(keys)), "{:?}", even.known);
        assert!(skewed.known[0] > 5 * skewed.known[10], "{:?}", skewed.known);
        assert_eq!(even.known.iter().sum::<u64>(), 10_000);
        assert_eq!(even.answer(), even.keys.iter().map(|key| u64::from(*key)).sum::<u64>());
    }

    #[test]
    fn a_wrong_bin_is_named() {
        let data = data(0);
        assert_eq!(data.first_wrong(), Some(0));
        for (bin, known) in data.table.iter().zip(&data.known) {
            bin.store(*known, Relaxed);
        }
        assert_eq!(data.first_wrong(), None);
        data.table[3].fetch_sub(1, Relaxed);
        let said = data.first_wrong().map(|bin| data.wrong(bin));
        let words = "bin 3 has 1 key too few (all bins together: 9,999 of 10,000)";
        assert_eq!(said.as_deref(), Some(words));
    }
}
