use std::env;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use measure::Error;

/// The `mpirun` on the path.
///
/// # Errors
///
/// [`Error::Missing`] where there is none.
pub fn mpirun() -> Result<PathBuf, Error> {
    let path = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&path).map(|folder| folder.join("mpirun"));
    found.into_iter().find(|program| may_run(program)).ok_or_else(|| Error::Missing {
        what: "mpirun".to_owned(),
        why: "it is in no folder of PATH".to_owned(),
        remedy: "install an MPI, for example: apt-get install openmpi-bin; on a cluster: module load \
               openmpi",
    })
}

/// What may not be run is passed over, as by a shell.
fn may_run(program: &Path) -> bool {
    let facts = program.metadata();
    facts.is_ok_and(|facts| facts.is_file() && facts.permissions().mode() & 0o111 != 0)
}
