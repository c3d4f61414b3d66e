//! What `cargo bench --` takes: the options of criterion, which answers what it cannot take with a panic.
//! So everything is looked at here first.

use std::ffi::OsString;
use std::ops::RangeInclusive;

use clap::builder::TypedValueParser;
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Command, Error};

/// Days would not be waited for; and criterion reckons with nanoseconds.
const MOST_SECONDS: f64 = 86_400.0;

/// A longer name is none that every file system takes.
const LONGEST_NAME: usize = 100;

/// Folders in which criterion keeps something else, beside those of the baselines.
const TAKEN: [&str; 3] = ["new", "change", "report"];

/// What the arguments ask for, as far as it is not criterion's alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Whether anything is measured; not with `--test`, `--list` and the like.
    pub measures: bool,
    /// A chosen part, with two samples or a few each.
    pub quick: bool,
    /// The name of `--save-baseline`.
    pub saves: Option<String>,
    /// The name of `--baseline` or `--load-baseline`, which must have been saved.
    pub needs: Vec<String>,
}

impl Asked {
    /// Reads the arguments, without the name of the program.
    ///
    /// # Errors
    ///
    /// What is wrong with them, and what is allowed; or the help that they ask for.
    pub fn of(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, Error> {
        let mut command = command();
        let name = OsString::from("cargo bench --");
        let arguments: Vec<OsString> = arguments.into_iter().collect();
        if let Some(bytes) = arguments.iter().find(|argument| argument.to_str().is_none()) {
            let refused = format!(
                "{bytes:?} is no text (UTF-8), as ids, names and numbers are; for example: \
                 scaling/primes"
            );
            return Err(command.error(ErrorKind::InvalidUtf8, refused));
        }
        let matches = command.try_get_matches_from_mut([name].into_iter().chain(arguments))?;
        check_filter(&mut command, &matches)?;
        let looks = ["test", "list"].into_iter().any(|name| matches.get_flag(name));
        let given = |name: &str| matches.get_one::<String>(name).cloned();
        let loads = given("load-baseline");
        let profiles = matches.contains_id("profile-time");
        Ok(Asked {
            measures: matches.get_flag("bench") && !looks && !profiles && loads.is_none(),
            quick: matches.get_flag("quick"),
            saves: given("save-baseline"),
            needs: given("baseline").into_iter().chain(loads).collect(),
        })
    }
}

/// Whether letters are a regular expression matters only where they are taken for one.
fn check_filter(command: &mut Command, matches: &ArgMatches) -> Result<(), Error> {
    let taken = !matches.get_flag("exact") && !matches.get_flag("ignored");
    let Some(filter) = matches.get_one::<String>("FILTER").filter(|_| taken) else { return Ok(()) };
    let Err(error) = regex::Regex::new(filter) else { return Ok(()) };
    // The last line is the reason; those before it draw where it is.
    let text = error.to_string();
    let reason = text.lines().last().unwrap_or_default().trim_start_matches("error: ");
    Err(command.error(
        ErrorKind::ValueValidation,
        format!(
            "invalid value '{}' for '[FILTER]': {reason}; it is a regular expression, as \
             scaling/primes or 'scoped|deques'; to name one id letter by letter, add --exact",
            filter.escape_debug()
        ),
    ))
}

fn command() -> Command {
    let flags = [
        ("verbose", "Print more of criterion's statistics"),
        ("quiet", "Print only the results"),
        ("noplot", "Criterion draws nothing here, with or without it"),
        ("discard-baseline", "Keep no results of criterion's"),
        ("list", "List all ids"),
        ("ignored", "Run nothing: no id is ignored"),
        ("exact", "FILTER is one whole id"),
        ("quick", "A chosen part, in less than two minutes"),
        ("test", "Run everything once, and measure nothing"),
    ];
    let hidden = ["bench", "nocapture", "show-output", "include-ignored"];
    let numbers = [
        ("sample-size", "Samples of each id [default: 10]"),
        ("nresamples", "Resamples of criterion's statistics [default: 10000]"),
    ];
    let seconds = [
        ("warm-up-time", "Seconds before the samples of each id [default: 0.1]", 0.001),
        ("measurement-time", "Seconds of the samples of each id [default: 0.3]", 0.001),
        ("profile-time", "Run each id for so many seconds, for a profiler", 1.0),
    ];
    let shares = [
        ("noise-threshold", "What change criterion calls noise [default: 0.01]"),
        ("confidence-level", "Of criterion's intervals [default: 0.95]"),
        ("significance-level", "Of criterion's comparisons [default: 0.05]"),
    ];
    let names = [
        ("save-baseline", "Save criterion's results under this name"),
        ("baseline", "Compare with the results of this name"),
        ("baseline-lenient", "The same for those ids that have such results"),
        ("load-baseline", "Take the results of this name instead of measuring"),
    ];
    let choices = [
        ("color", "When to use colours", &["auto", "always", "never"][..]),
        ("format", "How --list prints", &["pretty", "terse"]),
        ("output-format", "How criterion prints", &["criterion", "bencher"]),
    ];
    let flag = |name: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue);
    let value = |name: &'static str, help| {
        Arg::new(name).long(name).help(help).allow_negative_numbers(true)
    };
    Command::new("cargo bench --")
        .about("Measures the strategies of all lessons, and draws charts and a report")
        .version(env!("CARGO_PKG_VERSION"))
        .max_term_width(80)
        .arg(Arg::new("FILTER").help("Only the ids that this regular expression finds"))
        .args(flags.map(|(name, help)| flag(name).help(help)))
        .args(hidden.map(|name| flag(name).hide(true)))
        .args(numbers.map(|(name, help)| {
            let allowed = if name == "nresamples" { 100..=1_000_000 } else { 10..=10_000 };
            value(name, help).value_name("N").value_parser(whole(allowed))
        }))
        .args(seconds.map(|(name, help, least)| {
            let allowed = between(least..=MOST_SECONDS);
            value(name, help).value_name("SECONDS").value_parser(allowed)
        }))
        .args(shares.map(|(name, help)| {
            value(name, help).value_name("SHARE").value_parser(between(0.0001..=0.9999))
        }))
        .args(names.map(|(name, help)| {
            value(name, help).value_name("NAME").value_parser(name_of_baseline)
        }))
        .args(choices.map(|(name, help, allowed)| {
            value(name, help).value_name("WHEN").value_parser(allowed.to_vec())
        }))
        .mut_args(|argument| match argument.get_id().as_str() {
            "color" => argument.short('c').alias("colour"),
            "format" | "output-format" => argument.value_name("FORMAT"),
            "verbose" => argument.short('v'),
            "quiet" => argument.conflicts_with("verbose"),
            "noplot" => argument.short('n').hide(true),
            "save-baseline" => argument.short('s'),
            "discard-baseline" => {
                argument.conflicts_with_all(["save-baseline", "baseline", "baseline-lenient"])
            }
            "baseline" => {
                argument.short('b').conflicts_with_all(["save-baseline", "baseline-lenient"])
            }
            "baseline-lenient" => argument.conflicts_with_all(["save-baseline", "baseline"]),
            "load-baseline" => argument.conflicts_with("profile-time").requires("baseline"),
            "list" => argument.conflicts_with_all(["test", "profile-time"]),
            "profile-time" => argument.conflicts_with_all(["test", "list"]),
            "test" => argument.conflicts_with_all(["list", "profile-time"]),
            "quick" => argument.conflicts_with("sample-size"),
            _ => argument,
        })
}

