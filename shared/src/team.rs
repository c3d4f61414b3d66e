use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::thread;

use crate::{Error, Workers};

const WAIT: u8 = 0;
const GO: u8 = 1;
const GIVE_UP: u8 = 2;

/// Runs `work` on `workers` threads that begin at the same moment; gives their results in order.
///
/// The threads wait for each other awake, because waking one up takes longer than some of what is
/// measured here. So there should be no more of them than usable cores.
///
/// # Errors
///
/// [`Error::Refused`] where the system would not start a thread, [`Error::Worker`] where one
/// panicked; in both cases the others have ended.
pub fn together<T: Send>(
    workers: Workers,
    work: impl Fn(usize) -> T + Sync,
) -> Result<Vec<T>, Error> {
    let (signal, ready) = (AtomicU8::new(WAIT), AtomicUsize::new(0));
    let part = |worker: usize| {
        ready.fetch_add(1, Ordering::SeqCst);
        while signal.load(Ordering::SeqCst) == WAIT || ready.load(Ordering::SeqCst) < workers.get()
        {
            if signal.load(Ordering::SeqCst) == GIVE_UP {
                return None;
            }
            thread::yield_now();
        }
        Some(work(worker))
    };
    let part = &part;
    thread::scope(|scope| {
        let mut threads = Vec::with_capacity(workers.get());
        for worker in 0..workers.get() {
            match thread::Builder::new().spawn_scoped(scope, move || part(worker)) {
                Ok(thread) => threads.push(thread),
                Err(cause) => {
                    signal.store(GIVE_UP, Ordering::SeqCst);
                    return Err(Error::no_thread(worker, &cause));
                }
            }
        }
        signal.store(GO, Ordering::SeqCst);
        let joined = threads.into_iter().enumerate().map(|(worker, thread)| {
            let result = thread.join().map_err(|payload| Error::panicked(worker, &*payload))?;
            Ok(result.expect("nobody gave up: every thread was started"))
        });
        // Every thread is joined, also after one failed: `scope` would panic otherwise.
        joined.collect::<Vec<_>>().into_iter().collect()
    })
}
