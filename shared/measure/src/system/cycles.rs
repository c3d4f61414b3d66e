//! A counter of cycles as a clock.

use std::time::Duration;

/// How many cycles of a counter are a second, out of stretches of work: what the counter said of each, and how long
/// it took.
///
/// A thread that lost its core for a while counted fewer cycles in that time. So the most in a second is the rate,
/// if most of the others come near it: if they do not, the counter is none that time can be told by, as one that
/// follows the clock of the core.
pub(super) fn per_second(stretches: &[(u64, Duration)]) -> Option<f64> {
    let rates = || stretches.iter().map(|(cycles, took)| *cycles as f64 / took.as_secs_f64());
    let rate = rates().fold(0.0, f64::max);
    let near = rates().filter(|one| *one > (1.0 - TOLERANCE) * rate).count();
    (rate.is_finite() && rate >= SLOWEST && 2 * near > stretches.len()).then_some(rate)
}

/// What the clocks may differ by, and what an interrupt takes.
const TOLERANCE: f64 = 0.02;

/// A counter this slow has steps of a microsecond, or does not count at all.
const SLOWEST: f64 = 1e6;

/// The time of so many cycles.
pub(super) fn time(cycles: u64, per_second: f64) -> Duration {
    Duration::try_from_secs_f64(cycles as f64 / per_second).unwrap_or(Duration::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(thousands_in_a_millisecond: [u64; 5]) -> Option<f64> {
        let stretch = |thousands| (thousands * 1000, Duration::from_millis(1));
        per_second(&thousands_in_a_millisecond.map(stretch))
    }

    #[test]
    fn a_steady_counter_has_a_rate_though_some_stretches_were_disturbed() {
        assert_eq!(rate([2995, 3000, 2998, 1200, 2400]), Some(3e9));
        assert_eq!(time(1_500_000_000, 3e9), Duration::from_millis(500));
    }

    #[test]
    fn a_counter_that_wanders_or_stands_still_has_none() {
        assert_eq!(rate([1000, 1500, 2000, 2500, 3000]), None);
        assert_eq!(rate([0; 5]), None);
        assert_eq!(per_second(&[]), None);
        assert_eq!(per_second(&[(5, Duration::ZERO); 5]), None);
    }
}