/// Whole numbers within these bounds.
fn whole(allowed: RangeInclusive<u64>) -> impl TypedValueParser<Value = u64> {
    clap::value_parser!(u64).range(allowed)
}

/// Numbers within these bounds.
fn between(
    allowed: RangeInclusive<f64>,
) -> impl Fn(&str) -> Result<f64, String> + Clone + Send + Sync {
    move |text| {
        let number = text.parse().ok().filter(|number| allowed.contains(number));
        let (least, most) = (allowed.start(), allowed.end());
        number.ok_or_else(|| format!("a number from {least} to {most} is allowed"))
    }
}

/// The name of a folder, beside others of criterion's.
fn name_of_baseline(name: &str) -> Result<String, String> {
    let plain = |letter: char| letter.is_alphanumeric() || "-_.+ ".contains(letter);
    if name.is_empty() || name.len() > LONGEST_NAME || !name.chars().all(plain) {
        return Err(format!(
            "letters, digits and - _ . + are allowed, {LONGEST_NAME} bytes at most; for example: \
             before"
        ));
    }
    if name.trim_matches(['.', ' ']) != name || TAKEN.contains(&name) {
        return Err(format!(
            "criterion keeps something else in the folders {}; and a name neither begins nor ends with a \
             dot or a space; for example: before",
            TAKEN.join(", ")
        ));
    }
    Ok(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(arguments: &[&str]) -> Result<Asked, Error> {
        Asked::of(arguments.iter().map(OsString::from))
    }

    #[test]
    fn what_criterion_answers_with_a_panic_is_refused() {
        let long = "n".repeat(300);
        for (arguments, said) in [
            (&["["][..], "regular expression"),
            (&["--sample-size", "5"], "10..=10000"),
            (&["--sample-size", "18446744073709551615"], "10..=10000"),
            (&["--nresamples", "0"], "100..=1000000"),
            (&["--measurement-time", "0"], "from 0.001 to 86400"),
            (&["--warm-up-time", "-1"], "from 0.001 to 86400"),
            (&["--warm-up-time=nan"], "from 0.001 to 86400"),
            (&["--measurement-time=inf"], "from 0.001 to 86400"),
            (&["--profile-time", "0.5"], "from 1 to 86400"),
            (&["--confidence-level", "1"], "from 0.0001 to 0.9999"),
            (&["--significance-level=0"], "from 0.0001 to 0.9999"),
            (&["--noise-threshold=-0.1"], "from 0.0001 to 0.9999"),
            (&["--plotting-backend", "gnuplot"], "--plotting-backend"),
            (&["--save-baseline", &long], "100 bytes at most"),
            (&["--save-baseline", "../../elsewhere"], "letters, digits"),
            (&["--save-baseline", "a/b"], "letters, digits"),
            (&["--save-baseline", ".."], "a dot or a space"),
            (&["--save-baseline", "new"], "something else"),
            (&["--save-baseline="], "100 bytes at most"),
            (&["--baseline", "/etc"], "letters, digits"),
            (&["--no-such-option"], "--no-such-option"),
            (&["--quick", "--sample-size", "20"], "cannot be used with"),
        ] {
            let refused = asked(arguments).expect_err("it is refused");
            let text = refused.to_string();
            assert!(text.contains(said) && refused.exit_code() == 2, "{arguments:?}: {text}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        let bytes = testkit::no_text();
        let refused = Asked::of([bytes.clone()]).expect_err("it is refused");
        assert_eq!((refused.kind(), refused.exit_code()), (ErrorKind::InvalidUtf8, 2));
        assert!(refused.to_string().contains(&format!("{bytes:?} is no text")), "{refused}");
    }

    #[test]
    fn what_is_asked_for_is_understood() {
        let measured = asked(&["--bench", "--quick", "scaling|size", "-s", "before"]);
        let measured = measured.expect("it is allowed");
        assert!(measured.measures && measured.quick);
        assert_eq!(measured.saves.as_deref(), Some("before"));
        let compared = asked(&["--bench", "--load-baseline", "new-1.2", "--baseline", "after"]);
        let compared = compared.expect("it is allowed");
        assert!(!compared.measures);
        assert_eq!(compared.needs, ["after", "new-1.2"]);
        for looks in [&["scaling"][..], &["--bench", "--list"], &["--bench", "--profile-time", "2"]]
        {
            assert!(!asked(looks).expect("it is allowed").measures, "{looks:?}");
        }
        for allowed in [&["--exact", "["][..], &["--format", "terse", "--list", "--ignored"]] {
            assert!(asked(allowed).is_ok(), "{allowed:?}");
        }
    }

    #[test]
    fn the_help_fits_80_columns() {
        let help = asked(&["--help"]).expect_err("help is no run");
        assert_eq!((help.kind(), help.exit_code()), (ErrorKind::DisplayHelp, 0));
        assert!(help.to_string().lines().all(|line| line.chars().count() <= 80), "{help}");
    }
}
