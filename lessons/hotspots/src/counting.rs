//! What the processors count while the program runs.

use kernels::Workers;
use measure::Error;
use measure::counters::{Counted, Meters};

use crate::{Job, Parts, program, workers};

/// Runs the program several times, and counts. `limited` has to call what it is given, under the time limit.
///
/// Counters see only the threads that are started after them, so the workers of rayon are new ones.
///
/// # Errors
///
/// Those of the program, and [`Error::Refused`] where the workers cannot be started.
pub(crate) fn counted(
    parts: &Parts,
    job: &Job,
    count: Workers,
    limited: impl Fn(&mut dyn FnMut() -> Result<(), Error>) -> Result<(), Error> + Sync,
) -> Result<Counted, Error> {
    let mut meters = Meters::open();
    let pool = workers::pool(count).build().map_err(|cause| workers::refused(count, &cause))?;
    let mut run =
        |calls| limited(&mut || (0..calls).try_for_each(|_| program::run(parts, job).map(drop)));
    pool.install(|| meters.count(&mut run))
}
