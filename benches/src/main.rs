//! `cargo run -p benches`: compares saved benches and draws them again.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, io};

use benches::against::{self, Asked};
use benches::bundle::{Choice, Lessons, TargetSystem, bundle};
use benches::chart::charts_beside;
use benches::class::{self, Class};
use benches::compare::{self, compare};
use benches::gallery;
use benches::history;
use benches::ladder;
use benches::recorded::{Recording, Refused, chapters, filled, record, unmarked};
use benches::results::{Ladder, Results, Unreadable};
use benches::saving;
use benches::{results_of_nothing, terminal};
use clap::{Args, Parser, Subcommand};
use course::gallery::{Entry, Kind};
use course::options::Timing;
use course::options::values::{FROM_THE_CLOCK, percentage, seed};
use course::{Output, Program};

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
    /// What a commit changed: its bench and that of the working tree, in turn
    ///
    /// Builds both, and runs them A B B A or B A A B until the budget is spent. The first answer is what cannot be told
    /// apart here; then each row is faster, slower, or cannot be told.
    #[command(
        mut_arg("rounds", |rounds| rounds.help("Rounds of four benches [default: as many as the budget has time for]")),
        mut_arg("budget", |budget| budget.default_value("300")),
        mut_arg("timeout", |timeout| timeout.default_value("600").help("The longest that one bench may take")),
    )]
    Against(AgainstOptions),
    /// All benches of one id that were run here, the oldest first
    History {
        /// The id, as `cargo bench -- --list` shows it: scaling/pi/scoped/2
        id: String,
        /// Where the benches are kept [default: target/sum-of-parts/history]
        #[arg(long, value_name = "FOLDER")]
        from: Option<PathBuf>,
    },
    /// The ladder: the same sum from an interpreter to ranks, for the report
    ///
    /// Builds and runs the program of one lesson after the other, for a minute or two.
    Ladder {
        /// Only the rungs of these lessons [default: all]
        #[arg(value_parser = ladder::lessons(), hide_possible_values = true)]
        lessons: Vec<String>,
        /// Fail where a rung could not be measured
        #[arg(long)]
        every: bool,
    },
    /// The recorded run of the course: all runs of the chapters, the bench and the ladder, recorded anew
    ///
    /// A quarter of an hour, on a machine that does nothing else. Nothing is recorded where a run explains nothing.
    Record {
        /// Only these runs; `bench` is one of them [default: everything]
        runs: Vec<String>,
        /// How often a run may be tried until the machine is quiet
        #[arg(long, value_name = "N", default_value = "5", value_parser = clap::value_parser!(u32).range(1..))]
        tries: u32,
        /// Measure nothing: write the figures of the recorded runs into the chapters
        #[arg(long, conflicts_with = "runs")]
        fill: bool,
    },
    /// The course in one file, for a room with a bad network: sources, crates and the book
    ///
    /// Needs the network itself, for the crates that cargo has not fetched yet. What is unpacked builds offline; Rust
    /// itself is not in it.
    Bundle(BundleOptions),
    /// Recorded runs of other machines, and which kinds are still missing
    Gallery {
        #[command(subcommand)]
        task: GalleryTask,
        /// Where they are [default: lessons/machines]
        #[arg(long, value_name = "FOLDER", global = true)]
        from: Option<PathBuf>,
    },
    /// What a class handed in: one page and one table of all files in a folder
    ///
    /// Reads the files that learners made with --hand-in, 500 at most, says who is right, parallel and fast, and names
    /// those that are damaged, doubled or not to be believed. Changes nothing in the folder, and runs nothing of it
    /// unless --recheck asks for it.
    Class(ClassOptions),
    /// The report and the charts of a bench, drawn again
    Draw {
        /// The results.json of the bench
        results: PathBuf,
        /// Another machine, in grey behind the speedups: a kind of the gallery
        #[arg(long, value_name = "KIND")]
        beside: Option<Kind>,
        /// Where to [default: target/sum-of-parts/drawn]
        #[arg(long, value_name = "FOLDER")]
        into: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
enum GalleryTask {
    /// What is there, and what is missing
    List,
    /// Adds a whole bench, once it has passed the rules
    Add {
        /// The results.json of the bench
        results: PathBuf,
        /// What the machine stands for [default: the only kind that it can stand for]
        #[arg(long)]
        kind: Option<Kind>,
        /// In the place of the one that is there
        #[arg(long)]
        replace: bool,
    },
}

#[derive(Debug, Args)]
struct AgainstOptions {
    /// The commit that the working tree is held against: HEAD is what you changed since the last one
    commit: String,
    /// Only the ids that this regular expression finds
    #[arg(default_value = against::FILTER)]
    filter: String,
    /// End with 1 if a row takes so much longer now, and with 75 if that cannot be told here: 5%
    #[arg(long, value_name = "SHARE", value_parser = percentage)]
    gate: Option<f64>,
    /// One JSON document on standard output, and nothing else there
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    timing: Timing,
    /// What the order within the rounds is drawn from; the JSON has it
    #[arg(long, value_name = "N", default_value = FROM_THE_CLOCK, value_parser = seed, help_heading = "More")]
    seed: u64,
}

#[derive(Debug, Args)]
struct BundleOptions {
    /// Where the archive goes, and the folder that is in it
    folder: PathBuf,
    /// Whose crates: core, all, or names; practice is always in it
    #[arg(long, value_name = "NAMES", default_value = "core")]
    lessons: Lessons,
    /// Where learners build it
    #[arg(
        long,
        value_name = "NAMES",
        value_delimiter = ',',
        default_value = "linux,macos,windows"
    )]
    systems: Vec<TargetSystem>,
    /// The most that the archive may have, in millions of bytes
    #[arg(long, value_name = "N", default_value = "100", value_parser = clap::value_parser!(u64).range(1..=10_000))]
    most_mb: u64,
}

