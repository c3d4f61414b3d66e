use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use measure::{Context, Error, panics};
use paralight::prelude::*;

/// A pool of rayon's. Not the global one, which can be made only once in a program.
pub struct RayonPool {
    pub threads: rayon::ThreadPool,
    /// The run that they belong to.
    pub context: Context,
}

impl RayonPool {
    /// Starts the threads, each of which is a worker of the run until it ends.
    ///
    /// # Errors
    ///
    /// Where the system refuses a thread.
    pub fn start<K>(_: &K, context: &Context) -> Result<Self, Error> {
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
pub struct ChiliPool {
    pub threads: chili::ThreadPool,
    /// The run that they belong to.
    pub context: Context,
}

impl ChiliPool {
    /// Starts the threads.
    ///
    /// # Errors
    ///
    /// Where the system refuses a thread.
    pub fn start<K>(_: &K, context: &Context) -> Result<Self, Error> {
        let workers = context.workers();
        let thread_count = NonZeroUsize::new(workers.get());
        let config = chili::Config { thread_count, ..chili::Config::default() };
        // Where it cannot start a thread, it panics.
        let threads = catch_unwind(|| chili::ThreadPool::with_config(config)).map_err(|panic| {
            let what = format!("a pool of {workers} threads, and one more for the heartbeat,");
            refused(what, panics::text(&*panic))
        })?;
        Ok(ChiliPool { threads, context: context.clone() })
    }
}

/// A pool of paralight's, whose schedule is settled when it is made. The thread that calls only waits.
pub struct ParalightPool {
    pub threads: ThreadPool,
    /// The run that they belong to.
    pub context: Context,
}

impl ParalightPool {
    /// Starts the threads of a pool that gives each of them one range of the items, and leaves it at that.
    ///
    /// # Errors
    ///
    /// Where the system refuses a thread.
    pub fn fixed<K>(_: &K, context: &Context) -> Result<Self, Error> {
        Self::with(RangeStrategy::Fixed, context)
    }

    /// Starts the threads of a pool in which whoever is done steals items from another.
    ///
    /// # Errors
    ///
    /// Where the system refuses a thread.
    pub fn stealing<K>(_: &K, context: &Context) -> Result<Self, Error> {
        Self::with(RangeStrategy::WorkStealing, context)
    }

    fn with(range_strategy: RangeStrategy, context: &Context) -> Result<Self, Error> {
        let workers = context.workers();
        let num_threads = ThreadCount::try_from(workers.get()).expect("there is one at least");
        // Worker i goes to core i only where the run wants that, and the run does that itself.
        let cpu_pinning = CpuPinningPolicy::No;
        let builder = ThreadPoolBuilder { num_threads, range_strategy, cpu_pinning };
        let (theirs, next) = (context.clone(), AtomicUsize::new(0));
        // Where it cannot start a thread, it panics.
        let started = catch_unwind(AssertUnwindSafe(|| {
            let mut threads = builder.build();
            // Its threads are called once, each, to say that they are the workers of this run until they end.
            let enter = || theirs.enter(next.fetch_add(1, Relaxed)).for_good();
            let workers = (0..workers.get()).into_par_iter().with_thread_pool(&mut threads);
            workers.for_each_init(enter, |(), _| ());
            threads
        }));
        let threads = started.map_err(|panic| {
            refused(format!("a pool of {workers} threads"), panics::text(&*panic))
        })?;
        Ok(ParalightPool { threads, context: context.clone() })
    }
}

fn refused(what: String, cause: String) -> Error {
    let remedy = "ask for fewer workers with -w, or raise the limit (ulimit -u)";
    Error::Refused { what, cause, remedy }
}
