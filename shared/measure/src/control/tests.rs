use std::cell::Cell;
use std::sync::Arc;
use std::thread::{self, ThreadId};

use kernels::{Integers, Known, Spec};

use super::*;
use crate::stopwatch::seconds_of_a_sample;

/// Four kinds of machines: the speeds of their cores with all workers busy, what equal ranges make of
/// them where workers stay on their cores, and the speedup of shares that suit each core.
fn machines() -> [(&'static str, Vec<f64>, f64, f64); 4] {
    let cores =
        |fast: usize, slow: usize, speed: f64| [vec![1.0; fast], vec![speed; slow]].concat();
    [
        ("4 fast, 4 slow", cores(4, 4, 0.4), 3.2, 5.57),
        ("12 fast, 4 slow", cores(12, 4, 0.4), 6.4, 12.8),
        ("8 pairs of threads, 12 workers", cores(4, 8, 0.65), 7.8, 9.14),
        ("2 cores, one half busy", cores(1, 1, 0.5), 1.0, 1.5),
    ]
}

/// What workers of these speeds do in `window`, where the baseline takes `alone`.
fn capacity_of(speeds: &[f64], alone: f64, window: Duration) -> Capacity {
    let share = |speed: &f64| Share {
        sums: speed * window.as_secs_f64() / alone,
        cpu_seconds: Some(window.as_secs_f64()),
    };
    Share::capacity(&speeds.iter().map(share).collect::<Vec<_>>(), alone, window)
}

#[test]
fn capacity_is_the_sum_of_all_speeds_and_no_share_of_it_is_above_one() {
    let shares = machines().map(|(name, speeds, equal, balanced)| {
        let capacity = capacity_of(&speeds, 0.040, Duration::from_millis(20));
        let cores: f64 = speeds.iter().sum();
        assert!((capacity.cores() - cores).abs() < 1e-9, "{name}: {capacity:?}");
        assert_eq!(capacity.on_core, Some(vec![1.0; speeds.len()]), "{name}");
        assert!((capacity.even() - equal).abs() < 1e-9, "{name}");
        [equal, balanced].map(|speedup| (100.0 * speedup / capacity.cores()).round())
    });
    assert_eq!(shares, [[57.0, 99.0], [47.0, 94.0], [85.0, 99.0], [67.0, 100.0]]);
}

/// A baseline that ran on a slow core makes speedups too large, and leaves the shares as they are.
#[test]
fn the_time_of_the_baseline_cancels() {
    let work = [Share { sums: 3.0, cpu_seconds: None }];
    let share = |alone: f64| {
        let capacity = Share::capacity(&work, alone, Duration::from_secs(1));
        assert_eq!(capacity.on_core, None, "the system does not tell");
        (alone / 0.5) / capacity.cores()
    };
    assert!((share(0.4) - share(1.0)).abs() < 1e-12);
}

/// By a clock that each sum moves on by as much as `took` says, and that began late. Half of that is CPU time.
fn share(
    lap: &Lap,
    (late, end): (u64, u64),
    place: usize,
    took: impl Fn(&Range<u64>) -> u64,
) -> Share {
    let now = Cell::new(late);
    let sum = |range: &Range<u64>| now.set(now.get() + took(range));
    let clock = || {
        let elapsed = Duration::from_millis(now.get());
        Moment { elapsed, cpu: Some(elapsed / 2) }
    };
    lap.share_until(Duration::from_millis(end), place, clock, sum)
}

fn done(lap: &Lap, end: u64, place: usize, took: impl Fn(&Range<u64>) -> u64) -> f64 {
    share(lap, (0, end), place, took).sums
}

#[test]
fn the_unit_under_way_counts_for_the_part_before_the_end() {
    let unit = |start: u64, share| Unit { range: start..start + 1, share };
    let lap = Lap { units: vec![unit(0, 0.25), unit(1, 0.75)], calls: 1 };
    let even = |end, place| done(&lap, end, place, |_| 10);
    assert_eq!(even(20, 0), 1.0);
    assert_eq!(even(25, 0), 1.125);
    assert_eq!(even(25, 1), 1.375);
    // A worker that was kept away until after the end did nothing.
    let late = share(&lap, (9, 5), 0, |_| 10);
    assert_eq!((late.sums, late.cpu_seconds), (0.0, Some(0.0)));
    // Short sums are made several times before the clock is read.
    let short = Lap { units: vec![unit(0, 1.0)], calls: 4 };
    assert_eq!(done(&short, 60, 0, |_| 10), 6.0);
}

/// A worker that is kept off its core from the end on had no less of it before.
#[test]
fn time_on_core_is_that_before_the_end() {
    let lap = Lap { units: vec![Unit { range: 0..1, share: 1.0 }], calls: 1 };
    let half = |late, took| {
        let window = Duration::from_millis(20);
        Share::capacity(&[share(&lap, (late, 20), 0, |_| took)], 0.010, window)
    };
    assert_eq!(half(0, 10), Capacity { rates: vec![1.0], on_core: Some(vec![0.5]) });
    // Its only unit ends long after, and counts for the part before.
    let slow = half(0, 400);
    assert_eq!(slow.on_core, Some(vec![0.5]), "of the 20 ms, not of the 400");
    assert!((slow.cores() - 0.025).abs() < 1e-9, "{slow:?}");
    assert_eq!(half(10, 10).on_core, Some(vec![0.25]), "it began in the middle");
}

/// Later terms cost more; still, a core at full speed is one core, wherever it begins.
#[test]
fn uneven_terms_weigh_what_they_cost() {
    let weights = Weights::made_up(8, &[1.0, 2.0, 3.0, 4.0]);
    let lap = Lap::new(&weights, Workers::new(2).expect("two"), 0.010);
    assert_eq!(lap.units.len(), 8);
    let cost = |range: &Range<u64>| 1 + range.start / 2;
    for place in [0, 4] {
        // 20 ms are a whole lap, 37 end within a unit.
        for end in [20, 37] {
            let sums = done(&lap, end, place, cost);
            assert!((sums - end as f64 / 20.0).abs() < 1e-9, "{sums} in {end} from {place}");
        }
    }
}

#[test]
fn units_are_neither_many_nor_short() {
    let units = |alone, workers| {
        let workers = Workers::new(workers).expect("some");
        let lap = Lap::new(&Weights::new(0..1_000_000), workers, alone);
        (lap.units.len(), lap.calls)
    };
    assert_eq!(units(0.100, 2), (8, 1));
    assert_eq!(units(0.0021, 64), (10, 1));
    assert_eq!(units(1.5e-6, 2), (1, 134));
    let windows = [(0.1, 2), (0.1, 64), (0.001, 2), (0.001, 8), (0.001, 16), (0.001, 1000)]
        .map(|(alone, workers)| window(alone, Workers::new(workers).expect("some")).as_micros());
    assert_eq!(windows, [100_000, 6_250, 5_000, 5_000, 2_500, 1_000]);
}

/// Reckoned with rows that share without a loss, as quick as rows can be: a round takes no less.
#[test]
fn the_control_of_64_workers_is_a_tenth_of_a_round_at_most() {
    let workers = Workers::new(64).expect("some");
    for milliseconds in 1..=1000 {
        let alone = 0.001 * f64::from(milliseconds);
        let control = window(alone, workers).as_secs_f64();
        let baseline = seconds_of_a_sample(alone);
        let rows = 6.0 * seconds_of_a_sample(alone / 64.0);
        let share = control / (baseline + rows + control);
        assert!(share < 0.1, "{milliseconds} ms: {share}");
        assert!(share < 0.055 || milliseconds < 16, "{milliseconds} ms: {share}");
    }
}

/// A kernel that takes two and a half times as long on every thread but one.
#[derive(Clone)]
struct Hybrid(Arc<ThreadId>, Integers);

impl Kernel for Hybrid {
    type Partial = u64;

    fn sum(&self, range: Range<u64>) -> u64 {
        let times = if thread::current().id() == *self.0 { 2 } else { 5 };
        (0..times).map(|_| black_box(self.1.sum(black_box(range.clone())))).max().unwrap_or(0)
    }

    fn term(&self, i: u64) -> u64 {
        self.1.term(i)
    }

    fn grain(&self) -> u64 {
        self.1.grain()
    }

    fn spec(&self) -> Spec {
        self.1.spec()
    }
}

/// Two cores, of which one has 0.4 of the other's speed, are 1.4 cores. The margin is wide, and what other
/// programs take from either is left out where the system tells: the speeds are those of the time on core.
#[test]
fn a_slow_core_counts_as_the_part_of_a_core_that_it_is() {
    let terms = 0..600_000_000;
    let kernel = Hybrid(Arc::new(thread::current().id()), Integers::new(terms.end).expect("fits"));
    let weights = Weights::timed(&kernel, terms.clone());
    let two = Context::new(Workers::new(2).expect("two"));
    let (mut rates, mut on_core) = ([0.0; 2], [0.0; 2]);
    for _ in 0..6 {
        let alone = crate::time(|| kernel.sum(terms.clone())).1.as_secs_f64();
        let capacity = capacity(&kernel, &weights, &two, alone).expect("threads start");
        let parts = capacity.on_core.clone().unwrap_or_else(|| vec![1.0; 2]);
        for (worker, rate) in capacity.rates.iter().enumerate() {
            rates[worker] += rate;
            on_core[worker] += parts[worker];
        }
    }
    // One core has no second one to be slower.
    if Workers::usable().get() > 1 {
        let [fast, slow] = [0, 1].map(|worker| rates[worker] / on_core[worker]);
        assert!(((fast + slow) / fast - 1.4).abs() < 0.2, "{rates:?} {on_core:?}");
    }
}
