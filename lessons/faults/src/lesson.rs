use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use course::{Output, program, signals};
use indicatif::ProgressBar;
use kernels::{Known, Primes};
use measure::Error;

use crate::case::{Case, Version, What};
use crate::observer::{End, observe};
use crate::options::{Chosen, Options};
use crate::report::{Document, Row};
use crate::silent::Silent;
use crate::{Fault, Place, orphans, report};

pub(crate) const QUESTION: &str = "what does a sum do when a worker fails?";

/// How much longer than its own time limit a careful version may take to say so. One that is stopped as
/// a whole says nothing.
fn to_say_so(what: What) -> Duration {
    match what {
        What::Fault(Fault::Stop, Place::Threads | Place::WorkStealing) => Duration::ZERO,
        _ => Duration::from_secs(2),
    }
}

/// Runs the lesson: reads the options, lets everything go wrong, tells what was seen. Gives the exit code:
/// 0 where the strategies of this workspace did what they promise, whatever the naive ones did.
pub fn main() -> ExitCode {
    program::begin();
    let options = match Options::try_parse() {
        Ok(options) => options,
        Err(refused) => return program::refuse("faults", &refused),
    };
    let output = Output::new(options.color);
    program::run("faults", output, || run(&options, output))
}

fn run(options: &Options, output: Output) -> Result<u8, Error> {
    if options.list {
        output.result(&report::list())?;
        return Ok(0);
    }
    Primes::check_terms(options.terms)?;
    signals::handle()?;
    orphans::adopt();
    let document = observed(options)?;
    output.result(&if options.json {
        document.json()
    } else {
        report::table(&document, options)
    })?;
    let refused = document.runs.iter().filter(|row| row.refused()).inspect(|row| {
        let said = row.careful.said.as_deref().unwrap_or_default();
        output.complain(&format!("faults: error: {}: {said}", row.name()));
    });
    let refused = refused.count();
    let broken = document.runs.iter().filter(|row| !row.kept()).inspect(|row| {
        output.complain(&format!("faults: error: {} broke its promise", row.name()));
    });
    Ok(match (broken.count(), refused) {
        (0, 0) => 0,
        (0, _) => 71,
        _ => 1,
    })
}

/// Lets everything go wrong that was asked for, one after the other.
fn observed(options: &Options) -> Result<Document, Error> {
    let faults = Fault::ALL.into_iter().filter(|fault| options.wants(Chosen::Fault(*fault)));
    let faults = faults.flat_map(|fault| fault.places().iter().map(move |place| (fault, *place)));
    let silent = Silent::ALL.into_iter().filter(|silent| options.wants(Chosen::Silent(*silent)));
    let faults = faults.map(|(fault, place)| What::Fault(fault, place));
    let all: Vec<What> = faults.chain(silent.map(What::Silent)).collect();
    let bar = if options.json { ProgressBar::hidden() } else { ProgressBar::new(all.len() as u64) };
    let mut rows = Vec::new();
    for what in all {
        let case = |version| Case {
            version,
            what,
            terms: options.terms,
            workers: options.workers.main().get(),
            seconds: options.timeout.as_secs_f64(),
            retries: options.retries,
        };
        rows.push(Row {
            what,
            naive: observe(&case(Version::Naive), options.timeout)?,
            careful: observe(&case(Version::Careful), options.timeout + to_say_so(what))?,
        });
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(Document::new(options, rows))
}

impl Row {
    /// Whether the system refused what the careful version needed.
    fn refused(&self) -> bool {
        self.careful.exit_code == Some(71)
    }

    /// Whether the careful version did what this workspace promises: the right sum or a clear error.
    /// Threads share the end of their process; that is no broken promise, it is the lesson.
    pub(crate) fn kept(&self) -> bool {
        if self.refused() {
            return true;
        }
        let nothing_left = self.careful.left_behind.is_none_or(|left| left == 0);
        nothing_left
            && match (self.what, self.careful.end) {
                (What::Silent(_) | What::Fault(Fault::None, _), end) => end == End::Right,
                (_, End::Right | End::Error) => true,
                (_, End::WrongSum) => false,
                (What::Fault(fault, place), End::Died | End::Hung) => {
                    let whole_process = [Fault::Exit, Fault::Abort, Fault::Stop];
                    place != Place::Processes && whole_process.contains(&fault)
                }
            }
    }

    /// How the row is called in messages.
    pub(crate) fn name(&self) -> String {
        match self.what {
            What::Fault(fault, place) => format!("{} in {}", fault.as_str(), place.as_str()),
            What::Silent(silent) => format!("{}, fixed,", silent.as_str()),
        }
    }
}
