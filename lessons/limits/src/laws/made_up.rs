//! Curves that are made up, so that the truth is known: for machines with few cores.

use laws::{Round, universal};
use rng::Rng;

use super::{FittedCurve, Points};
use crate::simulator::{Costs, Plan, Strategy, simulate};

/// What a curve was made of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Truth {
    pub(super) contention: f64,
    pub(super) coherence: f64,
    /// The spread of the samples, relative.
    pub(super) noise: f64,
}

const COUNTS: [usize; 7] = [1, 2, 4, 8, 16, 32, 64];
const SAMPLES: usize = 9;
const NOISE: f64 = 0.01;

/// One curve for each law. The seed is always the same.
pub(super) fn curves() -> impl Iterator<Item = FittedCurve> {
    let laws = [("Amdahl's law", 0.05, 0.0), ("the universal law", 0.03, 0.0005)];
    let mut rng = Rng::new(1967);
    laws.into_iter().map(move |(name, contention, coherence)| {
        let truth = Truth { contention, coherence, noise: NOISE };
        let points = truth.points(&COUNTS, &mut rng);
        FittedCurve { truth: Some(truth), ..FittedCurve::new(format!("made up by {name}"), points) }
    })
}

/// The simulated curve of a thousand blocks of 50 us that are taken from a counter, where a thread is
/// started in 20 us. No law was put in: the starts are what each further worker costs.
pub(super) fn simulated() -> FittedCurve {
    let blocks = [50e-6; 1000];
    let time = |workers: usize| {
        let mut plan = Plan::new(Strategy::SelfScheduled, workers);
        plan.costs = Costs { start: 20e-6, begin: 20e-6, take: 100e-9, ..Costs::default() };
        simulate(&plan, &blocks, false).makespan
    };
    let round = |workers: usize| Round { seconds: time(workers), cores: workers as f64 };
    let points = COUNTS.map(|workers| (workers, vec![round(workers); SAMPLES]));
    FittedCurve::new(
        "simulated: 1,000 blocks of 50 us, a thread starts in 20 us".to_owned(),
        points.into(),
    )
}

impl Truth {
    /// The samples of each worker count, where one worker takes a second.
    fn points(self, counts: &[usize], rng: &mut Rng) -> Points {
        let mut samples = |workers: usize| {
            let time = 1.0 / universal(self.contention, self.coherence, workers);
            let mut round = || Round {
                seconds: time * (self.noise * rng.normal()).exp(),
                cores: workers as f64,
            };
            (0..SAMPLES).map(|_| round()).collect()
        };
        counts.iter().map(|workers| (*workers, samples(*workers))).collect()
    }
}

#[cfg(test)]
mod tests {
    use laws::{Curve, Reading};

    use super::*;

    /// The intervals are meant to hold the truth in 95 of 100 curves.
    #[test]
    fn the_truth_is_found_again() {
        let mut rng = Rng::new(7);
        let truth = Truth { contention: 0.03, coherence: 0.0005, noise: NOISE };
        let (mut contention, mut coherence, mut held_out) = (0, 0, 0);
        for _ in 0..40 {
            let points = truth.points(&COUNTS, &mut rng);
            let curve = FittedCurve::new(String::new(), points.clone());
            let fit = curve.reading.universal.fit().expect("enough counts").clone();
            contention += usize::from(fit.contention.covers(truth.contention));
            coherence += usize::from(fit.coherence.covers(truth.coherence));
            held_out += usize::from(fit.predict(64).covers(universal(0.03, 0.0005, 64)));
            assert!((fit.contention.value - 0.03).abs() < 0.01, "{fit:?}");
            assert!(
                Reading::of(&Curve::of_rounds(points))
                    .amdahl
                    .fit()
                    .expect("enough counts")
                    .misfit
                    .matters()
            );
        }
        assert!(
            contention >= 33 && coherence >= 33 && held_out >= 33,
            "{contention} {coherence} {held_out}"
        );
    }

    #[test]
    fn the_curves_are_the_same_in_every_run() {
        let points = || curves().map(|curve| curve.points).collect::<Vec<_>>();
        assert_eq!(points(), points());
        assert!(curves().all(|curve| curve.held_out.is_some_and(|last| last.workers == 64)));
    }
}
