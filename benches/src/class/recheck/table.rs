use std::time::Duration;

use course::{Document, HandIn};
use measure::{Cancellation, Error, Interval};
use units::percent;

use super::tree::Tree;
use super::{Compared, Recheck, limited};
use crate::class::entry::Entry;
use crate::class::rows::{self, YOURS};
use crate::class::standing::{Outcome, Standing};
use crate::program::program;
use crate::text::{cut, readable};

/// The first run of a lesson is compiled with all that it uses.
const LONGEST_BUILD: Duration = Duration::from_secs(600);

/// A run has ten seconds for its rounds, and a minute for a sum that hangs.
const LONGEST_RUN: Duration = Duration::from_secs(120);

/// Shares of two machines that are no further apart are the same.
const APART: f64 = 0.1;

/// Compiles the learner's file into the lesson, runs it, and compares what came out.
pub(super) fn again(
    entry: &Entry,
    hand_in: &HandIn,
    tree: &Tree,
    seed: u64,
    cancellation: &Cancellation,
) -> Result<Recheck, Error> {
    let [before] = entry.standings.as_slice() else {
        return Ok(Recheck::cannot_tell("it holds no result of one row"));
    };
    let lesson = hand_in.lesson.as_str();
    if !is_plain(lesson) || !tree.path.join("lessons").join(lesson).join("Cargo.toml").is_file() {
        return Ok(Recheck::cannot_tell(format!(
            "this workspace has no lesson {}",
            readable(lesson)
        )));
    }
    let document = hand_in.measurements().map_err(Error::Usage)?;
    let yours = document.kernel.name.is_yours();
    let own = format!("lessons/{lesson}/src/your_turn.rs");
    let places = [own.as_str(), "yours/src/lib.rs"];
    let files: Vec<_> =
        hand_in.files.iter().filter(|file| places.contains(&file.path.as_str())).collect();
    if files.is_empty() {
        return Ok(Recheck::cannot_tell("it holds no file of the learner that could be compiled"));
    }
    let _replaced = files
        .iter()
        .map(|file| tree.with(&file.path, &file.text))
        .collect::<Result<Vec<_>, _>>()?;
    let in_tree = |words: &[&str]| {
        let mut command = program(lesson);
        command.current_dir(&tree.path).env("CARGO_TARGET_DIR", &tree.target).args(words);
        command
    };
    // `--list` measures nothing: what takes long here is the compiler.
    let build = in_tree(&["--list"]);
    let (listed, errors) = limited::output(&entry.file, &build, LONGEST_BUILD, cancellation)?;
    if listed.is_empty() {
        return Ok(not_compiled(before, &errors));
    }
    let terms = document.kernel.terms.to_string();
    let (seed, kernel) = (seed.to_string(), document.kernel.name.as_str());
    let mut words = vec!["--json", "-k", kernel, "-n", &terms, "-w", "auto", "--seed", &seed];
    if !yours {
        words.extend(["-s", YOURS]);
    }
    let (output, errors) =
        limited::output(&entry.file, &in_tree(&words), LONGEST_RUN, cancellation)?;
    let Ok(here) = Document::parse(&output) else {
        let said = errors.lines().next().unwrap_or("it wrote no document");
        return Ok(Recheck::cannot_tell(cut(&readable(said), 200)));
    };
    Ok(compared(before, &here))
}

/// Whether a name is one of a folder and of a package, and nothing else.
fn is_plain(name: &str) -> bool {
    name.starts_with(|letter: char| letter.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}

fn not_compiled(before: &Standing, errors: &str) -> Recheck {
    let error =
        errors.lines().find(|line| line.starts_with("error")).unwrap_or("it does not compile");
    Recheck {
        answer: Compared::Differs,
        words: format!(
            "{} there, does not compile here: {}",
            before.outcome.as_str(),
            cut(&readable(error), 200)
        ),
    }
}

fn compared(before: &Standing, here: &Document) -> Recheck {
    let now = rows::standing(here);
    let (was, is) = (before.outcome.as_str(), now.outcome.as_str());
    if now.outcome == Outcome::NotRun {
        return Recheck::cannot_tell(now.reason);
    }
    if before.outcome != now.outcome {
        let words = format!("{was} there, {is} here: {}", now.reason);
        return Recheck { answer: Compared::Differs, words };
    }
    if now.outcome != Outcome::Right {
        return Recheck {
            answer: Compared::Same,
            words: format!("{is} here, too: {}", now.reason),
        };
    }
    let sure = |standing: &Standing| standing.share.filter(|share| !share.is_wide());
    let (Some(then), Some(share)) = (sure(before), sure(&now)) else {
        return Recheck::cannot_tell("right here, too; its share is not sure in both runs");
    };
    if course::doubt(here).is_some() || here.machine.usable_cores < 2 {
        return Recheck::cannot_tell(format!("right here, too; of its share: {}", now.reason));
    }
    let words = format!("right here, too; its share was {}, and is {}", shown(then), shown(share));
    let answer = if are_apart(then, share) { Compared::Differs } else { Compared::Same };
    Recheck { answer, words }
}

/// Whether even the nearest ends are further apart than two machines may be.
fn are_apart(one: Interval, other: Interval) -> bool {
    let ends =
        |share: Interval| (share.low.unwrap_or(share.median), share.high.unwrap_or(share.median));
    let ((low, high), (other_low, other_high)) = (ends(one), ends(other));
    low > other_high + APART || other_low > high + APART
}

fn shown(share: Interval) -> String {
    match share.low.zip(share.high) {
        Some((low, high)) => {
            format!("{} ({:.0} to {:.0})", percent(share.median), 100.0 * low, 100.0 * high)
        }
        None => percent(share.median),
    }
}

#[cfg(test)]
mod tests {
    use course::made_up::{integers, nearly, run};
    use measure::verdict::Verdict;

    use super::*;

    fn here(share: f64) -> Document {
        let mut mine = run(YOURS, 2, 0.005);
        mine.of_control = Some(nearly(share));
        integers(vec![run("scoped", 2, 0.005), mine])
    }

    fn answer(before: f64, now: f64) -> Compared {
        compared(&rows::standing(&here(before)), &here(now)).answer
    }

    #[test]
    fn shares_are_compared_and_verdicts_first() {
        assert_eq!(answer(0.95, 0.97), Compared::Same);
        assert_eq!(answer(0.95, 0.88), Compared::Same, "two machines");
        assert_eq!(answer(0.95, 0.5), Compared::Differs);
        let mut wrong = here(0.95);
        wrong.runs[1].verdict = Verdict::Wrong;
        let found = compared(&rows::standing(&here(0.95)), &wrong);
        assert_eq!(found.answer, Compared::Differs);
        assert!(found.words.starts_with("right there, wrong here"), "{}", found.words);
        assert_eq!(compared(&rows::standing(&wrong), &wrong).answer, Compared::Same);
    }

    #[test]
    fn one_core_tells_nothing_of_shares() {
        let mut alone = here(0.95);
        alone.machine.usable_cores = 1;
        let found = compared(&rows::standing(&here(0.95)), &alone);
        assert_eq!(found.answer, Compared::CannotTell);
        assert!(found.words.starts_with("right here, too"), "{}", found.words);
    }

    #[test]
    fn no_name_leads_elsewhere() {
        assert!(is_plain("work-stealing"));
        for name in ["", "../x", "a b", "-p", "a\0", "A"] {
            assert!(!is_plain(name), "{name}");
        }
    }
}
