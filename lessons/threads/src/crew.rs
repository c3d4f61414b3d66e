use std::thread;

use kernels::Workers;
use measure::{Error, panics, pin};

/// Runs `work` once for each worker, waits for all of them, and gives what they returned, in order.
/// The caller is worker 0; the others are scoped threads.
///
/// [`scoped`](crate::scoped) spells out what happens in here; the strategies after it use this, so
/// that their files show only what is new.
///
/// ```
/// let workers = kernels::Workers::new(3).unwrap();
/// assert_eq!(threads::crew(workers, |worker| worker * 10)?, [0, 10, 20]);
/// # Ok::<(), measure::Error>(())
/// ```
///
/// # Errors
///
/// Where a thread cannot be started, or panics; the others have ended by then.
pub fn crew<T: Send>(workers: Workers, work: impl Fn(usize) -> T + Sync) -> Result<Vec<T>, Error> {
    let work = &|worker| {
        let _core = pin::worker(worker);
        work(worker)
    };
    thread::scope(|scope| {
        let started: Vec<_> = (1..workers.get())
            .map(|worker| thread::Builder::new().spawn_scoped(scope, move || work(worker)))
            .collect();
        let mut results = vec![panics::in_worker(0, || work(0))];
        for (worker, thread) in (1..).zip(started) {
            results.push(match thread {
                Ok(thread) => thread.join().map_err(|panic| Error::panicked(worker, &*panic)),
                Err(cause) => Err(Error::no_thread(worker, &cause)),
            });
        }
        results.into_iter().collect()
    })
}
