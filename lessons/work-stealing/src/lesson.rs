use std::panic::catch_unwind;

use course::Lesson;
use kernels::{Kernel, KernelName, Known, Primes, Workers};
use measure::{Error, Strategy, panics, pin, row};

use crate::{
    Deques, deques, equal_ranges, heartbeat, rayon_chunks, rayon_iter, rayon_join, your_turn,
};

/// The lesson, for the runner: its question and its table.
#[derive(Debug)]
pub struct WorkStealing;

impl Lesson for WorkStealing {
    const NAME: &'static str = "work-stealing";
    const QUESTION: &'static str = "who takes the work that is left?";
    const KERNEL: KernelName = Primes::NAME;

    fn strategies<K: Kernel>() -> Vec<Strategy<K>> {
        vec![
            row!(equal_ranges, "for contrast: one equal range each, and nobody helps"),
            row!(rayon_iter, "rayon's parallel iterator over the terms", standing on rayon_pool),
            row!(rayon_chunks, "rayon's parallel iterator over blocks", standing on rayon_pool),
            row!(rayon_join, "rayon's join: halves of halves", standing on rayon_pool),
            row!(deques, "the same on a scheduler of our own", standing on Deques::start),
            row!(heartbeat, "chili's join: shares only now and then", standing on heartbeat_pool)
                .unpinned("chili starts its threads itself, and offers no way in"),
            row!(your_turn, "yours: lessons/work-stealing/src/your_turn.rs")
                .unpinned("your code does that, with measure::pin::worker"),
        ]
    }
}

/// A pool of rayon's. Not the global one, which can be made only once in a program.
fn rayon_pool<K>(_: &K, workers: Workers) -> Result<rayon::ThreadPool, Error> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(workers.get());
    // The name is how a panic that comes out of the pool is traced to its worker.
    let pool = pool.thread_name(|worker| format!("worker {worker}"));
    // Without `--pin` this does nothing.
    let pool = pool.start_handler(|worker| pin::worker(worker).for_good());
    pool.build().map_err(|cause| Error::Refused {
        what: format!("a pool of {workers} threads"),
        cause: cause.to_string(),
        remedy: "ask for fewer workers with -w, or raise the limit (ulimit -u)",
    })
}

/// A pool of chili's. Its count includes the thread that calls.
fn heartbeat_pool<K>(_: &K, workers: Workers) -> Result<chili::ThreadPool, Error> {
    let thread_count = std::num::NonZeroUsize::new(workers.get());
    let config = chili::Config { thread_count, ..chili::Config::default() };
    // Where it cannot start a thread, it panics, and what it says is the system's answer.
    catch_unwind(|| chili::ThreadPool::with_config(config)).map_err(|panic| Error::Refused {
        what: format!("a pool of {workers} threads, and one more for the heartbeat,"),
        cause: panics::text(&*panic),
        remedy: "ask for fewer workers with -w, or raise the limit (ulimit -u)",
    })
}
