//! Whatever stands on the command line: a value within its bounds, or an error that names what was
//! given. Never a panic.

use std::time::Duration;

use clap::Parser;
use course::Options;
use kernels::{KernelName, Workers};
use proptest::prelude::*;

/// The command line of a lesson that has no options of its own.
#[derive(Debug, Parser)]
struct Lesson {
    #[command(flatten)]
    options: Options,
}

/// The options that take a value, and whether the value that was read is within its bounds.
type Within = fn(&Options) -> bool;
const OPTIONS: [(&str, Within); 8] = [
    ("--terms", |options| options.terms.is_some()),
    ("--kernel", |options| options.kernel.is_some_and(|name| KernelName::ALL.contains(&name))),
    ("--workers", |options| {
        let list = &options.workers.0;
        let rising = list.windows(2).all(|pair| pair[0] < pair[1]);
        !list.is_empty() && rising && list.iter().all(|count| count.get() <= Workers::MOST)
    }),
    ("--rounds", |options| options.timing.rounds.is_some()),
    ("--budget", |options| is_a_time(options.timing.budget)),
    ("--timeout", |options| is_a_time(options.timing.timeout)),
    ("--seed", |_| true),
    ("--strategy", |options| !options.strategies.is_empty()),
];

/// Neither nothing nor beyond the reach of a clock.
fn is_a_time(time: Duration) -> bool {
    let year = Duration::from_secs(31_536_000);
    !time.is_zero() && time <= year
}

/// Tries `value` with every option. Text without control characters has to stand in the error as it is.
fn check(value: &str) -> Result<(), TestCaseError> {
    for (option, within) in OPTIONS {
        match Lesson::try_parse_from(["a-lesson", &format!("{option}={value}")]) {
            Ok(Lesson { options }) => {
                prop_assert!(within(&options), "{option} {value:?}: {options:?}")
            }
            Err(refused) => {
                prop_assert_eq!(refused.exit_code(), 2);
                let said = refused.to_string();
                prop_assert!(said.contains(option), "{option} {value:?}: {said}");
                let named =
                    said.contains(&format!("'{value}'")) || value.contains(char::is_control);
                prop_assert!(named, "{option} {value:?}: {said}");
                prop_assert!(said.contains("for example"), "{option} {value:?}: {said}");
            }
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_a_value_or_refused_by_name(value: String) {
        check(&value)?;
    }

    #[test]
    fn what_looks_like_a_number_is_a_value_or_refused_by_name(value in "[-+0-9_.,eEkMGinf ]{0,16}") {
        check(&value)?;
    }

    #[test]
    fn lists_of_workers_hold_what_they_say(counts in prop::collection::vec(1..=Workers::MOST, 1..20)) {
        let text: Vec<String> = counts.iter().map(usize::to_string).collect();
        let options = Lesson::try_parse_from(["a-lesson", "-w", &text.join(",")]).expect("a list");
        let read: Vec<usize> = options.options.workers.0.iter().map(|count| count.get()).collect();
        let mut expected = counts;
        expected.sort_unstable();
        expected.dedup();
        prop_assert_eq!(read, expected);
    }

    #[test]
    fn terms_are_what_they_say(digits in 0..=u64::MAX, exponent in 0..25_u32) {
        let value = u128::from(digits).saturating_mul(10_u128.pow(exponent));
        let value = u64::try_from(value).unwrap_or(u64::MAX);
        let options = Lesson::try_parse_from(["a-lesson", "-n", &format!("{digits}e{exponent}")]);
        prop_assert_eq!(options.expect("a whole number").options.terms, Some(value));
    }
}

#[test]
fn the_smallest_and_the_largest_are_within_their_bounds() {
    let values =
        ["0", "1", "1e-300", "1e-10", "1e308", "1e309", "inf", "NaN", "-0", "1..1024", ",", ""];
    for value in values.into_iter().chain(["18446744073709551616", "4294967296", "1001", "--help"])
    {
        check(value).unwrap_or_else(|failed| panic!("{failed}"));
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_text_is_refused() {
    use clap::error::ErrorKind::InvalidUtf8;
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt;
    for (option, _) in OPTIONS {
        let no_text = OsString::from_vec(vec![b'1', 0xff, b'2']);
        let refused = Lesson::try_parse_from(["a-lesson".into(), option.into(), no_text]);
        let refused = refused.expect_err("it is no text");
        assert_eq!((refused.kind(), refused.exit_code()), (InvalidUtf8, 2), "{option}");
    }
}
