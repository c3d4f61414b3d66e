//! The workers of rayon: as many as were asked for, whatever the environment says.

use kernels::Workers;
use measure::Error;
use rayon::{ThreadPoolBuildError, ThreadPoolBuilder};

/// A pool of so many workers, to be built.
pub(crate) fn pool(count: Workers) -> ThreadPoolBuilder {
    ThreadPoolBuilder::new().num_threads(count.get())
}

/// The error for a pool that could not be built.
pub(crate) fn refused(count: Workers, cause: &ThreadPoolBuildError) -> Error {
    Error::Refused {
        what: format!("a pool of {count} threads"),
        cause: cause.to_string(),
        remedy: "ask for fewer workers with -w, or raise the limit (ulimit -u)",
    }
}
