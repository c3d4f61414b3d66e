use proptest::prelude::*;

use super::super::{Choice, Curve, Fit, Law, Outcome, Reading, Round, amdahl, universal};
use super::{Scatter, exact, time};
use rng::Rng;

const TWELVE: [usize; 12] = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64];

fn amdahl_of(curve: &Curve) -> Fit {
    Reading::of(curve).amdahl.fit().expect("enough worker counts").clone()
}

fn universal_of(curve: &Curve) -> Fit {
    Reading::of(curve).universal.fit().expect("enough worker counts").clone()
}

fn close(found: f64, truth: f64) -> bool {
    (found - truth).abs() <= 1e-9 * truth.abs().max(1e-3)
}

#[test]
fn amdahl_is_found_in_an_exact_curve() {
    for counts in [&[1, 2, 4][..], &[2, 3, 5], &[1, 2, 4, 8], &TWELVE] {
        for serial in [0.0, 1e-4, 0.03, 0.5, 0.97, 1.0] {
            let fit = amdahl_of(&exact(counts, time(serial, 0.0)));
            assert!(close(fit.contention.value, serial), "{counts:?} {serial}: {fit:?}");
            assert!(close(fit.one_worker.value, 1e-3));
            assert!(close(fit.predict(100).value, amdahl(serial, 100)));
            assert!(fit.misfit.off.abs() < 1e-9 && !fit.misfit.beyond_noise());
            assert_eq!(fit.coherence.high, 0.0);
        }
    }
}

#[test]
fn the_universal_law_is_found_in_an_exact_curve() {
    for counts in [&[1, 2, 4, 8][..], &[2, 3, 5, 9], &TWELVE] {
        for (contention, coherence) in
            [(0.0, 0.0), (0.05, 0.0), (0.0, 0.01), (0.05, 1e-5), (0.3, 0.02), (3.0, 0.1)]
        {
            let fit = universal_of(&exact(counts, time(contention, coherence)));
            assert!(close(fit.contention.value, contention), "{counts:?}: {fit:?}");
            assert!(close(fit.coherence.value, coherence), "{counts:?}: {fit:?}");
            assert!(close(fit.predict(100).value, universal(contention, coherence, 100)));
        }
    }
}

#[test]
fn a_noisy_curve_gives_nearly_the_truth() {
    let scatter = Scatter { samples: 15, noise: 0.02, drift: 0.0 };
    for trial in 0..20 {
        let curve = scatter.curve(&TWELVE, time(0.05, 0.001), &mut Rng::new(trial));
        let fit = universal_of(&curve);
        assert!((fit.contention.value - 0.05).abs() < 0.01, "{:?}", fit.contention);
        assert!((fit.coherence.value - 0.001).abs() < 0.0003, "{:?}", fit.coherence);
        assert!((fit.peak().value / 30.8 - 1.0).abs() < 0.15, "{:?}", fit.peak());
    }
}

#[test]
fn a_curve_that_is_faster_than_its_workers_stops_at_zero() {
    let curve = exact(&[1, 2, 4, 8], |workers| (workers as f64).powf(-1.3));
    let (amdahl, universal) = (amdahl_of(&curve), universal_of(&curve));
    assert_eq!(amdahl.contention.value, 0.0);
    assert_eq!((universal.contention.value, universal.coherence.value), (0.0, 0.0));
    assert_eq!(amdahl.predict(16).value, 16.0);
    assert!(amdahl.misfit.matters(), "nothing that a law knows makes this: {:?}", amdahl.misfit);
}

#[test]
fn the_limit_and_the_peak_follow_from_the_unknowns() {
    let fit = amdahl_of(&exact(&[1, 2, 4], time(0.05, 0.0)));
    assert!(close(fit.limit().value, 20.0));
    assert_eq!(fit.peak().value, f64::INFINITY);
    let fit = universal_of(&exact(&TWELVE, time(0.05, 0.001)));
    assert!(close(fit.peak().value, (0.95_f64 / 0.001).sqrt()));
}

#[test]
fn too_few_worker_counts_are_no_fit() {
    let all = [1, 2, 4, 8];
    for counts in 0..=4 {
        let reading = Reading::of(&exact(&all[..counts], time(0.05, 0.001)));
        let missing = |law| Outcome::CannotTell { law, counts };
        assert_eq!(reading.amdahl == missing(Law::Amdahl), counts < 3, "{counts}");
        assert_eq!(reading.universal == missing(Law::Universal), counts < 4, "{counts}");
        assert_eq!(reading.choice().is_some(), counts == 4, "{counts}");
    }
}

#[test]
fn samples_that_are_no_times_change_nothing() {
    let clean = exact(&[1, 2, 4, 8], time(0.05, 0.001));
    let bad = [f64::NAN, 0.0, -1.0, f64::INFINITY];
    let with_bad = |workers: usize| {
        let mut samples = vec![time(0.05, 0.001)(workers); 6];
        samples.splice(2..2, bad);
        (workers, samples)
    };
    let mut measured: Vec<_> = [8, 2, 1, 4].map(with_bad).into();
    measured.push((16, bad.to_vec()));
    let reading = Reading::of(&Curve::new(measured));
    assert_eq!(reading.dropped, 20);
    assert_eq!(Reading { dropped: 0, ..reading }, Reading::of(&clean));
}

