use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::{fs, thread};

use ::measure::{Error, cleanup};
use clap::Parser;
use course::{Output, Saved, program, signals};

use crate::folder::Folder;
use crate::input::{self, Input};
use crate::measure::{self, Measured, Results};
use crate::options::Options;
use crate::report::Document;
use crate::{Job, guess, place, report};

pub(crate) const QUESTION: &str = "where does a program spend its time?";

/// More would be a file larger than one that is read.
const MOST_RECORDS: u64 = 5_000_000;

/// Runs the lesson: makes or takes the file, profiles, measures, reports. Gives the exit code.
pub fn main() -> ExitCode {
    program::begin();
    let options = match Options::try_parse() {
        Ok(options) => options,
        Err(refused) => return program::refuse("hotspots", &refused),
    };
    let output = Output::new(options.color);
    program::run("hotspots", output, || run(&options, output))
}

fn run(options: &Options, output: Output) -> Result<u8, Error> {
    if options.list {
        output.result(&report::list())?;
        return Ok(0);
    }
    if options.terms > MOST_RECORDS {
        return Err(Error::Usage(format!(
            "invalid value '{}' for --terms: the lesson makes {MOST_RECORDS} records at most; for \
             example: -n 10k",
            options.terms
        )));
    }
    signals::handle()?;
    if let Some(path) = &options.make {
        input::keep(options, path)?;
        output.result(&report::kept(options, path))?;
        return Ok(0);
    }
    let picture = options.flamegraph.as_deref();
    let asked =
        picture.map(|path| Saved::create("flamegraph", "--flamegraph", path)).transpose()?;
    let folder = Folder::create()?;
    let input = Input::prepared(options, &folder)?;
    let guess = if options.predict { guess::ask(output) } else { None };
    start_workers(options)?;
    let job = Job {
        input: input.path.clone(),
        output: folder.path("result.txt"),
        lenient: options.lenient,
    };
    let (results, stuck) = measure::measured(options, &input, job)?;
    if cleanup::interrupted() {
        // The signal is about to end this program; what it says now would only be an echo.
        loop {
            thread::park();
        }
    }
    // Before the table, which names the file; but if it fails, the table is still worth having.
    let (flamegraph, drawn) = match draw(options, asked.as_ref(), &results) {
        Ok(path) => (path, Ok(())),
        Err(error) => (None, Err(error)),
    };
    let document = Document::new(options, &input, &results, flamegraph.as_deref())?;
    output.result(&if options.json {
        document.json()
    } else {
        report::table(&document, &results, &input, guess.as_ref())
    })?;
    let mut complaints: Vec<String> = results.rows.iter().filter_map(complaint).collect();
    complaints.extend(stuck.iter().map(ToString::to_string));
    complaints.dedup();
    for line in complaints {
        output.complain(&format!("hotspots: error: {line}"));
    }
    drawn?;
    let codes = results.rows.iter().map(|measured| measured.exit_code);
    Ok(Error::worst(codes.chain(stuck.as_ref().map(Error::exit_code))))
}

/// The workers of rayon: as many as were asked for, whatever the environment says.
fn start_workers(options: &Options) -> Result<(), Error> {
    let workers = options.workers.main().get();
    let started = rayon::ThreadPoolBuilder::new().num_threads(workers).build_global();
    started.map_err(|cause| Error::Refused {
        what: format!("a pool of {workers} threads"),
        cause: cause.to_string(),
        remedy: "ask for fewer workers with -w, or raise the limit (ulimit -u)",
    })
}

/// Writes the flamegraph, and says where: to the file that was asked for, or else to the usual place,
/// where that can be written. `None` where there is no picture.
fn draw(
    options: &Options,
    asked: Option<&Saved>,
    results: &Results,
) -> Result<Option<PathBuf>, Error> {
    let profile = results.profiles.first().and_then(|profile| profile.sampled.as_ref().ok());
    let Some(svg) = profile.and_then(|sampled| sampled.flamegraph.as_ref()) else {
        return Ok(None);
    };
    if let Some(saved) = asked {
        saved.write(|output| output.write_all(svg))?;
        return Ok(Some(saved.path().to_owned()));
    }
    let path = place::of_the_flamegraph();
    let written = !options.json && fs::write(&path, svg).is_ok();
    Ok(written.then_some(path))
}

/// What there is to say of a row on standard error. A note that names its row already is not given the
/// name twice.
fn complaint(measured: &Measured) -> Option<String> {
    let (name, note) = (measured.row.name, measured.note.as_ref()?);
    Some(if note.starts_with(name) { note.clone() } else { format!("{name}: {note}") })
}
