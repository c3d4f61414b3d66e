use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

use measure::Error;

use super::{Steps, refused};
use crate::interpreter::Interpreter;
use crate::place;
use crate::record::{Record, environment};

/// Nobody waits longer for an empty environment.
const MOST: Duration = Duration::from_secs(300);

impl Steps<'_> {
    /// The virtual environment of the lesson: the one that is there, if it was made from the same Python
    /// and the same requirements, or a new one. Gives the record to fill in.
    pub(super) fn environment(&self, base: &Interpreter) -> Result<Record, Error> {
        let requirements = super::packages::requirements()?;
        let made_from = environment(base, &requirements);
        let folder = self.made.join("venv");
        let python = place::python_of(&folder);
        if let Some(record) = Record::read(self.made).filter(|record| record.made_from == made_from)
            && Interpreter::at(self.session, &record.python)
                .is_ok_and(|found| found.version == base.version)
        {
            return Ok(record);
        }
        self.progress.begin("virtual environment");
        for old in [&folder, &place::built(self.made)] {
            match fs::remove_dir_all(old) {
                Err(cause) if old.exists() => {
                    return Err(refused(&old.display().to_string(), &cause.to_string()));
                }
                _ => {}
            }
        }
        let mut command = self.session.owners_command(&base.path, ["-m", "venv"]);
        command.arg(&folder);
        let ended = self.run(command, MOST, |_| {});
        let printed =
            format!("{} {}", ended.output, ended.last_line.as_deref().unwrap_or_default());
        if let Some(trouble) = ended.trouble {
            self.progress.end();
            let lacks = printed.contains("ensurepip") || printed.contains("No module named venv");
            let why = if lacks {
                format!("{} has no module venv, or no pip for it", base.path.display())
            } else {
                format!("{trouble}: {}", printed.trim())
            };
            return Err(Error::Missing {
                what: "a virtual environment".to_owned(),
                why,
                remedy: "install it (apt-get install python3-venv), or name another Python with --python",
            });
        }
        self.progress.done();
        Ok(Record {
            base: base.clone(),
            python,
            made_from,
            packages: BTreeMap::new(),
            rungs: BTreeMap::new(),
            free_threaded: None,
        })
    }
}
