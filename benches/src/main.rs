//! `cargo run -p benches`: compares saved benches and draws them again.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use benches::chart::charts;
use benches::compare::{self, compare};
use benches::results::{Results, Unreadable};
use benches::saving;
use clap::{Parser, Subcommand};
use shared::report::Output;

/// Compares saved benches, and draws them again.
#[derive(Debug, Parser)]
#[command(
    name = "benches",
    version,
    max_term_width = 80,
    after_help = "To measure, run `cargo bench`."
)]
struct Options {
    #[command(subcommand)]
    task: Task,

    /// When to use colours: auto, always or never
    #[arg(
        long,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true,
        global = true
    )]
    color: clap::ColorChoice,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// What changed from one bench to another
    Compare {
        /// The results.json of the first bench
        old: PathBuf,
        /// The results.json of the second bench
        new: PathBuf,
    },
    /// The report and the charts of a bench, drawn again
    Draw {
        /// The results.json of the bench
        results: PathBuf,
        /// Where to [default: target/sum-of-parts/drawn]
        #[arg(long, value_name = "FOLDER")]
        into: Option<PathBuf>,
    },
}

/// Everything that can end this program badly.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    #[error(transparent)]
    Incomparable(#[from] compare::Error),
    #[error(transparent)]
    Other(#[from] shared::Error),
}

impl Failure {
    fn exit_code(&self) -> u8 {
        match self {
            // The data are refused.
            Failure::Unreadable(_) | Failure::Incomparable(_) => 65,
            Failure::Other(error) => error.exit_code(),
        }
    }
}

fn main() -> ExitCode {
    let options = match Options::try_parse() {
        Ok(options) => options,
        Err(refused) => return ExitCode::from(explained(&refused)),
    };
    let output = Output::new(options.color);
    let done = match &options.task {
        Task::Compare { old, new } => compared(old, new),
        Task::Draw { results, into } => drawn(results, into.as_deref()),
    };
    let done = done.and_then(|text| Ok(output.result(&text)?));
    done.map_or_else(|failure| ExitCode::from(fail(output, &failure)), |()| ExitCode::SUCCESS)
}

fn compared(old: &Path, new: &Path) -> Result<String, Failure> {
    Ok(compare(&Results::load(old)?, &Results::load(new)?)?)
}

fn drawn(results: &Path, into: Option<&Path>) -> Result<String, Failure> {
    let results = Results::load(results)?;
    let folder = into.map_or_else(|| saving::folder().join("drawn"), Path::to_owned);
    let saved = saving::save_into(&folder, &results, &charts(&results), &[])?;
    Ok(format!("report: {}\ncharts: {}\n", saved.report.display(), saved.charts.len()))
}

/// Help goes to standard output, and bad usage to standard error; gives the exit code.
fn explained(refused: &clap::Error) -> u8 {
    let output = Output::new(clap::ColorChoice::Auto);
    let text = refused.render().ansi().to_string();
    if refused.use_stderr() {
        output.complain(text.trim_end());
        return 2;
    }
    output.result(&text).map_or_else(|error| fail(output, &error.into()), |()| 0)
}

/// One line that says what is wrong; gives the exit code.
fn fail(output: Output, failure: &Failure) -> u8 {
    // A name out of a damaged file may hold line ends.
    let line = failure.to_string().replace(char::is_control, " ");
    output.complain(&format!("benches: error: {line}"));
    failure.exit_code()
}
