//! What there is without the feature `mpi`: rows that say what to install.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use kernels::Kernel;
use measure::{Cancellation, Error, Strategy};

/// The row of a strategy that cannot be run.
pub fn strategy<K: Kernel>(
    name: &'static str,
    about: &'static str,
    _teams: &Arc<Teams>,
) -> Strategy<K> {
    Strategy::from_data(name, about, Box::new(|_, _| Err(missing()))).unpinned("it is not run")
}

/// What is missing, and how to get it.
pub fn missing() -> Error {
    Error::Missing {
        what: "MPI".to_owned(),
        why: "this program was built without the feature mpi".to_owned(),
        remedy: "run: apt-get install openmpi-bin libopenmpi-dev libclang-dev (or what your system \
               calls them); then: cargo run -p distributed --features mpi -- --ranks 4",
    }
}

/// Stub: without the feature `mpi`, no ranks exist.
pub fn part_if_asked() -> Option<ExitCode> {
    None
}

/// Stub: without the feature `mpi`, there are no teams of ranks.
#[derive(Debug, Default)]
pub struct Teams;

impl Teams {
    /// Stub: nothing runs on the hosts.
    pub fn use_hosts(&self, _file: PathBuf) {}

    /// Does `work`; there is nothing to cancel, and nothing to end.
    pub fn during<T>(&self, _program: &Cancellation, work: impl FnOnce() -> T) -> T {
        work()
    }
}
