//! The numbers beside an axis, as short as they go.

/// A number: `0.5`, `20`, `1e7`.
pub fn tick(value: f64) -> String {
    let text = format!("{value:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if (0.0009..1e6).contains(&value.abs()) || value == 0.0 {
        text.to_owned()
    } else {
        format!("{value:.0e}")
    }
}

/// Seconds: `100 ns`, `2 ms`.
pub fn time_tick(seconds: f64) -> String {
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
    fn numbers_are_short() {
        assert_eq!([0.0, 0.5, 20.0, 1e7].map(tick), ["0", "0.5", "20", "1e7"]);
        assert_eq!([1e-7, 2e-3, 5.0].map(time_tick), ["100 ns", "2 ms", "5 s"]);
    }
}
