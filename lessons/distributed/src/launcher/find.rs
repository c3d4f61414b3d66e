use std::env;
use std::path::PathBuf;

use shared::Error;

/// The `mpirun` on the path.
///
/// # Errors
///
/// [`Error::Missing`] where there is none.
pub fn mpirun() -> Result<PathBuf, Error> {
    let path = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&path).map(|folder| folder.join("mpirun"));
    found.into_iter().find(|program| program.is_file()).ok_or_else(|| Error::Missing {
        what: "mpirun".to_owned(),
        why: "it is in no folder of PATH".to_owned(),
        mend: "install an MPI, for example: apt-get install openmpi-bin; on a cluster: module load \
               openmpi",
    })
}
