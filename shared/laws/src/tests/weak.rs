use super::super::{Curve, WeakReading, gustafson};
use super::{Scatter, exact};
use rng::Rng;

/// The time of p times the work on p workers, of which a part of the parallel time is serial.
fn growing(serial: f64) -> impl Fn(usize) -> f64 {
    move |workers| workers as f64 / gustafson(serial, workers)
}

#[test]
fn an_exact_curve_gives_its_fraction_at_every_count() {
    for serial in [0.0, 0.05, 0.7, 1.0] {
        let reading = WeakReading::of(&exact(&[1, 2, 4, 16], growing(serial)));
        assert_eq!(reading.points.len(), 3);
        for point in &reading.points {
            let scaled = gustafson(serial, point.workers);
            assert!((point.scaled_speedup.value - scaled).abs() < 1e-9, "{point:?}");
            assert!((point.serial.value - serial).abs() < 1e-9, "{point:?}");
        }
        assert!(!reading.grows());
    }
}

#[test]
fn intervals_hold_the_truth_where_samples_are_noisy() {
    let scatter = Scatter { samples: 9, noise: 0.02, drift: 0.0 };
    let mut held = [0; 2];
    for trial in 0..100 {
        let curve = scatter.curve(&[1, 8], growing(0.05), &mut Rng::new(trial));
        let point = WeakReading::of(&curve).points[0];
        held[0] += usize::from(point.scaled_speedup.covers(gustafson(0.05, 8)));
        held[1] += usize::from(point.serial.covers(0.05));
    }
    assert!(held.iter().all(|times| *times >= 90), "{held:?}");
}

#[test]
fn more_than_p_times_as_fast_stops_at_zero() {
    let point = WeakReading::of(&exact(&[1, 4], |workers| 1.0 / workers as f64)).points[0];
    assert_eq!((point.scaled_speedup.value, point.serial.value), (16.0, 0.0));
}

#[test]
fn without_the_time_of_one_worker_nothing_is_told() {
    let nothing =
        "Gustafson: cannot be told: it takes the time of one worker and of one more count.";
    for counts in [&[][..], &[1], &[4], &[2, 4, 8]] {
        let reading = WeakReading::of(&exact(counts, growing(0.05)));
        assert!(reading.points.is_empty(), "{counts:?}");
        assert_eq!(reading.sentences(), [nothing]);
    }
}

#[test]
fn the_most_workers_are_told() {
    let said = WeakReading::of(&exact(&[1, 2, 8], growing(0.05))).sentences();
    let eight = "Gustafson: 8 workers did 8 times the work 7.65x as fast as one would; 5.0 % of \
                 their time is serial.";
    assert_eq!(said, [eight]);
}

#[test]
fn a_cost_that_grows_with_the_workers_is_no_serial_part() {
    let noise = [0.999, 1.0, 1.0, 1.0, 1.001, 1.001];
    let time = |workers: usize| 1.0 + 0.01 * (workers * workers) as f64;
    let timed = |workers| (workers, noise.map(|factor| factor * time(workers)).to_vec());
    let reading = WeakReading::of(&Curve::new([1, 2, 4, 8].map(timed).to_vec()));
    assert!(reading.grows());
    assert!(reading.sentences()[1].starts_with("The fraction grows with the workers"));
}

#[test]
fn workers_that_only_disturb_are_told_as_such() {
    let said = WeakReading::of(&exact(&[1, 4], |workers| (workers * workers) as f64)).sentences();
    let slow = "Gustafson: 4 workers took longer for 4 times the work than one worker would take \
                for all of it.";
    assert_eq!(said, [slow]);
}
