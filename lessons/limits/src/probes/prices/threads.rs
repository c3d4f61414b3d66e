//! What it costs to start, to wake and to end.

use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::thread::{self, Builder, ScopedJoinHandle};
use std::time::Duration;

use measure::{Error, time};

use super::{NOTHING, median, repeated};

/// A second thread, which does `work`.
pub(super) fn start<'scope, T: Send + 'scope>(
    scope: &'scope thread::Scope<'scope, '_>,
    work: impl FnOnce() -> T + Send + 'scope,
) -> Result<ScopedJoinHandle<'scope, T>, Error> {
    Builder::new().spawn_scoped(scope, work).map_err(|cause| Error::no_thread(1, &cause))
}

/// Waits, awake, until another thread has set the flag.
fn await_set(flag: &AtomicBool) {
    while !flag.load(SeqCst) {
        thread::yield_now();
    }
}

/// Time for another thread to end, or to fall asleep.
const LULL: Duration = Duration::from_micros(300);

/// To start a thread, until it runs, and to take its result once it has ended.
pub(super) fn thread_prices() -> Result<(f64, f64, f64), Error> {
    let (mut starts, mut begins, mut joins) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..50 {
        let running = AtomicBool::new(false);
        thread::scope(|scope| {
            let ((thread, started), begun) = time(|| {
                let (thread, started) = time(|| start(scope, || running.store(true, SeqCst)));
                if thread.is_ok() {
                    await_set(&running);
                }
                (thread, started)
            });
            let thread = thread?;
            thread::sleep(LULL);
            joins.push(time(|| thread.join()).1.as_secs_f64());
            starts.push(started.as_secs_f64());
            begins.push((begun - started).as_secs_f64());
            Ok::<_, Error>(())
        })?;
    }
    Ok((median(&starts), median(&begins), median(&joins)))
}

/// To start a process that does nothing, and to wait for its end.
pub(super) fn process_price() -> Result<f64, Error> {
    let refused = |cause| Error::no_process(1, &cause);
    let program = std::env::current_exe().map_err(refused)?;
    repeated(10, || {
        let mut command = Command::new(&program);
        command.arg(NOTHING).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let (status, time) = time(|| command.status());
        status.map_err(refused)?;
        Ok(time.as_secs_f64())
    })
}

/// Seconds from the call that wakes a sleeping thread until it runs.
///
/// # Errors
///
/// Where the system refuses a thread.
pub fn wake() -> Result<f64, Error> {
    repeated(30, || {
        let (called, awake) = (AtomicBool::new(false), AtomicBool::new(false));
        thread::scope(|scope| {
            let parked = start(scope, || {
                // It may wake up for no reason.
                while !called.load(SeqCst) {
                    thread::park();
                }
                awake.store(true, SeqCst);
            })?;
            thread::sleep(LULL);
            let ((), woken) = time(|| {
                called.store(true, SeqCst);
                parked.thread().unpark();
                await_set(&awake);
            });
            Ok(woken.as_secs_f64())
        })
    })
}
