//! `cargo run -p benches`: compares saved benches and draws them again.

mod tasks;

use std::path::Path;
use std::process::ExitCode;
use std::{fs, io};

use benches::against::{self, Asked};
use benches::bundle::{Choice, bundle};
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
use clap::Parser;
use course::gallery::{Entry, Kind};
use course::{Output, Program};

use tasks::{AgainstOptions, BundleOptions, ClassOptions, GalleryTask, Options, Task};

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
