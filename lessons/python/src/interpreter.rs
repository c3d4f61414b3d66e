//! What a Python is, by its own account.

use std::ffi::OsStr;
use std::fmt::{self, Display, Formatter};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::session::Session;

/// The oldest Python that the rungs are written for.
pub(crate) const OLDEST: (u32, u32) = (3, 10);

/// No Python takes longer to answer.
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

/// Why a program is of no use as a Python.
#[derive(Debug)]
pub(crate) enum Unusable {
    /// There is no such program.
    Absent(String),
    /// Any other reason.
    Unfit(String),
}

impl Display for Unusable {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (Unusable::Absent(why) | Unusable::Unfit(why)) = self;
        f.write_str(why)
    }
}

impl Interpreter {
    /// What the program at `path` is; why it is of no use, where it is of none.
    pub(crate) fn at(session: &Session, path: impl AsRef<OsStr>) -> Result<Self, Unusable> {
        let path = path.as_ref();
        let mut command = Command::new(path);
        command.args(["-I", "-c", QUESTION]);
        let shown = Path::new(path).display();
        let answer = session.run(command, LONGEST, |_| {});
        if let (Some(kind), Some(trouble)) = (answer.not_started, answer.trouble) {
            return Err(match kind {
                ErrorKind::NotFound => Unusable::Absent(trouble),
                _ => Unusable::Unfit(trouble),
            });
        }
        let known = serde_json::from_str::<Interpreter>(&answer.output);
        let found = known.map_err(|_| Unusable::Unfit(format!("{shown} is no Python 3")))?;
        if (found.version.0, found.version.1) < OLDEST {
            let why = format!("{shown} is Python {}, too old", found.number());
            return Err(Unusable::Unfit(why));
        }
        if found.implementation != "CPython" {
            let why = format!("{shown} is {}, which has no rungs here", found.implementation);
            return Err(Unusable::Unfit(why));
        }
        Ok(found)
    }

    /// `3.11.2`.
    pub fn number(&self) -> String {
        let (major, minor, patch) = self.version;
        format!("{major}.{minor}.{patch}")
    }
}
