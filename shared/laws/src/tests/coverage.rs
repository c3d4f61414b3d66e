use super::super::{Law, Reading, universal};
use super::{Scatter, time};
use rng::Rng;

const CONTENTION: f64 = 0.05;
const COHERENCE: f64 = 0.002;
const TRIALS: u64 = 100;

/// In how many of 100 curves the interval held the truth: of the contention, of the coherence, and
/// of the speedup of 64 workers.
fn held(law: Law, counts: &[usize], scatter: &Scatter) -> [usize; 3] {
    let coherence = if law == Law::Amdahl { 0.0 } else { COHERENCE };
    let mut held = [0; 3];
    for trial in 0..TRIALS {
        let time = time(CONTENTION, coherence);
        let curve = scatter.curve(counts, time, &mut Rng::new(1000 + trial));
        let reading = Reading::of(&curve);
        let outcome = if law == Law::Amdahl { reading.amdahl } else { reading.universal };
        let fit = outcome.fit().expect("enough worker counts");
        held[0] += usize::from(fit.contention.covers(CONTENTION));
        held[1] += usize::from(fit.coherence.covers(coherence));
        held[2] += usize::from(fit.predict(64).covers(universal(CONTENTION, coherence, 64)));
    }
    held
}

fn check(law: Law, least: usize, scatter: &Scatter) {
    let few = [1, 2, 4];
    let counts: [&[usize]; 3] = [&few, &[1, 2, 4, 8], &[1, 2, 3, 4, 6, 8, 12, 16]];
    for counts in counts.into_iter().filter(|counts| counts.len() >= law.least_counts()) {
        let held = held(law, counts, scatter);
        assert!(held.iter().all(|times| *times >= least), "{law:?} {counts:?}: {held:?}");
    }
}

#[test]
fn intervals_hold_the_truth_where_samples_are_noisy() {
    for samples in [7, 20] {
        let scatter = Scatter { samples, noise: 0.02, drift: 0.0 };
        check(Law::Amdahl, 90, &scatter);
        check(Law::Universal, 90, &scatter);
    }
}

/// The samples of one point agree, and say nothing of how far the point stands off.
#[test]
fn intervals_do_not_trust_samples_that_agree_too_well() {
    let scatter = Scatter { samples: 7, noise: 0.0, drift: 0.02 };
    check(Law::Amdahl, 85, &scatter);
    check(Law::Universal, 85, &scatter);
}

/// The hardest case: noise hides that the points stand off.
#[test]
fn intervals_are_not_far_off_where_noise_hides_a_drift() {
    let scatter = Scatter { samples: 20, noise: 0.02, drift: 0.01 };
    check(Law::Amdahl, 80, &scatter);
    check(Law::Universal, 80, &scatter);
}
