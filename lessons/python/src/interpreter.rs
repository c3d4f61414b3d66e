//! Finding a Python, and asking it what it is.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::Duration;

use measure::Error;
use serde::{Deserialize, Serialize};

use crate::captured::captured;

/// The oldest Python that the rungs are written for.
const OLDEST: (u32, u32) = (3, 10);

/// The newest of which names are looked for.
const NEWEST: u32 = 15;

/// No Python takes longer to say what it is.
const LONGEST: Duration = Duration::from_secs(20);

/// What is asked of a Python. The file that runs may be a script that calls another one.
const QUESTION: &str = "
import json, platform, sys, sysconfig
print(json.dumps({
    'path': sys.executable,
    'version': list(sys.version_info[:3]),
    'implementation': platform.python_implementation(),
    'free_threaded': bool(sysconfig.get_config_var('Py_GIL_DISABLED')),
}))";

/// A Python of this machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interpreter {
    /// Its program.
    pub path: PathBuf,
    /// 3, 11, 2.
    pub version: (u32, u32, u32),
    /// `CPython`.
    pub implementation: String,
    /// Whether it was built without the lock.
    pub free_threaded: bool,
}

impl Interpreter {
    /// What the program at `path` is; why it is of no use, where it is of none.
    pub fn at(path: impl AsRef<OsStr>) -> Result<Self, String> {
        let path = path.as_ref();
        let mut command = Command::new(path);
        command.args(["-I", "-c", QUESTION]);
        let shown = Path::new(path).display();
        let answer = captured(command, LONGEST, |_| {});
        if let Some(trouble) = answer.trouble.filter(|trouble| trouble.contains("does not start")) {
            return Err(trouble);
        }
        let known = serde_json::from_str::<Interpreter>(&answer.output);
        let found = known.map_err(|_| format!("{shown} is no Python 3"))?;
        if (found.version.0, found.version.1) < OLDEST {
            return Err(format!("{shown} is Python {}, too old", found.number()));
        }
        if found.implementation != "CPython" {
            return Err(format!("{shown} is {}, which has no rungs here", found.implementation));
        }
        Ok(found)
    }

    /// `3.11.2`.
    pub fn number(&self) -> String {
        let (major, minor, patch) = self.version;
        format!("{major}.{minor}.{patch}")
    }
}

/// The first Python on the path that serves, with the lock.
///
/// # Errors
///
/// [`Error::Missing`] where there is none.
pub fn found() -> Result<Interpreter, Error> {
    static FOUND: OnceLock<Result<Interpreter, String>> = OnceLock::new();
    let found = FOUND.get_or_init(|| {
        let mut reasons = Vec::new();
        for name in names("") {
            match Interpreter::at(&name) {
                Ok(found) if !found.free_threaded => return Ok(found),
                Ok(_) => reasons.push(format!("{name} is free-threaded")),
                Err(reason) if reason.contains("does not start") => {}
                Err(reason) => reasons.push(reason),
            }
        }
        if reasons.is_empty() {
            reasons.push("none is on the path".to_owned());
        }
        Err(reasons.join(", "))
    });
    found.clone().map_err(|why| Error::Missing {
        what: "Python 3.10 or newer".to_owned(),
        why,
        remedy: "install it (apt-get install python3-dev python3-venv), then run: cargo run -p python -- setup",
    })
}

/// The first free-threaded Python on the path, by the names that such have.
pub fn free_threaded() -> Option<Interpreter> {
    let mut found = names("t").into_iter().filter_map(|name| Interpreter::at(name).ok());
    found.find(|found| found.free_threaded)
}

/// The names of Pythons, newest last; `python3` is the one that its owner wants.
fn names(ending: &str) -> Vec<String> {
    let plain = ["python3", "python"].map(|name| format!("{name}{ending}"));
    let numbered = (OLDEST.1..=NEWEST).rev().map(|minor| format!("python3.{minor}{ending}"));
    plain.into_iter().chain(numbered).collect()
}
