//! The command line, the same in every lesson.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use clap::Parser;
use kernels::{KernelName, Workers};

/// The options of every lesson that measures.
#[derive(Debug, Clone, Parser)]
#[command(version, max_term_width = 80)]
pub struct Options {
    /// How many terms: 100000000, 100_000_000, 1e8 or 100M [default: the kernel's own]
    #[arg(short = 'n', long, value_name = "N", value_parser = terms, allow_hyphen_values = true)]
    pub terms: Option<u64>,

    /// What to sum: integers, memory, pi or primes [default: the lesson's own]
    #[arg(short, long, value_name = "NAME", allow_hyphen_values = true)]
    pub kernel: Option<KernelName>,

    /// How many workers: 4, 1,2,4 or 1..8; auto: the usable cores; ladder: 1, 2, 4, ... up to them
    #[arg(short, long, value_name = "LIST", default_value = "ladder", value_parser = WorkerList::parse,
          allow_hyphen_values = true)]
    pub workers: WorkerList,

    /// Only these rows, separated by commas
    #[arg(short, long = "strategy", value_name = "NAMES", value_delimiter = ',')]
    pub strategies: Vec<String>,

    /// One JSON document on standard output, and nothing else there
    #[arg(long)]
    pub json: bool,

    /// Timed rounds [default: as many as steady medians need within the budget]
    #[arg(long, value_name = "R", value_parser = rounds, help_heading = "More",
          allow_hyphen_values = true)]
    pub rounds: Option<NonZeroUsize>,

    /// About how long the whole run may take
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = seconds,
          help_heading = "More", allow_hyphen_values = true)]
    pub budget: Duration,

    /// The longest that one run of one strategy may take
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = seconds,
          help_heading = "More", allow_hyphen_values = true)]
    pub timeout: Duration,

    /// How often a lost worker's range may be given to another, in one sum (processes)
    #[arg(long, value_name = "K", default_value = "0", value_parser = retries,
          help_heading = "More", allow_hyphen_values = true)]
    pub retries: u32,

    /// Leave out the baseline, and with it the speedups: for very long sums
    #[arg(long, help_heading = "More")]
    pub no_baseline: bool,

    /// Pin worker i to core i
    #[arg(long, help_heading = "More")]
    pub pin: bool,

    /// Ask for your guess of the speedup first, and say afterwards how far off it was
    #[arg(long, help_heading = "More", conflicts_with_all = ["json", "no_baseline"])]
    pub predict: bool,

    /// Write who summed what, and when, to a file that ui.perfetto.dev opens
    #[arg(long, value_name = "FILE", help_heading = "More")]
    pub trace: Option<PathBuf>,

    /// When to use colours: auto, always or never
    #[arg(
        long,
        value_name = "WHEN",
        default_value = "auto",
        help_heading = "More",
        hide_possible_values = true
    )]
    pub color: clap::ColorChoice,

    /// Show the kernels and the strategies, and end
    #[arg(long, help_heading = "More")]
    pub list: bool,
}

/// The worker counts of a run, in rising order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkerList(pub Vec<Workers>);

impl WorkerList {
    /// Reads `4`, `1,2,4`, `1..8`, `auto` and `ladder`.
    ///
    /// # Errors
    ///
    /// A sentence that says what is allowed, and an example.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut counts: Vec<Workers> = Vec::new();
        for part in text.split(',') {
            match part.trim() {
                "auto" => counts.push(Workers::usable()),
                "ladder" => counts.extend(Workers::ladder(Workers::usable())),
                part => match part.split_once("..") {
                    Some((first, last)) => counts.extend(worker_range(first, last)?),
                    None => counts.push(worker_count(part)?),
                },
            }
        }
        counts.sort_unstable();
        counts.dedup();
        Ok(WorkerList(counts))
    }

    /// The usable cores if they are in the list, its largest count otherwise.
    pub fn main(&self) -> Workers {
        let usable = Workers::usable();
        let last = self.0.last().copied().unwrap_or(Workers::ONE);
        if self.0.contains(&usable) { usable } else { last }
    }
}

fn worker_range(first: &str, last: &str) -> Result<impl Iterator<Item = Workers> + use<>, String> {
    let (first, last) = (worker_count(first)?, worker_count(last)?);
    if first > last {
        return Err("a range of workers goes upwards; for example: -w 2..5".to_owned());
    }
    Ok((first.get()..=last.get()).filter_map(Workers::new))
}

fn worker_count(text: &str) -> Result<Workers, String> {
    let most = Workers::MOST;
    let count = text.trim().parse().ok().and_then(Workers::new);
    count.ok_or_else(|| {
        format!(
            "a worker count is a number from 1 to {most}; for example: -w 4, -w 1,2,4 or -w 1..8"
        )
    })
}

/// Reads the number of `--rounds`.
///
/// # Errors
///
/// A sentence that says what is allowed, and an example.
pub fn rounds(text: &str) -> Result<NonZeroUsize, String> {
    text.parse().map_err(|_| "rounds are a number from 1; for example: --rounds 6".to_owned())
}

/// Reads the number of `--retries`.
///
/// # Errors
///
/// A sentence that says what is allowed, and an example.
pub fn retries(text: &str) -> Result<u32, String> {
    text.parse().ok().filter(|retries| *retries <= MOST_RETRIES).ok_or_else(|| {
        format!("retries are a number from 0 to {MOST_RETRIES}; for example: --retries 2")
    })
}

/// Whoever loses more workers than this has another problem.
const MOST_RETRIES: u32 = 1000;

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

/// A year; longer is as good as for ever, and clocks can still reckon with it.
const LONGEST: f64 = 31_536_000.0;

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

    #[test]
    fn worker_lists_are_read() {
        let counts = |text: &str| -> Vec<usize> {
            let list = WorkerList::parse(text).expect("a good list");
            list.0.into_iter().map(Workers::get).collect()
        };
        assert_eq!(counts("4"), [4]);
        assert_eq!(counts("4,1,2,1"), [1, 2, 4]);
        assert_eq!(counts("1..4"), [1, 2, 3, 4]);
        assert_eq!(counts("3..3,1024"), [3, 1024]);
        assert_eq!(counts("auto"), [Workers::usable().get()]);
        assert!(counts("ladder").contains(&Workers::usable().get()));
    }

    #[test]
    fn bad_worker_lists_say_what_is_allowed() {
        for text in
            ["0", "-1", "abc", "5..2", "1025", "1..1025", "", "1,,2", "1.5", "1...3", "..", "2.."]
        {
            let refused = WorkerList::parse(text).expect_err(text);
            assert!(refused.contains("for example: -w"), "{text}: {refused}");
        }
    }
}
