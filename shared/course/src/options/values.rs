//! The values of options, as people write them.

use std::num::NonZeroUsize;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rng::Rng;

/// Reads the number of `--rounds`.
///
/// # Errors
///
/// A sentence that says what is allowed, and an example.
pub fn rounds(text: &str) -> Result<NonZeroUsize, String> {
    text.parse().map_err(|_| "rounds are a number from 1; for example: --rounds 6".to_owned())
}

/// The value of `--seed` that asks for another number in each run.
pub const FROM_THE_CLOCK: &str = "clock";

/// Reads a seed: a number, or [`FROM_THE_CLOCK`].
///
/// # Errors
///
/// A sentence that says what is allowed, and an example.
pub fn seed(text: &str) -> Result<u64, String> {
    if text == FROM_THE_CLOCK {
        return Ok(seed_of_the_clock());
    }
    text.parse().map_err(|_| {
        format!("a seed is a whole number from 0 to {}; for example: --seed 7", u64::MAX)
    })
}

/// A seed that is another one a moment later, and short enough to be typed.
pub fn seed_of_the_clock() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Rng::new(since.as_nanos() as u64).below(1_000_000) as u64
}

/// Reads a time in seconds, above 0.
///
/// # Errors
///
/// A sentence that says what is allowed, and an example.
pub fn seconds(text: &str) -> Result<Duration, String> {
    let wanted: Option<f64> = text.parse().ok().filter(|seconds| *seconds > 0.0);
    // Less than a nanosecond is no time at all.
    let wanted = wanted.map(|seconds| Duration::from_secs_f64(seconds.min(LONGEST)));
    let wanted = wanted.filter(|wanted| !wanted.is_zero());
    wanted.ok_or_else(|| "seconds are a number above 0; for example: 10 or 0.5".to_owned())
}

/// One year: effectively unlimited, and safe to add to an `Instant`.
const LONGEST: f64 = 31_536_000.0;

/// Reads so many percent, as a share: `5%` is 0.05.
///
/// # Errors
///
/// A sentence that says what is allowed, and an example.
pub fn percentage(text: &str) -> Result<f64, String> {
    let number: Option<f64> = text.strip_suffix('%').and_then(|number| number.trim().parse().ok());
    let number = number.filter(|number| (0.0..=1000.0).contains(number) && *number > 0.0);
    let number = number.map(|number| number / 100.0);
    number.ok_or_else(|| "a gate is so many percent, above 0; for example: --gate 5%".to_owned())
}

const TERMS_HELP: &str =
    "terms are a whole number from 0; for example: 1000000, 1_000_000, 1e6 or 1M";

/// Reads a number of terms. One beyond `u64` is read as the largest `u64`, which no kernel takes.
///
/// # Errors
///
/// A sentence that says what is allowed, and an example.
pub fn terms(text: &str) -> Result<u64, String> {
    whole_number(text).ok_or_else(|| TERMS_HELP.to_owned())
}

/// `digits[.digits][e exponent][k|M|G]`, if that is a whole number; `_` may stand between digits.
fn whole_number(text: &str) -> Option<u64> {
    let (number, unit) = match text.char_indices().next_back()? {
        (end, 'k' | 'K') => (&text[..end], 3),
        (end, 'M') => (&text[..end], 6),
        (end, 'G') => (&text[..end], 9),
        _ => (text, 0),
    };
    let (mantissa, exponent) = match number.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (number, 0),
    };
    let (whole, places) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if !is_digits(whole) || (mantissa.contains('.') && !is_digits(places)) {
        return None;
    }
    let places = places.replace('_', "");
    let places = places.trim_end_matches('0');
    let digits = format!("{}{places}", whole.replace('_', ""));
    let digits = digits.trim_start_matches('0');
    // The value is digits * 10^shift.
    let shift = exponent.checked_add(unit)?.checked_sub(i32::try_from(places.len()).ok()?)?;
    if digits.is_empty() {
        return Some(0);
    }
    if shift < 0 {
        let zeros = usize::try_from(shift.unsigned_abs()).ok()?;
        let kept = digits.len().checked_sub(zeros).filter(|kept| *kept > 0)?;
        let all_zeros = digits[kept..].bytes().all(|digit| digit == b'0');
        return all_zeros.then(|| digits[..kept].parse().unwrap_or(u64::MAX));
    }
    let value = digits.parse::<u64>().ok().zip(10_u64.checked_pow(shift.unsigned_abs()));
    Some(value.and_then(|(digits, power)| digits.checked_mul(power)).unwrap_or(u64::MAX))
}

fn is_digits(text: &str) -> bool {
    let edges = |end: Option<char>| end.is_some_and(|digit| digit.is_ascii_digit());
    edges(text.chars().next())
        && edges(text.chars().next_back())
        && text.chars().all(|digit| digit.is_ascii_digit() || digit == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_is_a_number_or_drawn() {
        assert_eq!((seed("7"), seed("18446744073709551615")), (Ok(7), Ok(u64::MAX)));
        let drawn: Vec<u64> = (0..5).filter_map(|_| seed(FROM_THE_CLOCK).ok()).collect();
        assert!(drawn.len() == 5 && drawn.iter().any(|seed| *seed != drawn[0]), "{drawn:?}");
        assert!(seed("").is_err() && seed("1.5").is_err() && seed("18446744073709551616").is_err());
    }

    #[test]
    fn whole_numbers_are_read() {
        let numbers = [
            ("0", 0),
            ("100000000", 100_000_000),
            ("100_000_000", 100_000_000),
            ("1e8", 100_000_000),
            ("1E8", 100_000_000),
            ("1.5e3", 1500),
            ("100M", 100_000_000),
            ("2k", 2000),
            ("1.5G", 1_500_000_000),
            ("10.0", 10),
            ("1000e-2", 10),
            ("0e400", 0),
            ("007", 7),
            ("18446744073709551615", u64::MAX),
            ("1e30", u64::MAX),
            ("99999999999999999999", u64::MAX),
        ];
        for (text, number) in numbers {
            assert_eq!(terms(text), Ok(number), "{text}");
        }
    }

    #[test]
    fn what_is_no_whole_number_is_refused() {
        let wrong = [
            "",
            "-1",
            "+1",
            "abc",
            "1.5",
            "1e-3",
            "1.23k4",
            "0x10",
            "_1",
            "1_",
            "1,000",
            "1e",
            "e5",
            "k",
            ".5",
            "5.",
            "1 000",
            "NaN",
            "inf",
            "1e99999999999",
            "1ee3",
            "\u{661}",
        ];
        for text in wrong {
            assert!(terms(text).is_err(), "{text}");
        }
    }
}
