//! A kernel that counts how often each term was summed, and panics at bad ones.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};

use kernels::{AnyKernel, Event, Kernel, Known, Pi, Spec};

/// Its ranges are tiny: a term is a grain. A range that holds a bad term is not summed.
#[derive(Debug, Clone)]
pub struct Counting {
    /// How often each was summed.
    pub times: Arc<Vec<AtomicU64>>,
    bad: Arc<Vec<u64>>,
}

impl Counting {
    /// A kernel of so many terms; at those in `bad` it panics.
    pub fn new(terms: u64, bad: &[u64]) -> Self {
        let times = (0..terms).map(|_| AtomicU64::new(0)).collect();
        Counting { times: Arc::new(times), bad: Arc::new(bad.to_vec()) }
    }

    /// The same kernel with its type hidden.
    pub fn any(&self) -> AnyKernel {
        AnyKernel::new(self.clone())
    }

    /// All of its terms.
    pub fn terms(&self) -> Range<u64> {
        0..self.times.len() as u64
    }

    /// How often each term was summed.
    pub fn times(&self) -> Vec<u64> {
        self.times.iter().map(|times| times.load(SeqCst)).collect()
    }

    fn look_at(&self, range: &Range<u64>) {
        let bad = self.bad.iter().find(|bad| range.contains(bad));
        assert!(bad.is_none(), "a bad term");
    }
}

impl Kernel for Counting {
    type Partial = u64;

    fn sum(&self, range: Range<u64>) -> u64 {
        self.look_at(&range);
        range.map(|i| self.term(i)).sum()
    }

    fn term(&self, i: u64) -> u64 {
        self.look_at(&(i..i + 1));
        self.times[i as usize].fetch_add(1, SeqCst);
        i
    }

    fn grain(&self) -> u64 {
        1
    }

    fn spec(&self) -> Spec {
        Spec { kernel: Pi::NAME, terms: self.terms().end, data: None }
    }

    fn record(&self, event: Event) {
        if let Event::Summed(piece) = event {
            self.look_at(&piece.range);
        }
    }
}
