mod findings;

use std::fmt::Write;

use course::{BOLD, Document, wrapped};
use findings::findings;
use units::{count, seconds, three_digits};

use crate::comparison::{Comparison, Comparisons};
use crate::outcome::{Ending, Outcome};
use crate::scenario::Scenario;
use crate::silent::SilentMistake;
use crate::{Fault, QUESTION};

/// What `--list` shows.
pub(crate) fn list() -> String {
    let mut text = String::from("A worker fails\n");
    for fault in Fault::ALL {
        let _ = writeln!(text, "  {:<18} {}", fault.as_str(), fault.about());
    }
    text += "\nNothing fails, and the sum is wrong\n";
    for mistake in SilentMistake::ALL {
        let _ = writeln!(text, "  {:<18} {}", mistake.as_str(), mistake.about());
    }
    text
}

/// Everything that the lesson prints for people.
pub(crate) fn table(document: &Document<Comparisons>, everything: bool) -> String {
    let mut text = format!("{BOLD}{}: {QUESTION}{BOLD:#}\n\n", document.lesson);
    let limit = seconds(document.timeout_seconds);
    text += &wrapped(
        &format!(
            "{}: {}, {}. The last worker fails before it has given its sum. Every run is a program of its own, \
             and is ended after {limit}.{}",
            document.kernel,
            (document.kernel.description().title)(document.terms),
            count(document.workers as u64, "worker"),
            if document.kernel.is_yours() {
                " Processes are left out: the children of the careless version print whole numbers."
            } else {
                ""
            }
        ),
        0,
    );
    text += &faults(document);
    text += &mistakes(document);
    text += &findings(document);
    text += &errors(document);
    text += "\nRead lessons/faults/src/careless, and say of each file what it forgets.\n";
    if everything {
        text += "Then run one fault alone: cargo run -p faults -- -s panic\n";
    }
    text
}

/// The table of the faults, if there is one.
fn faults(document: &Comparisons) -> String {
    let (mut text, mut before) = (String::new(), None);
    for row in &document.runs {
        let Scenario::Fault(fault, kind) = row.scenario else { continue };
        if before.is_none() {
            text += &heading(["fault", "where", "careless", "careful", "time"]);
        }
        text += &line([
            if before == Some(fault) { "" } else { fault.as_str() },
            kind.as_str(),
            &in_words(row, &row.careless),
            &in_words(row, &row.careful),
            &seconds(row.careful.seconds),
        ]);
        before = Some(fault);
    }
    text
}

/// The silent mistakes, each with its fix.
fn mistakes(document: &Comparisons) -> String {
    let mut text = String::new();
    for row in &document.runs {
        let Scenario::Silent(mistake) = row.scenario else { continue };
        if text.is_empty() {
            let _ = writeln!(text, "\n{BOLD}Nothing fails, and the sum is wrong{BOLD:#}");
        }
        let _ = writeln!(text, "  {:<17} {}", mistake.as_str(), mistake.about());
        let _ = writeln!(text, "  {:<17}   seen: {}", "", seen(row));
        let fixed = in_words(row, &row.careful);
        let _ = writeln!(text, "  {:<17}   fix: {}: {fixed}", "", mistake.fix());
    }
    text
}

fn heading(columns: [&str; 5]) -> String {
    format!("\n{BOLD}{}{BOLD:#}\n", line(columns).trim_end())
}

fn line([fault, workers, careless, careful, time]: [&str; 5]) -> String {
    format!("{fault:<11}{workers:<15}{careless:<29}{careful:<16}{time:>8}\n")
}

/// How the careless version ended, in all its tries.
fn seen(row: &Comparison) -> String {
    let all = count(row.tries as u64, "run");
    match (row.tries, row.wrong_tries) {
        (1, _) => in_words(row, &row.careless),
        (_, 0) => format!("not wrong in {all}, this time"),
        (_, wrong) => {
            let off = distance(row.careless.off_by.unwrap_or_default());
            format!("WRONG in {wrong} of {all}: {off}")
        }
    }
}

