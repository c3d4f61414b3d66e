//! Histograms: how many keys there are of each kind.

mod atomics;
mod data;
mod private;
mod sequential;
mod sort;

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use crate::recorder::{Act, Recorder};

pub use atomics::histogram_atomics;
pub(crate) use data::{Drawn, HistogramData};
pub use private::histogram_private;
pub use sequential::histogram_sequential;
pub use sort::histogram_sort;

/// n keys, and a table with a bin for each kind: what a strategy is given.
#[derive(Debug)]
pub struct Histogram<'h, R> {
    keys: &'h [u32],
    table: &'h [AtomicU64],
    recorder: &'h R,
}

impl<'h, R: Recorder> Histogram<'h, R> {
    /// Keys that are all below the length of the table.
    pub(crate) fn new(keys: &'h [u32], table: &'h [AtomicU64], recorder: &'h R) -> Self {
        Histogram { keys, table, recorder }
    }

    /// The places of all keys: 0..n.
    pub fn terms(&self) -> Range<u64> {
        0..self.keys.len() as u64
    }

    /// How many bins there are; each key is below that.
    pub fn bins(&self) -> usize {
        self.table.len()
    }

    // ANCHOR: count
    /// Hands out the keys in `range`, one after the other, to be counted: each key once in a run.
    ///
    /// # Panics
    ///
    /// Where the range ends beyond the keys.
    #[inline]
    pub fn each(&self, range: Range<u64>, mut count: impl FnMut(usize)) {
        let keys = &self.keys[range.start as usize..range.end as usize];
        self.recorder.record(Act::Write, range, || {
            for key in keys {
                count(*key as usize);
            }
        });
    }

    /// Adds so many keys to the shared table: an atomic addition.
    ///
    /// # Panics
    ///
    /// Where there is no such bin.
    #[inline]
    pub fn add(&self, bin: usize, keys: u64) {
        // Relaxed: each addition is whole, and the table is read after all workers have ended.
        self.table[bin].fetch_add(keys, Relaxed);
    }

    /// Adds so many keys to the shared table with a plain addition: load, add, store. Of two workers that do so to
    /// the same bin at the same time, one may overwrite what the other has just added: a lost update.
    ///
    /// # Panics
    ///
    /// Where there is no such bin.
    #[inline]
    pub fn add_alone(&self, bin: usize, keys: u64) {
        let bin = &self.table[bin];
        bin.store(bin.load(Relaxed) + keys, Relaxed);
    }
    // ANCHOR_END: count
}