#[derive(Debug, Args)]
struct ClassOptions {
    /// The folder with the files
    folder: PathBuf,
    /// Where page and table go [default: target/sum-of-parts/class]
    #[arg(long, value_name = "FOLDER")]
    output: Option<PathBuf>,
    /// Run so many of them again here, drawn at random: this runs the learners' code with your rights
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=500))]
    recheck: Option<u16>,
    /// What the sample is drawn from
    #[arg(long, value_name = "N", default_value = FROM_THE_CLOCK, value_parser = seed)]
    seed: u64,
}

/// Everything that can end this program badly.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    #[error(transparent)]
    Incomparable(#[from] compare::Error),
    #[error(transparent)]
    Unknown(#[from] history::Unknown),
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error("not measured: {0}")]
    Missing(String),
    #[error(transparent)]
    NotAdded(#[from] gallery::Refused),
    #[error(transparent)]
    Other(#[from] measure::Error),
}

impl Failure {
    fn exit_code(&self) -> u8 {
        match self {
            // The data are refused.
            Failure::Unreadable(_)
            | Failure::Incomparable(_)
            | Failure::NotAdded(_)
            | Failure::Unknown(_) => 65,
            Failure::Missing(_) | Failure::Refused(_) => 70,
            Failure::Other(error) => error.exit_code(),
        }
    }
}

fn main() -> ExitCode {
    // The watchdog of `against` is this program again.
    if children::watchdog::part_if_asked() {
        return ExitCode::SUCCESS;
    }
    // And so is what keeps a learner's program small.
    if let Some(ended) = class::recheck::run_if_asked() {
        return ended;
    }
    let options = match Options::try_parse() {
        Ok(options) => options,
        Err(refused) => {
            return Program::new("benches", clap::ColorChoice::Auto).refuse(&refused);
        }
    };
    let output = Output::new(options.color);
    let done = match &options.task {
        Task::Against(asked) => return ExitCode::from(held_against(asked, options.color, output)),
        Task::Class(asked) => return ExitCode::from(handed_in(asked, options.color, output)),
        Task::Compare { old, new } => compared(old, new),
        Task::Bundle(asked) => bundled(output, asked, options.color),
        Task::History { id, from } => told(output, id, from.as_deref()),
        Task::Ladder { lessons, every } => climbed(output, lessons, *every),
        Task::Record { runs, tries, fill } => recorded(output, runs, *tries, *fill),
        Task::Gallery { task, from } => exhibited(task, from.as_deref()),
        Task::Draw { results, beside, into } => drawn(results, *beside, into.as_deref()),
    };
    let done = done.and_then(|text| Ok(output.result(&text)?));
    done.map_or_else(|failure| ExitCode::from(fail(output, &failure)), |()| ExitCode::SUCCESS)
}

fn compared(old: &Path, new: &Path) -> Result<String, Failure> {
    Ok(compare(&Results::load(old)?, &Results::load(new)?)?)
}

fn bundled(
    output: Output,
    options: &BundleOptions,
    color: clap::ColorChoice,
) -> Result<String, Failure> {
    let BundleOptions { folder, lessons, systems, most_mb } = options;
    let (lessons, systems) = (lessons.clone(), systems.clone());
    let choice = Choice { lessons, systems, most_bytes: most_mb * 1_000_000 };
    let program = Program::new("benches", color);
    Ok(bundle(folder, &choice, &program, |line| output.complain(line))?.text())
}

fn exhibited(task: &GalleryTask, from: Option<&Path>) -> Result<String, Failure> {
    let folder = from.map_or_else(gallery::folder, Path::to_owned);
    match task {
        GalleryTask::List => Ok(gallery::list(&folder)?),
        GalleryTask::Add { results, kind, replace } => {
            let entry = gallery::entry(&Results::load(results)?, *kind)?;
            let path = gallery::add(&folder, &entry, *replace)?;
            Ok(format!("{}: {}\n", path.display(), entry.title()))
        }
    }
}

/// Gives the exit code.
fn held_against(options: &AgainstOptions, color: clap::ColorChoice, output: Output) -> u8 {
    let AgainstOptions { commit, filter, gate, timing, seed, .. } = options;
    let asked = Asked {
        commit: commit.clone(),
        filter: filter.clone(),
        timing: timing.clone(),
        seed: *seed,
        gate: *gate,
    };
    let program = Program::new("benches", color);
    let done = against::against(&asked, &program, |line| output.complain(line));
    let shown = done.and_then(|document| {
        output.result(&if options.json { document.to_json() } else { document.text() })?;
        Ok(document.exit_code())
    });
    shown.unwrap_or_else(|error| fail(output, &error.into()))
}

/// Gives the exit code: 65 where no file counts.
fn handed_in(options: &ClassOptions, color: clap::ColorChoice, output: Output) -> u8 {
    let made = || -> Result<u8, Failure> {
        let folder = &options.folder;
        let place = class::Saved::place(folder, options.output.as_deref())?;
        let mut class = Class::read(folder)?;
        if let Some(number) = options.recheck {
            let (program, sample) = (Program::new("benches", color), (number.into(), options.seed));
            let tell = |line: &str| output.complain(line);
            class::recheck::recheck(&mut class, sample, &program, tell)?;
        }
        let saved = class::Saved::write(&class, &place)?;
        let (page, table) = (saved.page.display(), saved.table.display());
        let mut text = class.text();
        if options.recheck.is_some() {
            text += &format!("The sample is that of --seed {}.\n", options.seed);
        }
        output.result(&format!("{text}\nThe page:  {page}\nThe table: {table}\n"))?;
        Ok(if class.entries.is_empty() { 65 } else { 0 })
    };
    made().unwrap_or_else(|failure| fail(output, &failure))
}

fn told(output: Output, id: &str, from: Option<&Path>) -> Result<String, Failure> {
    let folder = from.map_or_else(history::folder, Path::to_owned);
    let (kept, unreadable) = history::kept(&folder);
    unreadable.iter().for_each(|why| output.complain(&format!("benches: left out: {why}")));
    let told = history::told(id, &kept)?;
    let mut text = told.text;
    for (name, chart) in told.charts {
        let path = saving::save_drawing(&folder, &name, &chart)?;
        text += &format!("\nThe chart: {}\n", path.display());
    }
    Ok(text)
}

fn climbed(output: Output, wanted: &[String], every: bool) -> Result<String, Failure> {
    let wanted: Vec<&str> = match wanted {
        [] => ladder::lessons(),
        [..] => wanted.iter().map(String::as_str).collect(),
    };
    // Refused before anything is measured, rather than after.
    last_bench()?;
    let ladder = Ladder::measured(&wanted, |lesson| output.complain(&format!("{lesson} ...")));
    if every || ladder.steps.is_empty() {
        ladder.missing_in_words().map_or(Ok(()), |missing| Err(Failure::Missing(missing)))?;
    }
    let nothing = results_of_nothing(&[])?;
    let only = Results { complete: true, ladder: Some(ladder), ..nothing };
    let text = terminal::summary(&only, 80, &[]);
    let whole = match last_bench()? {
        Some(bench) => Results { ladder: only.ladder, ..bench },
        None => only,
    };
    let saved = saving::save_all(whole)?;
    Ok(format!("{text}\nThe report: {}\n", saved.report.display()))
}

/// The results of the last bench, to which a ladder is added. `None` only where there are none: a file
/// that cannot be read is not overwritten.
fn last_bench() -> Result<Option<Results>, Unreadable> {
    match Results::load(&saving::folder().join(saving::NUMBERS)) {
        Err(Unreadable::File { cause, .. }) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
        loaded => loaded.map(Some),
    }
}

fn drawn(results: &Path, beside: Option<Kind>, into: Option<&Path>) -> Result<String, Failure> {
    let results = Results::load(results)?;
    let machine = beside.map(|kind| Entry::of_kind(&gallery::folder(), kind)).transpose()?;
    let folder = into.map_or_else(|| saving::folder().join("drawn"), Path::to_owned);
    let saved =
        saving::save_into(&folder, &results, &charts_beside(&results, machine.as_ref()), &[])?;
    Ok(format!("report: {}\ncharts: {}\n", saved.report.display(), saved.charts.len()))
}

fn recorded(output: Output, runs: &[String], tries: u32, fill: bool) -> Result<String, Failure> {
    if !fill {
        record(runs, tries, |line| output.complain(line))?;
    }
    let recording = Recording::load(&Recording::folder()).map_err(Refused)?;
    let (mut text, mut faults) = (String::new(), Vec::new());
    for chapter in chapters().map_err(Refused)? {
        let (new, found) = filled(&chapter, &recording);
        faults.extend(found);
        let place = |line: String| format!("{}:{line} is of no run", chapter.path.display());
        faults.extend(unmarked(&chapter.text).into_iter().map(place));
        if new != chapter.text {
            fs::write(&chapter.path, new).map_err(measure::Error::Output)?;
            text += &format!("{}\n", chapter.path.display());
        }
    }
    if faults.is_empty() { Ok(text) } else { Err(Failure::Missing(faults.join("; "))) }
}

/// One line that says what is wrong; gives the exit code.
fn fail(output: Output, failure: &Failure) -> u8 {
    // A name out of a damaged file may hold line ends.
    let line = failure.to_string().replace(char::is_control, " ");
    output.complain(&format!("benches: error: {line}"));
    failure.exit_code()
}
