//! The end of a run: the report, its terminal version, and the exit code.

use std::any::Any;
use std::process::ExitCode;

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
pub fn finish(plan: &Plan, results: &Results) -> ExitCode {
    let failed = results.troubles.iter().any(|trouble| trouble.failed);
    if plan.measures && results.measured.is_empty() && results.troubles.is_empty() {
        complain(
            "nothing was measured: no id has these letters; `cargo bench -- --list` shows all",
        );
    } else if plan.measures
        && let Err(error) = show(results)
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
    complain(&format!("error: {cause}"));
    if let Some(Ok(saved)) = saved {
        complain(&format!("what was measured is in {}", saved.report.display()));
    }
    if is_output(payload) { 74 } else { 70 }
}

/// Whether a panic says that standard output could not be written, to which criterion knows no other
/// answer.
pub fn is_output(payload: &(dyn Any + Send)) -> bool {
    panics::text(payload).contains("failed printing to stdout")
}

fn show(results: &Results) -> Result<(), Error> {
    // First what was measured: it is not lost even if nothing can be written to the disk.
    let width = terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0));
    output().result(&terminal::summary(results, width, &law_readings(results)))?;
    let Saved { report, results: numbers, moved, .. } = save(results)?;
    let note = moved.map(|moved| format!("{moved}\n")).unwrap_or_default();
    let (report, numbers) = (report.display(), numbers.display());
    output().result(&format!("\n{note}The report: {report}\nThe numbers: {numbers}\n"))
}

fn save(results: &Results) -> Result<Saved, Error> {
    saving::save_all(results.clone())
}

fn output() -> Output {
    Output::new(clap::ColorChoice::Auto)
}
