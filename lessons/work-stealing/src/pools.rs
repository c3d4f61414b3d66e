use std::num::NonZeroUsize;
use std::panic::catch_unwind;

use measure::{Context, Error, panics};

/// A pool of rayon's. Not the global one, which can be made only once in a program.
pub struct RayonPool {
    pub threads: rayon::ThreadPool,
    /// The run that they belong to.
    pub context: Context,
}

impl RayonPool {
    /// Starts the threads, each of which is a worker of the run until it ends.
    pub(crate) fn start<K>(_: &K, context: &Context) -> Result<Self, Error> {
        let workers = context.workers();
        let theirs = context.clone();
        let threads = rayon::ThreadPoolBuilder::new()
            .num_threads(workers.get())
            .start_handler(move |worker| theirs.enter(worker).for_good())
            .build()
            .map_err(|cause| refused(format!("a pool of {workers} threads"), cause.to_string()))?;
        Ok(RayonPool { threads, context: context.clone() })
    }
}

/// A pool of chili's. Its count includes the thread that calls.
pub struct HeartbeatPool {
    pub threads: chili::ThreadPool,
    /// The run that they belong to.
    pub context: Context,
}

impl HeartbeatPool {
    /// Starts the threads.
    pub(crate) fn start<K>(_: &K, context: &Context) -> Result<Self, Error> {
        let workers = context.workers();
        let thread_count = NonZeroUsize::new(workers.get());
        let config = chili::Config { thread_count, ..chili::Config::default() };
        // Where it cannot start a thread, it panics.
        let threads = catch_unwind(|| chili::ThreadPool::with_config(config)).map_err(|panic| {
            let what = format!("a pool of {workers} threads, and one more for the heartbeat,");
            refused(what, panics::text(&*panic))
        })?;
        Ok(HeartbeatPool { threads, context: context.clone() })
    }
}

fn refused(what: String, cause: String) -> Error {
    let remedy = "ask for fewer workers with -w, or raise the limit (ulimit -u)";
    Error::Refused { what, cause, remedy }
}
