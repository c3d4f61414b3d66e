//! The command lines of Python.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::session::Session;

/// What a child sees of the environment: where programs and libraries are. What libraries of Python
/// read beside that could change what is measured.
const KEPT: [&str; 3] = ["PATH", "HOME", "SYSTEMROOT"];

/// Where the system looks for libraries. Cargo adds the folders in which it builds, which have libraries of
/// the same names as those that `setup` built.
const LIBRARIES: &str = "LD_LIBRARY_PATH";

impl Session {
    /// `python` with `arguments`, in an environment that changes nothing.
    pub(crate) fn command<S: AsRef<OsStr>>(
        &self,
        python: &Path,
        arguments: impl IntoIterator<Item = S>,
    ) -> Command {
        let mut command = Command::new(python);
        // Isolated: neither variables nor the user's own packages change what is run. And nothing is written
        // beside the sources.
        command.args(["-I", "-B", "-X", "utf8"]);
        command.args(arguments).env_clear();
        command.envs(self.folder().map(|folder| ("TMPDIR", folder)));
        let target = course::target();
        if let Some(folders) = std::env::var_os(LIBRARIES) {
            let own = |folder: &PathBuf| target.as_ref().is_some_and(|own| folder.starts_with(own));
            let others = std::env::split_paths(&folders).filter(|folder| !own(folder));
            command.envs(std::env::join_paths(others).ok().map(|others| (LIBRARIES, others)));
        }
        command.envs(KEPT.iter().filter_map(|name| Some((*name, std::env::var_os(name)?))));
        command
    }

    /// The same in the environment of this program: its owner may have named compilers, or the index of
    /// packages.
    pub(crate) fn owners_command<S: AsRef<OsStr>>(
        &self,
        python: &Path,
        arguments: impl IntoIterator<Item = S>,
    ) -> Command {
        let mut command = self.command(python, arguments);
        command.envs(std::env::vars_os());
        // Whatever is left there when the setup is interrupted goes with the folder.
        command.envs(self.folder().map(|folder| ("TMPDIR", folder)));
        command
    }
}
