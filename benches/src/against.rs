//! What a commit changed: its bench and that of the working tree, in turn.
//!
//! Both are built, and run as A B B A or B A A B, round after round. So a machine that was busy for a while was busy
//! for both, and A beside itself says what cannot be told apart here.

mod built;
mod findings;
mod runs;

use std::path::Path;
use std::time::{Duration, Instant};

use course::options::Timing;
use course::{BOLD, Document, Program, wrapped};
use measure::machine::Machine;
use measure::{Error, Interval};
use rng::Rng;
use scale::difference::{Answer, Difference, Round, difference, turns, typical};
use serde::Serialize;
use units::{count, seconds};

use crate::compare::{Line, tables};
use crate::results::Measured;
use built::Built;
use runs::Runs;

/// More rounds than these add little.
const MOST_ROUNDS: usize = 200;

/// The head of each table.
const HEAD: &str = "strategy               w       A       B ratio     range  B is";

/// What is measured where nobody says what.
pub const FILTER: &str = "^scaling/";

/// What to compare, and how long.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The commit that the working tree is held against, as git names it.
    pub commit: String,
    /// The ids: a regular expression.
    pub filter: String,
    /// Rounds, budget, and the longest that one bench may take.
    pub timing: Timing,
    /// What the order within the rounds is drawn from.
    pub seed: u64,
    /// How much longer, as a share, no row may take.
    pub gate: Option<f64>,
}

/// What was compared, and what came out: the content of the document.
#[derive(Debug, Serialize)]
pub struct Against {
    seed: u64,
    machine: Machine,
    /// A and B: the commits, the second with `+changes` where files differ from it.
    commits: [String; 2],
    filter: String,
    rows: Vec<Row>,
    /// What only one of the two has, or sums another number of terms of.
    left_out: Vec<String>,
    findings: Vec<String>,
    #[serde(skip)]
    gate: Option<f64>,
}

/// One id in all rounds.
#[derive(Debug, Serialize)]
struct Row {
    id: String,
    seconds: [f64; 2],
    rounds: Vec<Round>,
    difference: Difference,
    #[serde(skip)]
    measured: Measured,
}

/// Builds both, and compares them; `tell` hears what is being done.
///
/// # Errors
///
/// [`Error::Input`] where there is no such commit, [`Error::Worker`] where one of the two cannot be built or its bench
/// fails, [`Error::Row`] where a bench takes too long, [`Error::Usage`] where they have no id in common.
pub fn against(
    asked: &Asked,
    program: &Program,
    tell: impl Fn(&str),
) -> Result<Document<Against>, Error> {
    program.handle_signals()?;
    children::watchdog::start();
    children::orphans::adopt();
    let compared = compared(asked, program, tell);
    program.stand_still_if_interrupted();
    Ok(Document::new("benches against", compared?))
}

fn compared(asked: &Asked, program: &Program, tell: impl Fn(&str)) -> Result<Against, Error> {
    let built = Built::new(&asked.commit, &program.cancellation, &tell)?;
    let titles = &built.titles;
    tell(&format!(
        "A is {}, B is {}; a bench of each, to see how long they take",
        titles[0], titles[1]
    ));
    let mut runs = Runs::new(&built, asked, &program.cancellation)?;
    let begin = Instant::now();
    let ids = runs.look()?;
    let once = begin.elapsed() / 2;
    let rounds = rounds(&asked.timing, once, ids);
    tell(&format!(
        "{} of four benches, about {}",
        count(rounds as u64, "round"),
        seconds(once.as_secs_f64() * 4.0 * rounds as f64)
    ));
    let mut rng = Rng::new(asked.seed);
    for _ in 0..rounds {
        runs.round(turns(&mut rng))?;
    }
    let (rows, left_out) = rows(runs);
    let findings = findings::findings(&rows, asked.gate);
    Ok(Against {
        seed: asked.seed,
        machine: Machine::asked(),
        commits: titles.clone(),
        filter: asked.filter.clone(),
        rows,
        left_out,
        findings,
        gate: asked.gate,
    })
}

/// As many as fit, and no fewer than an interval for each of so many ids takes. Fixed before the first of them: who stops
/// when it looks good stops by luck.
fn rounds(timing: &Timing, once: Duration, ids: usize) -> usize {
    let fit = timing.budget.as_secs_f64() / (4.0 * once.as_secs_f64()).max(1e-6);
    let fewest = Interval::fewest(ids);
    timing.rounds.map_or((fit as usize).clamp(fewest, MOST_ROUNDS.max(fewest)), Into::into)
}

fn rows(runs: Runs) -> (Vec<Row>, Vec<String>) {
    let Runs { ids, left_out, .. } = runs;
    let comparisons = ids.len();
    let row = |(measured, rounds): (Measured, Vec<Round>)| {
        let seconds = [typical(&rounds, |round| round.a)?, typical(&rounds, |round| round.b)?];
        let seconds = seconds.map(|time| time.median);
        let difference = difference(&rounds, comparisons)?;
        Some(Row { id: measured.id(), seconds, rounds, difference, measured })
    };
    (ids.into_iter().filter_map(row).collect(), left_out)
}

impl Against {
    /// The exit code: that of the gate, where there is one.
    pub fn exit_code(&self) -> u8 {
        let Some(most) = self.gate else { return 0 };
        let codes = || self.rows.iter().map(|row| row.difference.exit_code(most));
        // A row that is too slow is more than one that cannot be seen.
        codes().find(|code| *code == 1).or_else(|| codes().max()).unwrap_or_default()
    }

    /// The table, and what it says.
    pub fn text(&self) -> String {
        let mut text = format!("{BOLD}What does the working tree change?{BOLD:#}\n\n");
        for (name, commit) in ["A", "B"].iter().zip(&self.commits) {
            text += &format!("{name}: {commit}\n");
        }
        let lines: Vec<Line> = self.rows.iter().map(Row::line).collect();
        text += &tables(HEAD, &lines);
        let rounds = self.rows.first().map_or(0, |row| row.rounds.len());
        let note = format!(
            "medians of {}, in each of which both ran twice; the faster of both counts. Ranges are so wide that luck \
             tells rows apart in one session of twenty at most, not in one row of twenty.",
            count(rounds as u64, "round")
        );
        text += &format!("\n{}", wrapped(&note, 0));
        if !self.left_out.is_empty() {
            text += &wrapped(&format!("Left out: {}.", self.left_out.join(", ")), 0);
        }
        text += &format!("\n{BOLD}What the numbers say{BOLD:#}\n");
        text + &self.findings.iter().map(|finding| wrapped(finding, 2)).collect::<String>()
    }
}

impl Row {
    fn line(&self) -> Line<'_> {
        Line {
            measured: &self.measured,
            times: self.seconds,
            ratio: self.difference.ratio,
            rest: format!(" {}", word(self.difference.answer)),
        }
    }
}

fn word(answer: Answer) -> &'static str {
    match answer {
        Answer::Faster => "faster",
        Answer::Slower => "slower",
        Answer::CannotTell => "cannot tell",
    }
}

/// The folder for what is built and measured here.
fn folder() -> std::path::PathBuf {
    crate::saving::folder().join("against")
}

fn refused(what: &str, path: &Path, cause: &std::io::Error) -> Error {
    Error::Refused {
        what: format!("{what} {}", path.display()),
        cause: cause.to_string(),
        remedy: "make room there, or name other folders with CARGO_TARGET_DIR and TMPDIR",
    }
}
