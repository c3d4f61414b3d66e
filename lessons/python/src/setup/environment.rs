use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use measure::Error;

use super::progress::Progress;
use super::refused;
use crate::captured::captured;
use crate::child::command;
use crate::interpreter::Interpreter;
use crate::place;
use crate::record::{Record, environment};

/// Nobody waits longer for an empty environment.
const MOST: Duration = Duration::from_secs(300);

/// The virtual environment of the lesson: the one that is there, if it was made from the same Python and
/// the same requirements, or a new one. Gives the record to fill in.
pub(super) fn make(made: &Path, base: &Interpreter, progress: &Progress) -> Result<Record, Error> {
    let requirements = super::packages::requirements()?;
    let made_from = environment(base, &requirements);
    let folder = made.join("venv");
    let python = place::python_of(&folder);
    if let Some(record) = Record::read(made).filter(|record| record.made_from == made_from)
        && Interpreter::at(&record.python).is_ok_and(|found| found.version == base.version)
    {
        return Ok(record);
    }
    progress.begin("virtual environment");
    for old in [&folder, &place::built(made)] {
        match fs::remove_dir_all(old) {
            Err(cause) if old.exists() => {
                return Err(refused(&old.display().to_string(), &cause.to_string()));
            }
            _ => {}
        }
    }
    let mut command = command(&base.path, ["-m", "venv"]);
    command.arg(&folder).envs(std::env::vars_os());
    let ended = captured(command, MOST, |_| {});
    let said = format!("{} {}", ended.output, ended.last_line.as_deref().unwrap_or_default());
    if let Some(trouble) = ended.trouble {
        progress.end();
        let lacks = said.contains("ensurepip") || said.contains("No module named venv");
        let why = if lacks {
            format!("{} has no module venv, or no pip for it", base.path.display())
        } else {
            format!("{trouble}: {}", said.trim())
        };
        return Err(Error::Missing {
            what: "a virtual environment".to_owned(),
            why,
            remedy: "install it (apt-get install python3-venv), or name another Python with --python",
        });
    }
    progress.done();
    Ok(Record {
        base: base.clone(),
        python,
        made_from,
        packages: BTreeMap::new(),
        rungs: BTreeMap::new(),
        free_threaded: None,
    })
}
