//! A number and its range, as a learner reads them.

use super::Estimate;

/// Whether the interval is so wide that its middle would mislead.
pub(super) fn is_open(estimate: Estimate) -> bool {
    estimate.high > 4.0 * estimate.low
}

/// A share with its range: `3.1 % (2.8 to 3.5 %)`, `none`, or `anything from 0 to 40 %`.
pub(super) fn share(estimate: Estimate) -> String {
    if estimate.high == 0.0 {
        return "none".to_owned();
    }
    // A share that is surely small is told, even if nobody knows how small.
    if is_open(estimate) && estimate.high >= 0.05 {
        return format!(
            "anything from {} to {}",
            digits(estimate.low),
            fine_percent(estimate.high)
        );
    }
    if estimate.value == 0.0 {
        return format!("at most {}", fine_percent(estimate.high));
    }
    let range = format!("{} to {}", digits(estimate.low), fine_percent(estimate.high));
    let value = fine_percent(estimate.value);
    if is_told([estimate.low, estimate.high].map(fine_percent), &value) {
        return value;
    }
    format!("{value} ({range})")
}

/// A number with its range: `10.9x (10.5x to 11.2x)`, or `anything from 3.0x to 40.0x`.
pub(super) fn with_range(estimate: Estimate, show: impl Fn(f64) -> String) -> String {
    if is_open(estimate) {
        return format!("anything from {}", range(estimate, show));
    }
    let value = show(estimate.value);
    if is_told([estimate.low, estimate.high].map(&show), &value) {
        return value;
    }
    format!("{value} ({})", range(estimate, &show))
}

/// Whether both ends read like the value itself: then the range adds nothing.
fn is_told(ends: [String; 2], value: &str) -> bool {
    ends.iter().all(|end| end == value)
}

pub(super) fn range(estimate: Estimate, show: impl Fn(f64) -> String) -> String {
    format!("{} to {}", show(estimate.low), show(estimate.high))
}

pub(super) fn whole(number: f64) -> String {
    format!("{number:.0}")
}

/// A share in percent with two digits: `3.1 %`, `0.042 %`. More than all of it is said so: a line
/// can cost more than the work that waits in it.
fn fine_percent(share: f64) -> String {
    format!("{} %", digits(share))
}

fn digits(share: f64) -> String {
    let percent = share * 100.0;
    if percent > 100.5 {
        return "over 100".to_owned();
    }
    if percent < 1e-6 {
        return "0".to_owned();
    }
    // One decimal less per power of ten; 9.96 is already 10.
    let power = (percent * 1.005).log10().floor();
    format!("{percent:.*}", (1.0 - power).max(0.0) as usize)
}

#[cfg(test)]
mod tests {
    use units::speedup;

    use super::*;

    #[test]
    fn shares_have_two_digits() {
        let shown = [0.031, 0.5, 0.000_42, 0.0996, 1e-9, 0.0].map(fine_percent);
        assert_eq!(fine_percent(5.4), "over 100 %");
        assert_eq!(shown, ["3.1 %", "50 %", "0.042 %", "10 %", "0 %", "0 %"]);
    }

    #[test]
    fn a_range_that_says_nothing_has_no_middle() {
        let wide = Estimate { value: 0.1, low: 0.0, high: 0.4 };
        assert_eq!(share(wide), "anything from 0 to 40 %");
        let small = Estimate { value: 0.001, low: 0.0, high: 0.002 };
        assert_eq!(share(small), "0.10 % (0 to 0.20 %)");
        let speedups = Estimate { value: 10.0, low: 3.0, high: 40.0 };
        assert_eq!(with_range(speedups, speedup), "anything from 3.0x to 40.0x");
        let exact = Estimate { value: 0.05, low: 0.05, high: 0.05 };
        assert_eq!(share(exact), "5.0 %");
        assert_eq!(share(Estimate { value: 0.0, ..small }), "at most 0.20 %");
        assert_eq!(share(Estimate { value: 0.0, low: 0.0, high: 0.0 }), "none");
        let clear = Estimate { value: 10.94, low: 10.5, high: 11.2 };
        assert_eq!(with_range(clear, speedup), "10.9x (10.5x to 11.2x)");
    }
}
