//! `--pin`: worker i stays on core i.
//!
//! The system moves threads from core to core as it likes, and that is a part of the noise. A
//! pinned thread stays. The cores are those that this process may use, counted from 0; where there
//! are more workers than cores, they begin again at core 0.
//!
//! A new thread inherits the cores of the thread that starts it, and often the caller of a sum is
//! worker 0. So a pin is a guard: it ends with the worker's part, and everything that is started
//! later may run anywhere again.

use std::io;
use std::marker::PhantomData;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Mutex, OnceLock, PoisonError};

use core_affinity::CoreId;

/// Whether `--pin` was given. Set before any worker starts, so `Relaxed` is enough to read it.
static ASKED: AtomicBool = AtomicBool::new(false);
static CORES: OnceLock<Vec<CoreId>> = OnceLock::new();
/// The first thing that did not work.
static REFUSED: Mutex<Option<String>> = Mutex::new(None);

/// From here on workers are pinned. To be called by a thread that is not pinned itself.
pub fn workers() {
    let cores = CORES.get_or_init(|| core_affinity::get_core_ids().unwrap_or_default());
    if cores.is_empty() {
        refused(|| "this system does not tell which cores there are".to_owned());
    }
    ASKED.store(true, Relaxed);
}

/// Pins the calling thread, which is about to work as worker `number`, until the guard is dropped.
///
/// To be called on the worker's first line. Without `--pin` it does nothing, and costs next to
/// nothing.
pub fn worker(number: usize) -> Pinned {
    if ASKED.load(Relaxed) { pinned(number) } else { Pinned::not() }
}

/// Pins worker process `number`, if it is started by the calling thread before the guard is dropped.
///
/// A child inherits the cores of the thread that starts it. That is so on Linux; elsewhere processes
/// stay where they are, and the report says so.
pub fn process(number: usize) -> Pinned {
    if cfg!(any(target_os = "linux", target_os = "android")) {
        return worker(number);
    }
    if ASKED.load(Relaxed) {
        refused(|| "on this system a child process does not inherit a thread's core".to_owned());
    }
    Pinned::not()
}

/// Whether workers are pinned: `None` if nobody asked for it, `Some(false)` if the system refused.
pub fn succeeded() -> Option<bool> {
    ASKED.load(Relaxed).then(|| refusal().is_none())
}

/// Why the system refused, if it did.
pub fn refusal() -> Option<String> {
    REFUSED.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

fn refused(why: impl FnOnce() -> String) {
    REFUSED.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_with(why);
}

/// A thread on a core of its own. When this is dropped, the thread may run where it could before.
#[derive(Debug)]
#[must_use = "the thread is pinned only as long as this lives"]
pub struct Pinned {
    former: Option<mask::Mask>,
    /// It must be dropped by the thread that it pins.
    _of_this_thread: PhantomData<*const ()>,
}

impl Pinned {
    fn not() -> Self {
        Pinned { former: None, _of_this_thread: PhantomData }
    }

    /// Lets the thread stay pinned until it ends.
    pub fn for_good(mut self) {
        self.former = None;
    }
}

impl Drop for Pinned {
    fn drop(&mut self) {
        if let Some(former) = &self.former {
            mask::restore(former);
        }
    }
}

#[cold]
fn pinned(number: usize) -> Pinned {
    let cores = CORES.get().map_or(&[][..], Vec::as_slice);
    let Some(core) = cores.get(number % cores.len().max(1)) else { return Pinned::not() };
    match to_core(*core) {
        Ok(former) => Pinned { former: Some(former), _of_this_thread: PhantomData },
        Err(cause) => {
            refused(|| format!("worker {number} may not be pinned to core {} ({cause})", core.id));
            Pinned::not()
        }
    }
}

/// Pins the calling thread; gives the cores that it could use before.
fn to_core(core: CoreId) -> io::Result<mask::Mask> {
    let former = mask::of_this_thread()?;
    if core_affinity::set_for_current(core) { Ok(former) } else { Err(io::Error::last_os_error()) }
}

/// The cores that a thread may run on.
#[cfg(any(target_os = "linux", target_os = "android"))]
mod mask {
    use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

    pub(super) type Mask = CpuSet;

    pub(super) fn of_this_thread() -> std::io::Result<Mask> {
        Ok(sched_getaffinity(None)?)
    }

    pub(super) fn restore(former: &Mask) {
        // It was allowed before. If it is not any more, the thread stays where it is.
        let _ = sched_setaffinity(None, former);
    }
}

/// Elsewhere new threads do not inherit the core, so the caller may as well stay on its own.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
mod mask {
    pub(super) type Mask = ();

    pub(super) fn of_this_thread() -> std::io::Result<Mask> {
        Ok(())
    }

    pub(super) fn restore((): &Mask) {}
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_core_that_is_not_there_is_refused_and_nothing_changes() {
        let before = mask::of_this_thread().expect("Linux tells");
        let refused = to_core(CoreId { id: 1023 }).expect_err("few machines have so many cores");
        assert_eq!(refused.kind(), io::ErrorKind::InvalidInput, "{refused}");
        assert_eq!(mask::of_this_thread().expect("Linux tells"), before);
    }
}
