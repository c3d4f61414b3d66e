//! Which Python runs a rung here.

use std::path::PathBuf;

use measure::Error;

use crate::interpreter::{Interpreter, OLDEST, Unusable};
use crate::place;
use crate::pythons::Pythons;
use crate::record::Record;
use crate::rung::{Built, Rung};

/// The newest of which names are looked for.
const NEWEST: u32 = 15;

const SET_UP: &str = "run: cargo run -p python -- setup";

impl Pythons {
    /// The Python that runs a rung here.
    ///
    /// # Errors
    ///
    /// [`Error::Missing`] where there is none, or where the rung was not set up.
    pub fn python_for(&self, rung: &Rung) -> Result<PathBuf, Error> {
        let record = place::made().and_then(|made| Record::read(&made));
        if rung.name == "free-threaded" {
            let found = record.and_then(|record| record.free_threaded);
            let found = found.or_else(|| self.free_threaded());
            return found.map(|found| found.path).ok_or_else(|| Error::Missing {
                what: "a Python without the lock".to_owned(),
                why: "none is on the path (python3.13t, python3.14t)".to_owned(),
                remedy: "name one: cargo run -p python -- setup --free-threaded PATH",
            });
        }
        if let Some(record) = record {
            return record.python_for(rung).map_err(|why| Error::Missing {
                what: rung.name.to_owned(),
                why,
                remedy: SET_UP,
            });
        }
        let found = self.found()?;
        if rung.needs.is_empty() && rung.built == Built::Nothing {
            return Ok(found.path);
        }
        Err(Error::Missing {
            what: "what the lesson installs".to_owned(),
            why: "nothing is set up yet".to_owned(),
            remedy: SET_UP,
        })
    }

    /// The first Python on the path that serves, with the lock. It is looked for once.
    ///
    /// # Errors
    ///
    /// [`Error::Missing`] where there is none.
    pub fn found(&self) -> Result<Interpreter, Error> {
        self.found.get_or_init(|| self.search()).clone().map_err(|why| Error::Missing {
            what: "Python 3.10 or newer".to_owned(),
            why,
            remedy: "install it (apt-get install python3-dev python3-venv), then run: cargo run -p python \
                     -- setup",
        })
    }

    fn search(&self) -> Result<Interpreter, String> {
        let mut reasons = Vec::new();
        for name in names("") {
            match Interpreter::at(&self.session, &name) {
                Ok(found) if !found.free_threaded => return Ok(found),
                Ok(_) => reasons.push(format!("{name} is free-threaded")),
                Err(Unusable::Absent(_)) => {}
                Err(reason) => reasons.push(reason.to_string()),
            }
        }
        if reasons.is_empty() {
            reasons.push("none is on the path".to_owned());
        }
        Err(reasons.join(", "))
    }

    /// The first free-threaded Python on the path, by the names that such have.
    pub(crate) fn free_threaded(&self) -> Option<Interpreter> {
        let mut found =
            names("t").into_iter().filter_map(|name| Interpreter::at(&self.session, name).ok());
        found.find(|found| found.free_threaded)
    }
}

/// The names of Pythons, newest last; `python3` is the one that its owner wants.
fn names(ending: &str) -> Vec<String> {
    let plain = ["python3", "python"].map(|name| format!("{name}{ending}"));
    let numbered = (OLDEST.1..=NEWEST).rev().map(|minor| format!("python3.{minor}{ending}"));
    plain.into_iter().chain(numbered).collect()
}