#[test]
fn a_law_that_does_not_hold_is_known_by_its_worst_point() {
    // Four cores, and then the memory is full.
    let kinked = |workers: usize| 1.0 / workers.min(4) as f64;
    let scatter = Scatter { samples: 10, noise: 0.003, drift: 0.0 };
    let curve = scatter.curve(&[1, 2, 3, 4, 6, 8, 16], kinked, &mut Rng::new(3));
    let reading = Reading::of(&curve);
    assert_eq!(reading.choice(), Some(Choice::Neither));
    let fit = reading.amdahl.fit().expect("enough worker counts");
    assert!(fit.misfit.by_chance < 0.01 && fit.misfit.off.abs() > 0.05, "{:?}", fit.misfit);
    // Samples this steady would say plus or minus half a percent.
    assert!(fit.contention.high - fit.contention.low > 0.05, "{:?}", fit.contention);
}

#[test]
fn a_curve_speaks_for_the_law_that_made_it() {
    let scatter = Scatter { samples: 15, noise: 0.01, drift: 0.0 };
    let mut right = [0; 2];
    for trial in 0..50 {
        let made_by = |coherence| {
            let rng = &mut Rng::new(500 + trial);
            Reading::of(&scatter.curve(&TWELVE, time(0.05, coherence), rng)).choice()
        };
        right[0] += usize::from(made_by(0.0) == Some(Choice::NotTold));
        right[1] += usize::from(made_by(0.002) == Some(Choice::Universal));
    }
    assert!(right[0] >= 45 && right[1] >= 45, "{right:?} of 50");
}

#[test]
fn the_same_curve_gives_the_same_reading() {
    let scatter = Scatter { samples: 9, noise: 0.05, drift: 0.02 };
    let curve = scatter.curve(&TWELVE, time(0.05, 0.001), &mut Rng::new(7));
    assert_eq!(Reading::of(&curve), Reading::of(&curve));
}

/// Four fast cores and four that are 0.4 as fast: what so many workers have at most.
fn hybrid(workers: usize) -> f64 {
    (0..workers).map(|worker| if worker < 4 { 1.0 } else { 0.4 }).sum()
}

/// A program on the hybrid machine whose workers share their work perfectly, but for a serial part and
/// what they tell each other; with the cores that it had, and as if each worker had a whole one.
fn on_hybrid(serial: f64, coherence: f64) -> [Reading; 2] {
    let points = |cores: fn(usize) -> f64| {
        let point = |workers: usize| {
            let given = hybrid(workers);
            let talk = coherence * (workers as f64 - 1.0);
            let seconds = serial + (1.0 - serial) / given + talk;
            (workers, vec![Round { seconds, cores: cores(workers) }; 6])
        };
        Reading::of(&Curve::of_rounds((1..=8).map(point).collect()))
    };
    [points(hybrid), points(|workers| workers as f64)]
}

#[test]
fn slow_cores_are_no_serial_part() {
    for serial in [0.0, 0.05] {
        let [over_cores, over_workers] = on_hybrid(serial, 0.0);
        let fit = over_cores.amdahl.fit().expect("eight counts");
        assert!(close(fit.contention.value, serial) && fit.misfit.off.abs() < 1e-9, "{fit:?}");
        assert!(close(fit.predict_on(8, hybrid(8)).value, 1.0 / (serial + (1.0 - serial) / 5.6)));
        assert!(close(fit.predict(8).value, amdahl(serial, 8)), "eight fast cores");
        // Over the workers, the slow cores look like serial work.
        let fooled = over_workers.amdahl.fit().expect("eight counts");
        assert!(fooled.contention.value > serial + 0.05 && fooled.misfit.matters(), "{fooled:?}");
    }
}

/// The workers talk to each other, however fast their cores are.
#[test]
fn what_workers_cost_each_other_is_by_their_number() {
    let [over_cores, _] = on_hybrid(0.02, 0.002);
    let fit = over_cores.universal.fit().expect("eight counts");
    assert!(close(fit.contention.value, 0.02) && close(fit.coherence.value, 0.002), "{fit:?}");
}

/// A machine that gives now two cores and now one: the time follows, and the law knows why.
#[test]
fn a_capacity_that_changes_from_round_to_round_is_no_noise() {
    let given = [1.0, 0.6, 0.9, 0.5, 0.8, 0.7];
    let point = |workers: usize| {
        let round = |part: f64| {
            let cores = if workers == 1 { 1.0 } else { part * workers as f64 };
            Round { seconds: 0.05 + 0.95 / cores, cores }
        };
        (workers, given.map(round).to_vec())
    };
    let fit = amdahl_of(&Curve::of_rounds([1, 2, 4, 8].map(point).to_vec()));
    assert!((fit.contention.value - 0.05).abs() < 0.005, "{:?}", fit.contention);
    assert!(fit.contention.high - fit.contention.low < 0.02, "{:?}", fit.contention);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_curve_gives_numbers_in_order_and_sentences(
        measured in prop::collection::vec(
            (0_usize..70, prop::collection::vec(prop_oneof![1e-9..1e3, any::<f64>()], 0..5)),
            0..8,
        ),
    ) {
        let reading = Reading::of(&Curve::new(measured));
        for fit in [&reading.amdahl, &reading.universal].into_iter().filter_map(Outcome::fit) {
            let most = if fit.law == Law::Amdahl { 1.0 } else { f64::INFINITY };
            prop_assert!(0.0 <= fit.contention.low && fit.contention.high <= most);
            prop_assert!(0.0 <= fit.coherence.low);
            for found in [fit.one_worker, fit.contention, fit.coherence, fit.predict(9), fit.peak()] {
                prop_assert!(found.low <= found.value && found.value <= found.high, "{:?}", found);
            }
        }
        let text = reading.sentences().join(" ");
        prop_assert!(!text.is_empty() && !text.contains("NaN") && !text.contains("inf"), "{}", text);
    }
}
