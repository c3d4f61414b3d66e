use std::hint::black_box;
use std::ops::Range;
use std::time::Duration;

use kernels::{Kernel, split};

use crate::time;

/// Into how many parts the terms are cut to see which take longer.
const PARTS: usize = 64;

/// How often each part is timed. The least of three times is hardly ever one that was disturbed.
const PASSES: usize = 3;

/// How the time of a sum is spread over its terms.
///
/// Half of the terms are half of the work only where all terms cost the same. So the first sums are
/// made part by part, and each part weighs as much as its share of the time.
///
/// ```
/// use kernels::{Integers, Kernel, Known};
/// use measure::Weights;
/// let kernel = Integers::new(1000)?;
/// let mut weights = Weights::new(0..1000);
/// assert_eq!(weights.share(&(0..250)), 0.25); // so far nothing speaks against it
/// assert_eq!(weights.pass(&kernel), kernel.sum(0..1000));
/// assert!((weights.share(&(0..1000)) - 1.0).abs() < 1e-9);
/// # Ok::<(), kernels::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Weights {
    terms: Range<u64>,
    /// The least time of each part.
    parts: Vec<Duration>,
    passes: usize,
}

impl Weights {
    /// Terms that weigh the same, until a [pass](Weights::pass) shows otherwise.
    pub fn new(terms: Range<u64>) -> Self {
        Weights::in_parts(terms, u64::MAX)
    }

    /// The same in at most so many parts: where a partial is dear, many of them would take most of the time.
    pub fn in_parts(terms: Range<u64>, most: u64) -> Self {
        let parts = split::len(&terms).min(most).clamp(1, PARTS as u64) as usize;
        Weights { terms, parts: vec![Duration::MAX; parts], passes: 0 }
    }

    /// The weights of the terms of `kernel`, timed here and now: three sums.
    pub fn timed<K: Kernel>(kernel: &K, terms: Range<u64>) -> Self {
        let mut weights = Weights::new(terms);
        while !weights.is_complete() {
            weights.pass(kernel);
        }
        weights
    }

    /// Whether there were enough passes.
    pub fn is_complete(&self) -> bool {
        self.passes >= PASSES
    }

    /// Sums all terms on the calling thread, part by part, and notes how long each took.
    pub fn pass<K: Kernel>(&mut self, kernel: &K) -> K::Partial {
        self.passes += 1;
        let parts = self.parts.len();
        let sums = self.parts.iter_mut().enumerate().map(|(number, least)| {
            let part = split::part(&self.terms, number, parts);
            let (sum, took) = time(|| black_box(kernel).sum(black_box(part)));
            *least = took.min(*least);
            sum
        });
        sums.sum()
    }

    /// The terms.
    pub fn terms(&self) -> &Range<u64> {
        &self.terms
    }

    /// The share of the time that the terms of `range` take, from 0 to 1.
    pub fn share(&self, range: &Range<u64>) -> f64 {
        self.before(range.end) - self.before(range.start)
    }

    /// The share of the time that is over before `term`; within a part all terms weigh the same.
    fn before(&self, term: u64) -> f64 {
        let place = (term - self.terms.start) as f64 / split::len(&self.terms).max(1) as f64;
        if self.passes == 0 {
            return place;
        }
        let place = place * self.parts.len() as f64;
        let whole = (place as usize).min(self.parts.len());
        let seconds = |parts: &[Duration]| parts.iter().map(Duration::as_secs_f64).sum::<f64>();
        let begun = self.parts.get(whole).map_or(0.0, Duration::as_secs_f64);
        let all = seconds(&self.parts).max(f64::MIN_POSITIVE);
        (seconds(&self.parts[..whole]) + begun * place.fract()) / all
    }

    #[cfg(test)]
    pub(crate) fn made_up(terms: u64, seconds: &[f64]) -> Self {
        let parts = seconds.iter().map(|seconds| Duration::from_secs_f64(*seconds)).collect();
        Weights { terms: 0..terms, parts, passes: PASSES }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_weigh_what_their_part_took() {
        let weights = Weights::made_up(100, &[1.0, 3.0]);
        let share = |range| (weights.share(&range) * 1000.0).round() / 1000.0;
        assert_eq!((share(0..50), share(50..100)), (0.25, 0.75));
        assert_eq!((share(0..25), share(25..75), share(75..100)), (0.125, 0.5, 0.375));
    }

    #[test]
    fn no_terms_weigh_nothing_and_few_terms_are_few_parts() {
        assert_eq!(Weights::new(0..0).share(&(0..0)), 0.0);
        assert_eq!(Weights::new(0..3).parts.len(), 3);
        assert_eq!(Weights::in_parts(0..1000, 7).parts.len(), 7);
        assert_eq!(Weights::in_parts(0..1000, 0).parts.len(), 1);
    }
}
