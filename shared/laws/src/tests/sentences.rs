use super::super::{Curve, Reading};
use super::{Scatter, exact, time};
use rng::Rng;

const EIGHT: [usize; 8] = [1, 2, 3, 4, 6, 8, 12, 16];

fn sentences(curve: &Curve) -> Vec<String> {
    Reading::of(curve).sentences()
}

#[test]
fn an_exact_curve_is_told_without_ranges() {
    let said = sentences(&exact(&[1, 2, 4, 8], time(0.05, 0.0)));
    let amdahl = "Amdahl: 5.0 % of the work is serial; with 16 cores as fast as the fastest it \
                  would be 9.1x, with 64 15.4x, and never more than 20.0x.";
    let universal = "Universal scalability: 5.0 % of the work waits in line, and each further \
                     worker costs none of the time of one. So with 16 cores as fast as the fastest \
                     it would be 9.1x, with 64 15.4x; more workers always help.";
    let choice = "These points cannot tell the two laws apart: take Amdahl's, the simpler one.";
    assert_eq!(said, [amdahl, universal, choice]);
}

#[test]
fn a_perfect_curve_has_no_limit() {
    let said = sentences(&exact(&[1, 2, 4], time(0.0, 0.0)));
    let amdahl = "Amdahl: none of the work is serial; with 8 cores as fast as the fastest it would \
                  be 8.0x, with 32 32.0x.";
    let universal = "Universal scalability: cannot be told from 3 worker counts: a law with three \
                     unknowns goes through any three points.";
    assert_eq!(said, [amdahl, universal]);
}

#[test]
fn a_noisy_curve_is_told_with_ranges_and_a_choice() {
    let scatter = Scatter { samples: 15, noise: 0.01, drift: 0.0 };
    let said = sentences(&scatter.curve(&EIGHT, time(0.03, 0.002), &mut Rng::new(4)));
    let parts = [
        " of the work waits in line, and each further worker costs 0.2",
        " %) of the time of one. So with 32 cores as fast as the fastest it would be 8.",
        "x to ",
        "; it is fastest with 22 (21 to 2",
    ];
    assert!(parts.iter().all(|part| said[1].contains(part)), "{}", said[1]);
    assert!(said[2].starts_with("Believe the universal law: Amdahl's makes the time of "));
    assert_eq!(said.len(), 3);
}

#[test]
fn a_peak_that_nobody_has_seen_is_open() {
    let scatter = Scatter { samples: 15, noise: 0.01, drift: 0.0 };
    let said = sentences(&scatter.curve(&EIGHT, time(0.03, 0.0), &mut Rng::new(4)));
    assert!(said[1].contains("; it may be fastest anywhere from "), "{}", said[1]);
    assert!(said[2].contains("cannot tell the two laws apart"), "{}", said[2]);
}

#[test]
fn a_lock_that_only_costs_is_told_as_such() {
    let said = sentences(&exact(&[1, 2, 4, 8], time(4.0, 0.1)));
    let universal = "Universal scalability: one worker is fastest, the others are only in its way; \
                     with 16 cores as fast as the fastest it would be 5.3x slower, with 64 10x \
                     slower.";
    assert_eq!(said[1], universal);
}

#[test]
fn an_interval_that_spans_everything_is_worded_so() {
    let said = sentences(&Curve::new(vec![(1, vec![1.0]), (2, vec![0.6]), (4, vec![0.2])]));
    assert!(said[0].starts_with("Amdahl: anything from 0 to "), "{}", said[0]);
    assert!(said[0].contains(", with 32 anything from 1."), "{}", said[0]);
    assert!(
        said[2].starts_with("Amdahl's law does not go through these points: it makes the time")
    );
    assert!(said[3].starts_with("Some worker counts have fewer than 6 samples"));
}

#[test]
fn too_few_worker_counts_are_told_plainly() {
    let curve = |counts: &[usize]| exact(counts, time(0.05, 0.0));
    assert_eq!(sentences(&curve(&[])), ["No law can be read: nothing was measured."]);
    let one = "No law can be read from 1 worker count: it takes at least three.";
    assert_eq!(sentences(&curve(&[4])), [one]);
    let two = "Amdahl: cannot be told from 2 worker counts: a line through two points always fits.";
    assert_eq!(sentences(&curve(&[1, 4])), [two]);
}

#[test]
fn samples_that_were_left_out_are_told() {
    let curve = |bad: &[f64]| Curve::new(vec![(1, vec![1.0; 6]), (2, bad.to_vec())]);
    let one = "1 sample was no time of a worker, and was left out.";
    assert!(sentences(&curve(&[f64::NAN])).contains(&one.to_owned()));
    let two = "2 samples were no times of a worker, and were left out.";
    assert!(sentences(&curve(&[0.0, -1.0])).contains(&two.to_owned()));
}

#[test]
fn absurd_worker_counts_are_told_without_a_panic() {
    let said = sentences(&exact(&[1, 2, 4, usize::MAX], time(0.05, 0.0)));
    assert!(said[0].starts_with("Amdahl: 5.0 % of the work is serial"), "{}", said[0]);
}
