//! Numbers as the charts write them.

use std::ops::RangeInclusive;

use measure::Interval;
use units::{self, three_digits};

/// The numbers that a chart can show: no measurement is outside, and what a file says may be.
pub(super) const SHOWABLE: RangeInclusive<f64> = 1e-18..=1e18;

/// The interval, if a chart can show it. Bounds that it cannot are left out.
pub(super) fn sound(interval: Option<Interval>) -> Option<Interval> {
    let shown = |value: &f64| SHOWABLE.contains(value);
    let interval = interval.filter(|interval| shown(&interval.median))?;
    match (interval.low.filter(shown), interval.high.filter(shown)) {
        (low @ Some(_), high @ Some(_)) => Some(Interval { low, high, ..interval }),
        _ => Some(Interval { low: None, high: None, ..interval }),
    }
}

/// A speedup with its interval: `1.93x (1.91 to 1.95)`, `2.4x slower (2.3 to 2.5)`.
pub(super) fn speedup(interval: &Interval) -> String {
    if interval.median >= 0.95 {
        return format!("{}x{}", three_digits(interval.median), bounds(interval, three_digits));
    }
    let inverse = Interval {
        median: 1.0 / interval.median,
        low: interval.high.map(|high| 1.0 / high),
        high: interval.low.map(|low| 1.0 / low),
    };
    format!("{}{}", units::speedup(interval.median), bounds(&inverse, three_digits))
}

/// A time with its interval: `1.71 ms (1.69 ms to 1.74 ms)`.
pub(super) fn time(interval: &Interval) -> String {
    format!("{}{}", units::seconds(interval.median), bounds(interval, units::seconds))
}

/// A ratio with its interval: `0.97 (0.96 to 0.99)`.
pub(super) fn ratio(interval: &Interval) -> String {
    format!("{}{}", three_digits(interval.median), bounds(interval, three_digits))
}

/// ` (low to high)`, where they are known.
fn bounds(interval: &Interval, write: impl Fn(f64) -> String) -> String {
    match (interval.low, interval.high) {
        (Some(low), Some(high)) => format!(" ({} to {})", write(low), write(high)),
        _ => String::new(),
    }
}

/// A number of terms as short as it goes: `1e8`, `5e5`, `123,456`.
pub(crate) fn terms(number: u64) -> String {
    let (mut digits, mut zeros) = (number, 0);
    while digits >= 10 && digits.is_multiple_of(10) {
        (digits, zeros) = (digits / 10, zeros + 1);
    }
    if zeros > 3 { format!("{digits}e{zeros}") } else { units::grouped(number) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_read_well() {
        let interval = Interval { median: 1.93, low: Some(1.91), high: Some(1.95) };
        assert_eq!(speedup(&interval), "1.93x (1.91 to 1.95)");
        let slow = Interval { median: 0.5, low: Some(0.4), high: Some(0.8) };
        assert_eq!(speedup(&slow), "2.0x slower (1.25 to 2.50)");
        assert_eq!(speedup(&Interval { median: 2.0, low: None, high: None }), "2.00x");
    }

    #[test]
    fn unshowable_values_are_dropped() {
        let of = |median: f64| sound(Some(Interval { median, low: Some(f64::NAN), high: None }));
        assert_eq!(of(f64::NAN), None);
        assert_eq!(of(0.0), None);
        assert_eq!(of(f64::INFINITY), None);
        assert_eq!(of(2.0), Some(Interval { median: 2.0, low: None, high: None }));
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!([100, 100_000_000, 500_000].map(terms), ["100", "1e8", "5e5"]);
    }
}
