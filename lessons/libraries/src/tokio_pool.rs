use std::ops::Range;

use kernels::{Kernel, Partial};
use measure::{Context, Error};
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;

/// A runtime of tokio's: threads that run tasks, and drive the timers (and would drive the sockets) between two of
/// them; and more threads for what blocks, as many as it takes.
pub struct TokioPool {
    pub(crate) runtime: Runtime,
    pub(crate) context: Context,
}

impl TokioPool {
    /// Starts a runtime with a thread for each worker. Those for what blocks are started when something does.
    ///
    /// # Errors
    ///
    /// Where the system refuses a thread.
    pub fn start<K>(_: &K, context: &Context) -> Result<Self, Error> {
        let workers = context.workers();
        let build =
            || Builder::new_multi_thread().worker_threads(workers.get()).enable_time().build();
        // Where a thread cannot be started, it panics.
        let runtime = context.in_pool(build)?.map_err(|cause| Error::Refused {
            what: format!("a runtime with {workers} threads"),
            cause: cause.to_string(),
            remedy: "ask for fewer workers with -w, or raise the limit (ulimit -u)",
        })?;
        Ok(TokioPool { runtime, context: context.clone() })
    }
}

/// The part of one worker: a plain function that computes, and never awaits.
pub(crate) fn sum_range<K: Kernel>(
    worker: usize,
    kernel: &K,
    range: Range<u64>,
    context: &Context,
) -> Result<K::Partial, Error> {
    let _worker = context.enter(worker);
    context.catch(worker, || kernel.sum(range))
}

/// The partials of these tasks, joined in their order. Waits for all, also where one has failed.
pub(crate) async fn joined<P: Partial>(
    tasks: Vec<JoinHandle<Result<P, Error>>>,
) -> Result<P, Error> {
    let mut partials = Vec::new();
    for task in tasks {
        partials.push(task.await.expect("it catches its panics, and nobody cancels it"));
    }
    partials.into_iter().sum()
}
