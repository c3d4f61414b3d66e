//! What a Python is, by its own account.

use std::ffi::OsStr;
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

impl Interpreter {
    /// What the program at `path` is; why it is of no use, where it is of none.
    pub(crate) fn at(session: &Session, path: impl AsRef<OsStr>) -> Result<Self, String> {
        let path = path.as_ref();
        let mut command = Command::new(path);
        command.args(["-I", "-c", QUESTION]);
        let shown = Path::new(path).display();
        let answer = session.run(command, LONGEST, |_| {});
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
