//! `cargo run -p python -- setup`: everything that the rungs need, in one folder that can be made again.

mod build;
mod environment;
mod packages;
mod progress;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use clap::Args;
use course::{Program, wrapped};
use measure::Error;
use progress::Progress;

use crate::annotated;
use crate::captured::Captured;
use crate::interpreter::Interpreter;
use crate::place;
use crate::pythons::Pythons;
use crate::record::{Outcome, Record};
use crate::rung::{Built, RUNGS};
use crate::session::Session;

/// Installs and builds what the rungs need, into the folder in which cargo builds
#[derive(Debug, Clone, Args)]
pub(crate) struct Setup {
    /// The Python to use [default: the first one on the path]
    #[arg(long, value_name = "PATH")]
    python: Option<PathBuf>,

    /// A Python without the lock [default: the first one on the path, if any]
    #[arg(long, value_name = "PATH")]
    free_threaded: Option<PathBuf>,

    /// Takes packages from this folder of wheels, and none from elsewhere
    #[arg(long, value_name = "FOLDER")]
    offline: Option<PathBuf>,
}

/// Sets everything up, and gives a summary; what is there already is left as it is.
///
/// # Errors
///
/// Where there is no Python, or no folder to put things into. A rung that can't be built is no error: it
/// is listed as lost.
pub(crate) fn run(asked: &Setup, pythons: &Pythons, program: &Program) -> Result<String, Error> {
    let made = place::made()
        .ok_or_else(|| refused("a folder for it", "this program lies in no target folder"))?;
    fs::create_dir_all(&made)
        .map_err(|cause| refused(&made.display().to_string(), &cause.to_string()))?;
    let _alone = lock(&made)?;
    let offline = asked.offline.as_deref().map(folder_of_wheels).transpose()?;
    let session = &pythons.session;
    let base = named(session, asked.python.as_deref(), "python")?;
    let base = base.map_or_else(|| pythons.found(), Ok)?;
    if base.free_threaded {
        return Err(Error::Usage(format!(
            "invalid value '{}' for --python: it has no lock, which the rungs are about; for example: \
             setup --free-threaded {0}",
            base.path.display()
        )));
    }
    let free_threaded = named(session, asked.free_threaded.as_deref(), "free-threaded")?;
    if let Some(found) = free_threaded.as_ref().filter(|found| !found.free_threaded) {
        return Err(Error::Usage(format!(
            "invalid value '{}' for --free-threaded: it was built with the lock; for example: \
             --free-threaded /usr/bin/python3.14t",
            found.path.display()
        )));
    }
    let progress = Progress::new(program.output);
    progress.note(&format!("Python {} at {}", base.number(), base.path.display()));
    let steps = Steps { made: &made, session, progress: &progress, program };
    let mut record = steps.environment(&base)?;
    record.free_threaded = free_threaded.or_else(|| pythons.free_threaded());
    steps.packages(&mut record, offline.as_deref())?;
    steps.write(&record)?;
    steps.build(&mut record);
    steps.write(&record)?;
    progress.end();
    Ok(summary(&record))
}

/// What all steps of the setup are given.
struct Steps<'s> {
    /// The folder into which everything goes.
    made: &'s Path,
    session: &'s Session,
    progress: &'s Progress,
    program: &'s Program,
}

impl Steps<'_> {
    /// Runs a program to its end. Does not return once this program is interrupted.
    fn run(&self, command: Command, most: Duration, line: impl FnMut(&str)) -> Captured {
        let captured = self.session.run(command, most, line);
        self.program.stand_still_if_interrupted();
        captured
    }

    fn write(&self, record: &Record) -> Result<(), Error> {
        record
            .write(self.made)
            .map_err(|cause| refused("the record of this setup", &cause.to_string()))
    }
}

/// What there is now, and what is lost.
fn summary(record: &Record) -> String {
    let lost: BTreeMap<&str, String> = RUNGS
        .iter()
        .filter(|rung| rung.name != "free-threaded")
        .filter_map(|rung| Some((rung.name, record.python_for(rung).err()?)))
        .collect();
    let all = RUNGS.len() - 1;
    let mut text = format!("{} of {all} rungs are ready.\n", all - lost.len());
    for (name, reason) in &lost {
        text += &wrapped(&format!("{name} is lost: {reason}"), 0);
    }
    if record.free_threaded.is_none() {
        text += "free-threaded has no Python: none without the lock was found or named.\n";
    }
    text + &annotated::mention() + "Next: cargo run -p python\n"
}

/// The Python that an option names.
fn named(
    session: &Session,
    path: Option<&Path>,
    option: &str,
) -> Result<Option<Interpreter>, Error> {
    let Some(path) = path else { return Ok(None) };
    Interpreter::at(session, path).map(Some).map_err(|why| {
        Error::Usage(format!(
            "invalid value '{}' for --{option}: {why}; it has to be CPython 3.10 or newer, for example: \
             --{option} /usr/bin/python3",
            path.display()
        ))
    })
}

fn folder_of_wheels(folder: &Path) -> Result<PathBuf, Error> {
    let wheels = fs::read_dir(folder).and_then(|mut entries| {
        let is_wheel = |entry: io::Result<fs::DirEntry>| {
            entry.is_ok_and(|entry| entry.path().extension().is_some_and(|ending| ending == "whl"))
        };
        if entries.any(is_wheel) {
            Ok(())
        } else {
            Err(io::Error::other("there is no wheel in it"))
        }
    });
    wheels.and_then(|()| std::path::absolute(folder)).map_err(|cause| Error::Input {
        path: folder.to_owned(),
        cause: cause.to_string(),
        remedy: "fill it with: pip download --require-hashes --no-deps -r lessons/python/requirements.txt -d FOLDER",
    })
}

/// Nobody else sets up the same folder meanwhile. The lock ends with this process.
fn lock(made: &Path) -> Result<File, Error> {
    let path = made.join("setup.lock");
    let file = File::create(&path)
        .map_err(|cause| refused(&path.display().to_string(), &cause.to_string()))?;
    file.try_lock().map_err(|_| Error::Refused {
        what: "the folder of the setup".to_owned(),
        cause: "another setup is under way".to_owned(),
        remedy: "wait until it has ended",
    })?;
    Ok(file)
}

pub(crate) fn refused(what: &str, cause: &str) -> Error {
    Error::Refused {
        what: what.to_owned(),
        cause: cause.to_owned(),
        remedy: "run it with cargo run -p python -- setup, in a folder that can be written to",
    }
}

/// Whether a rung has to be built by itself.
fn is_built(built: Built) -> bool {
    matches!(built, Built::With(_))
}

/// An outcome that is a loss.
fn lost(reason: String) -> Outcome {
    Outcome { lost: Some(reason), seconds: 0.0, made_from: 0 }
}
