//! The end of a run: the report, its terminal version, and the exit code.

use std::any::Any;
use std::process::ExitCode;
use std::time::SystemTime;

use benches::baselines;
use benches::history;
use benches::law_readings::law_readings;
use benches::results::{Results, Trouble};
use benches::saving::{self, Saved};
use benches::terminal;
use course::Output;
use measure::{Error, panics};

use crate::plan::Plan;

/// One line on standard error.
pub fn complain(line: &str) {
    output().complain(&format!("bench: {line}"));
}

/// Reports an error that ends the program.
pub fn fail(error: &Error) -> ExitCode {
    complain(&format!("error: {error}"));
    ExitCode::from(error.exit_code())
}

/// Saves the report, and shows what was measured and where the report is.
pub fn finish(plan: &Plan, results: &Results, began: SystemTime) -> ExitCode {
    let failed = results.troubles.iter().any(|trouble| trouble.failed);
    if plan.measures && results.measured.is_empty() && results.troubles.is_empty() {
        complain(
            "nothing was measured: no id has these letters; `cargo bench -- --list` shows all",
        );
    } else if plan.measures
        && let Err(error) = show(results).and(were_saved(plan, results, began))
    {
        return fail(&error);
    } else if !plan.measures {
        results.troubles.iter().for_each(|Trouble { id, reason, .. }| {
            complain(&format!("{id}: {reason}"));
        });
    }
    // A worker failed: the code that the lessons use for it.
    if failed { ExitCode::from(70) } else { ExitCode::SUCCESS }
}

/// Whether criterion has saved the results that it was to save.
fn were_saved(plan: &Plan, results: &Results, began: SystemTime) -> Result<(), Error> {
    let Some(name) = &plan.saves else { return Ok(()) };
    baselines::were_saved(&baselines::folder(), name, results.measured.len(), began)
}

/// A signal ends the program: saves the report of what was measured until then.
pub fn interrupted(results: &Results) {
    let number = results.measured.len();
    match save(results) {
        Ok(saved) => complain(&format!(
            "interrupted after {number} measurements; they are in {}",
            saved.report.display()
        )),
        Err(error) => complain(&format!("interrupted after {number} measurements; {error}")),
    }
}

/// Criterion could not go on: saves what was `measured` until then. Gives the exit code.
pub fn broken(measured: Option<&Results>, payload: &(dyn Any + Send)) -> u8 {
    let saved = measured.filter(|results| !results.measured.is_empty()).map(save);
    let cause = panics::text(payload);
    // A reader that has seen enough, as in `| head`, is no error.
    if cause.contains("Broken pipe") {
        return 0;
    }
    let code = match lost_output(&cause) {
        Some(error) => {
            complain(&format!("error: {error}"));
            error.exit_code()
        }
        None => {
            complain(&format!("error: {cause}"));
            70
        }
    };
    if let Some(Ok(saved)) = saved {
        complain(&format!("what was measured is in {}", saved.report.display()));
    }
    code
}

/// Whether a panic says that standard output could not be written, to which criterion knows no other
/// answer.
pub fn is_output(payload: &(dyn Any + Send)) -> bool {
    lost_output(&panics::text(payload)).is_some()
}

/// What such a panic means, in our words.
fn lost_output(panic: &str) -> Option<Error> {
    let (_, cause) = panic.split_once("failed printing to stdout: ")?;
    Some(Error::Output(std::io::Error::other(cause.to_owned())))
}

fn show(results: &Results) -> Result<(), Error> {
    // Neither of the two is lost where the other cannot be written.
    let width = course::columns();
    let shown = output().result(&terminal::summary(results, width, &law_readings(results)));
    let Saved { report, results: numbers, moved, .. } = save(results)?;
    shown?;
    let note = moved.map(|moved| format!("{moved}\n")).unwrap_or_default();
    let (report, numbers) = (report.display(), numbers.display());
    output().result(&format!("\n{note}The report: {report}\nThe numbers: {numbers}\n"))
}

/// Saves the report in the place of the last one, and keeps the numbers beside those of all others.
fn save(results: &Results) -> Result<Saved, Error> {
    let saved = saving::save_all(results.clone());
    if !results.measured.is_empty()
        && let Err(refused) = history::keep(&history::folder(), results)
    {
        complain(&format!("this bench is not kept for `history`: {refused}"));
    }
    saved
}

fn output() -> Output {
    Output::new(clap::ColorChoice::Auto)
}
