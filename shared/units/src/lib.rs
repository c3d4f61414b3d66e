//! Numbers as people read them: three digits, and the unit that fits.

#![warn(missing_docs)]

/// A time: `3.31 ms`, `61.2 ns`.
///
/// ```
/// use units::seconds;
/// assert_eq!(seconds(0.00331), "3.31 ms");
/// assert_eq!(seconds(10.0), "10.0 s");
/// assert_eq!(seconds(3.3e-11), "0.033 ns");
/// ```
pub fn seconds(seconds: f64) -> String {
    let (value, unit) = match seconds {
        0.0 => return "0 s".to_owned(),
        long if long >= 0.9995 => (long, "s"),
        milli if milli >= 0.9995e-3 => (milli * 1e3, "ms"),
        micro if micro >= 0.9995e-6 => (micro * 1e6, "us"),
        nano => (nano * 1e9, "ns"),
    };
    format!("{} {unit}", three_digits(value))
}

/// A number with three digits, four where it is a thousand or more.
pub fn three_digits(value: f64) -> String {
    match value.abs() {
        huge if huge >= 99.95 => format!("{value:.0}"),
        tens if tens >= 9.995 => format!("{value:.1}"),
        ones if ones >= 0.0995 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

/// A speedup, or the slowdown where it is below one: `8.9x`, `240x slower`.
///
/// ```
/// use units::speedup;
/// assert_eq!(speedup(1.93), "1.9x");
/// assert_eq!(speedup(0.97), "1.0x");
/// assert_eq!(speedup(1.0 / 240.0), "240x slower");
/// ```
pub fn speedup(ratio: f64) -> String {
    if ratio >= 0.95 {
        return format!("{ratio:.1}x");
    }
    match 1.0 / ratio {
        small if small < 9.95 => format!("{small:.1}x slower"),
        large if large < 1e6 => format!("{large:.0}x slower"),
        huge => format!("{huge:.0e}x slower"),
    }
}

/// A share: `96 %`.
pub fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// An instruction set as its maker writes it: `AVX-512` for `avx512`.
pub fn instructions(simd: &str) -> String {
    if simd == "avx512" { "AVX-512".to_owned() } else { simd.to_uppercase() }
}

/// A whole number with commas: `100,000,000`.
///
/// ```
/// assert_eq!(units::grouped(100_000_000), "100,000,000");
/// ```
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A large number of which two digits are worth reading: `190,000`.
///
/// ```
/// assert_eq!([12.4, 99.6, 188_160.0].map(units::about), ["12", "100", "190,000"]);
/// ```
pub fn about(number: f64) -> String {
    let step = 10_f64.powf((number.log10().floor() - 1.0).max(0.0));
    grouped(((number / step).round() * step) as u64)
}

/// So many of a thing: `1 worker`, `2 workers`.
///
/// ```
/// use units::count;
/// assert_eq!([count(1, "worker"), count(1000, "term")], ["1 worker", "1,000 terms"]);
/// ```
pub fn count(number: u64, thing: &str) -> String {
    let many = if number == 1 { "" } else { "s" };
    format!("{} {thing}{many}", grouped(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_change_where_the_digits_do() {
        assert_eq!(seconds(0.000_999_9), "1.00 ms");
        assert_eq!(seconds(0.000_999), "999 us");
        assert_eq!(seconds(1234.5), "1234 s");
        assert_eq!(three_digits(9.999), "10.0");
    }

    #[test]
    fn short_numbers_have_no_commas() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1000), "1,000");
    }
}
