use std::thread;

use measure::{Context, Error};

/// Runs `work` once for each worker, waits for all of them, and gives what they returned, in order.
/// The caller is worker 0; the others are scoped threads.
///
/// [`scoped`](crate::scoped) spells out what happens in here; the strategies after it use this, so
/// that their files show only what is new. Any closure will do, as each worker calls it only once, through
/// a pointer: so this is compiled once, and not for each row again.
///
/// ```
/// let context = measure::Context::new(kernels::Workers::new(3).unwrap());
/// assert_eq!(threads::on_threads(&context, &|worker| worker * 10)?, [0, 10, 20]);
/// # Ok::<(), measure::Error>(())
/// ```
///
/// # Errors
///
/// Where a thread cannot be started, or panics; the others have ended by then.
pub fn on_threads<T: Send>(
    context: &Context,
    work: &(dyn Fn(usize) -> T + Sync),
) -> Result<Vec<T>, Error> {
    let work = &|worker| {
        let _worker = context.enter(worker);
        work(worker)
    };
    thread::scope(|scope| {
        let started: Vec<_> = (1..context.workers().get())
            .map(|worker| thread::Builder::new().spawn_scoped(scope, move || work(worker)))
            .collect();
        let mut results = vec![context.catch(0, || work(0))];
        for (worker, thread) in (1..).zip(started) {
            results.push(match thread {
                Ok(thread) => thread.join().map_err(|panic| context.panicked(worker, &*panic)),
                Err(cause) => Err(Error::no_thread(worker, &cause)),
            });
        }
        results.into_iter().collect()
    })
}
