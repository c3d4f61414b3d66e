//! Names and numbers as the charts write them.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use measure::Interval;
use units::{self, three_digits};

/// The most characters of a name that are shown.
const SHOWN: usize = 24;

/// The numbers that a chart can show: no measurement is outside, and what a file says may be.
pub(super) const SHOWABLE: RangeInclusive<f64> = 1e-18..=1e18;

/// A name that may come from any file, in the space that a label has.
pub(super) fn short(name: &str) -> String {
    let plain = |character: char| if character.is_control() { ' ' } else { character };
    let mut shown: String = name.chars().take(SHOWN).map(plain).collect();
    if name.chars().count() > SHOWN {
        shown.pop();
        shown.push('…');
    }
    shown
}

/// Each name with one made of small letters, digits and hyphens, of which no two are alike.
pub(super) fn with_slugs<'a>(names: &[&'a str]) -> Vec<(&'a str, String)> {
    let mut taken = BTreeSet::new();
    let mut unique = |name: &'a str| {
        let plain = slug(name);
        let numbered = (2..).map(|number| format!("{plain}-{number}"));
        let free = std::iter::once(plain.clone())
            .chain(numbered)
            .find(|candidate| !taken.contains(candidate))
            .expect("there are more numbers than names");
        taken.insert(free.clone());
        (name, free)
    };
    names.iter().map(|name| unique(name)).collect()
}

fn slug(name: &str) -> String {
    let hyphened = |character: char| match character.to_ascii_lowercase() {
        kept if kept.is_ascii_alphanumeric() => kept,
        _ => '-',
    };
    let spaced: String = name.chars().take(SHOWN).map(hyphened).collect();
    let parts: Vec<&str> = spaced.split('-').filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "unnamed".to_owned() } else { parts.join("-") }
}

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

/// A share with its interval: `96 % (95 % to 97 %)`.
pub(super) fn share(interval: &Interval) -> String {
    format!("{}{}", units::percent(interval.median), bounds(interval, units::percent))
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

/// So many of a thing: `1 worker`, `2 workers`.
pub(super) fn count(number: usize, thing: &str) -> String {
    units::count(number as u64, thing)
}

/// A number of terms as short as it goes: `1e8`, `5e5`, `123,456`.
pub(super) fn terms(number: u64) -> String {
    let (mut digits, mut zeros) = (number, 0);
    while digits >= 10 && digits.is_multiple_of(10) {
        (digits, zeros) = (digits / 10, zeros + 1);
    }
    if zeros > 3 { format!("{digits}e{zeros}") } else { units::grouped(number) }
}

/// A tick of an axis: as short as it goes.
pub(super) fn tick(value: f64) -> String {
    let text = format!("{value:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if (0.0009..1e6).contains(&value.abs()) || value == 0.0 {
        text.to_owned()
    } else {
        format!("{value:.0e}")
    }
}

/// A tick of an axis of seconds: `100 ns`, `2 ms`.
pub(super) fn time_tick(seconds: f64) -> String {
    let (value, unit) = match seconds {
        0.0 => return "0".to_owned(),
        long if long >= 0.9999 => (long, "s"),
        milli if milli >= 0.9999e-3 => (milli * 1e3, "ms"),
        micro if micro >= 0.9999e-6 => (micro * 1e6, "us"),
        nano => (nano * 1e9, "ns"),
    };
    format!("{} {unit}", tick(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_and_their_files_safe() {
        assert_eq!(short("scoped"), "scoped");
        assert_eq!(short(&"x".repeat(200)).chars().count(), SHOWN);
        let slugs = with_slugs(&["pi", "../../etc", "<b>", "B", "", "\u{1F600}"]);
        let slugs: Vec<&str> = slugs.iter().map(|(_, slug)| slug.as_str()).collect();
        assert_eq!(slugs, ["pi", "etc", "b", "b-2", "unnamed", "unnamed-2"]);
    }

    #[test]
    fn intervals_read_well() {
        let interval = Interval { median: 1.93, low: Some(1.91), high: Some(1.95) };
        assert_eq!(speedup(&interval), "1.93x (1.91 to 1.95)");
        let slow = Interval { median: 0.5, low: Some(0.4), high: Some(0.8) };
        assert_eq!(speedup(&slow), "2.0x slower (1.25 to 2.50)");
        assert_eq!(speedup(&Interval { median: 2.0, low: None, high: None }), "2.00x");
    }

    #[test]
    fn what_no_axis_can_show_is_left_out() {
        let of = |median: f64| sound(Some(Interval { median, low: Some(f64::NAN), high: None }));
        assert_eq!(of(f64::NAN), None);
        assert_eq!(of(0.0), None);
        assert_eq!(of(f64::INFINITY), None);
        assert_eq!(of(2.0), Some(Interval { median: 2.0, low: None, high: None }));
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!([100, 100_000_000, 500_000].map(terms), ["100", "1e8", "5e5"]);
        assert_eq!([0.0, 0.5, 20.0, 1e7].map(tick), ["0", "0.5", "20", "1e7"]);
        assert_eq!([1e-7, 2e-3, 5.0].map(time_tick), ["100 ns", "2 ms", "5 s"]);
    }
}
