//! What it costs to give work to threads that stand ready.

use std::io;
use std::time::Instant;

use kernels::Workers;
use measure::{Error, time};
use tokio::runtime::{Builder, Runtime};
use tokio::task::{JoinHandle, spawn, spawn_blocking};

use super::probe::{Group::Waking, Prepared, Probe, each};

/// So many for a sample.
const CALLS: u32 = 50;

pub(crate) static RAYON_JOIN: Probe =
    Probe::new(Waking, "rayon::join", "two empty closures, called within the pool", || {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(Workers::usable().get()).build();
        let pool = pool.map_err(|cause| Error::no_thread(0, &io::Error::other(cause)))?;
        each(move || {
            let joins = || {
                for _ in 0..CALLS {
                    rayon::join(|| (), || ());
                }
            };
            Ok(pool.install(|| time(joins)).1.as_secs_f64() / f64::from(CALLS))
        })
    });

pub(super) static TOKIO_SPAWN: Probe =
    Probe::new(Waking, "tokio spawn, await", "an empty task, spawned by a task", || {
        tasks(|| spawn(async {}))
    });

pub(super) static TOKIO_BLOCKING: Probe =
    Probe::new(Waking, "tokio spawn_blocking, await", "an empty closure, by a task", || {
        tasks(|| spawn_blocking(|| ()))
    });

/// A task spawns others, and waits for each.
fn tasks(task: fn() -> JoinHandle<()>) -> Prepared {
    let runtime = runtime().map_err(|cause| Error::no_thread(0, &cause))?;
    each(move || {
        let spawned = runtime.spawn(async move {
            let start = Instant::now();
            for _ in 0..CALLS {
                task().await.expect("a task without work does not panic");
            }
            start.elapsed()
        });
        let elapsed = runtime.block_on(spawned).expect("what it waits for does not panic");
        Ok(elapsed.as_secs_f64() / f64::from(CALLS))
    })
}

fn runtime() -> io::Result<Runtime> {
    Builder::new_multi_thread().worker_threads(Workers::usable().get()).build()
}
