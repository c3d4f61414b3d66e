//! Curves that are made up, so that the truth is known.

mod coverage;
mod fits;
mod sentences;
mod weak;

use super::{Curve, universal};
use rng::Rng;

/// The time of a worker count by the universal law, where one worker takes a millisecond.
fn time(contention: f64, coherence: f64) -> impl Fn(usize) -> f64 {
    move |workers| 1e-3 / universal(contention, coherence, workers)
}

/// A curve without any noise: six samples of each count, all the same.
fn exact(counts: &[usize], time: impl Fn(usize) -> f64) -> Curve {
    Curve::new(counts.iter().map(|workers| (*workers, vec![time(*workers); 6])).collect())
}

/// A curve whose samples have relative `noise`, and whose points each stand off by a step of their
/// own, of relative size `drift`.
struct Scatter {
    samples: usize,
    noise: f64,
    drift: f64,
}

impl Scatter {
    fn curve(&self, counts: &[usize], time: impl Fn(usize) -> f64, rng: &mut Rng) -> Curve {
        let mut point = |workers: &usize| {
            let middle = time(*workers) * (self.drift * rng.normal()).exp();
            let mut sample = || middle * (self.noise * rng.normal()).exp();
            (*workers, (0..self.samples).map(|_| sample()).collect())
        };
        Curve::new(counts.iter().map(&mut point).collect())
    }
}