/// How `outcome`, a version of `row`, ended, in a few words.
fn in_words(row: &Comparison, outcome: &Outcome) -> String {
    let left = match outcome.left_behind {
        None | Some(0) => String::new(),
        Some(1) => ", leaves 1 process".to_owned(),
        Some(many) => format!(", leaves {many} processes"),
    };
    let words = match outcome.end {
        Ending::Right if outcome.retries == 1 => "right, 1 retry".to_owned(),
        Ending::Right if outcome.retries > 1 => format!("right, {} retries", outcome.retries),
        Ending::Right => "right".to_owned(),
        Ending::WrongSum => format!("WRONG: {}", distance(outcome.off_by.unwrap_or_default())),
        Ending::Error => match outcome.exit_code {
            Some(1) => "refused: wrong".to_owned(),
            Some(75) => "error: too late".to_owned(),
            _ => "error".to_owned(),
        },
        Ending::Hung if row.scenario.may_hang() => "hangs".to_owned(),
        Ending::Hung => format!("not done in {}", seconds(row.limit_seconds)),
        Ending::Died => match (&outcome.signal, outcome.exit_code) {
            (Some(signal), _) => format!("ends by {signal}"),
            // Windows has large ones for what the system ends, which are known by these digits.
            (None, Some(code @ ..0)) => format!("ends, 0x{code:08X}"),
            (None, code) => format!("ends, status {}", code.unwrap_or_default()),
        },
    };
    words + &left
}

/// How far a wrong sum is from the right one.
fn distance(off_by: f64) -> String {
    let percent = off_by.abs() * 100.0;
    match off_by {
        0.0 => "another sum".to_owned(),
        _ if percent < 0.01 => format!("by 1 part in {}", power_of_ten(off_by.abs())),
        missing if missing < 0.0 => format!("{} % missing", three_digits(percent)),
        _ => format!("{} % too much", three_digits(percent)),
    }
}

/// `10^12` for 3e-12: one in how many.
fn power_of_ten(fraction: f64) -> String {
    format!("10^{}", fraction.log10().round().abs())
}

/// The errors of the careful versions, word for word.
fn errors(document: &Comparisons) -> String {
    let mut text = String::new();
    for row in &document.runs {
        let Some(error) = row.careful.error.as_ref().filter(|_| row.careful.end == Ending::Error)
        else {
            continue;
        };
        if text.is_empty() {
            let _ = writeln!(text, "\n{BOLD}What the errors say{BOLD:#}");
        }
        text += &wrapped(&format!("{}: {error}", row.scenario.title()), 2);
    }
    text
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn seen_of(mistake: SilentMistake, ends: &[Ending]) -> String {
        let careless = ends.iter().map(|end| Outcome::made_up(*end)).collect();
        let limit = Duration::from_secs(4);
        let fixed = Outcome::made_up(Ending::Right);
        seen(&Comparison::new(Scenario::Silent(mistake), limit, careless, fixed))
    }

    /// As seen of two atomic steps in a loop on a busy machine: "hangs".
    #[test]
    fn what_only_adds_does_not_hang() {
        assert_eq!(seen_of(SilentMistake::Overflow, &[Ending::Hung]), "not done in 4.00 s");
        assert_eq!(seen_of(SilentMistake::LockAcrossCall, &[Ending::Hung]), "hangs");
    }

    #[test]
    fn a_mistake_that_shows_by_chance_is_counted() {
        let mut ends = vec![Ending::Right; 20];
        assert_eq!(seen_of(SilentMistake::LostUpdate, &ends), "not wrong in 20 runs, this time");
        ends[7] = Ending::WrongSum;
        let said = "WRONG in 1 of 20 runs: 5.75 % missing";
        assert_eq!(seen_of(SilentMistake::LostUpdate, &ends), said);
    }
}
