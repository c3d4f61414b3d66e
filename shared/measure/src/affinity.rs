//! `--pin`: worker i stays on core i, or on the i-th fastest where cores differ; the second hardware threads of cores
//! come last.
//!
//! The system moves threads from core to core as it likes, and that is a part of the noise. A
//! pinned thread stays. The cores are those that this process may use, counted from 0; where there
//! are more workers than cores, they begin again at core 0.
//!
//! A new thread inherits the cores of the thread that starts it, and often the caller of a sum is
//! worker 0. So a pin ends with the worker's part, and everything that is started later may run
//! anywhere again.

mod order;

use std::io;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex};

use core_affinity::CoreId;

use self::order::Order;
use crate::lock::locked;

/// Whether workers are pinned, and to which cores.
#[derive(Debug, Clone, Default)]
pub struct Affinity(Option<Arc<Cores>>);

#[derive(Debug)]
struct Cores {
    order: Order,
    /// The first thing that did not work.
    refused: Mutex<Option<String>>,
}

impl Affinity {
    /// Worker i on core i, of the cores that the calling thread may use. Where the system tells that some
    /// are slower, these come last: worker 0, and so the baseline, is on one of the fastest. So do, after all others,
    /// the second hardware threads of cores.
    pub fn wanted() -> Self {
        let all = core_affinity::get_core_ids().unwrap_or_default();
        let cores = Cores { order: order::order(&all), refused: Mutex::default() };
        if cores.order.cores.is_empty() {
            cores.refuse(|| "this system does not tell which cores there are".to_owned());
        }
        Affinity(Some(Arc::new(cores)))
    }

    /// Pins the calling thread, which is about to work as worker `number`.
    pub(crate) fn pin(&self, number: usize) -> Pin {
        match &self.0 {
            Some(cores) => cores.pin(number),
            None => Pin::none(),
        }
    }

    /// Pins worker process `number`, if it is started by the calling thread before the guard is dropped.
    ///
    /// A child inherits the cores of the thread that starts it. That is so on Linux; elsewhere processes
    /// stay where they are, and the report says so.
    pub(crate) fn pin_child(&self, number: usize) -> Pin {
        if cfg!(any(target_os = "linux", target_os = "android")) {
            return self.pin(number);
        }
        if let Some(cores) = &self.0 {
            cores.refuse(|| {
                "on this system a child process does not inherit a thread's core".to_owned()
            });
        }
        Pin::none()
    }

    /// Whether workers are pinned: `None` if nobody asked for it, `Some(false)` if the system refused.
    pub fn succeeded(&self) -> Option<bool> {
        self.0.as_ref().map(|_| self.refusal().is_none())
    }

    /// Whether worker i is on the i-th fastest core, because cores differ.
    pub fn is_by_speed(&self) -> bool {
        self.0.as_ref().is_some_and(|cores| cores.order.by_speed)
    }

    /// Whether second hardware threads are taken last, because some cores have two.
    pub fn is_siblings_last(&self) -> bool {
        self.0.as_ref().is_some_and(|cores| cores.order.siblings_last)
    }

    /// Why the system refused, if it did.
    pub fn refusal(&self) -> Option<String> {
        let cores = self.0.as_ref()?;
        locked(&cores.refused).clone()
    }
}

impl Cores {
    #[cold]
    fn pin(&self, number: usize) -> Pin {
        let all = &self.order.cores;
        let Some(core) = all.get(number % all.len().max(1)) else { return Pin::none() };
        match to_core(*core) {
            Ok(former) => Pin { former: Some(former), _of_this_thread: PhantomData },
            Err(cause) => {
                self.refuse(|| {
                    format!("worker {number} may not be pinned to core {} ({cause})", core.id)
                });
                Pin::none()
            }
        }
    }

    fn refuse(&self, why: impl FnOnce() -> String) {
        locked(&self.refused).get_or_insert_with(why);
    }
}

/// A thread on a core of its own. When this is dropped, the thread may run where it could before.
#[derive(Debug)]
#[must_use = "the thread is pinned only as long as this lives"]
pub struct Pin {
    former: Option<mask::Mask>,
    /// It must be dropped by the thread that it pins.
    _of_this_thread: PhantomData<*const ()>,
}

impl Pin {
    fn none() -> Self {
        Pin { former: None, _of_this_thread: PhantomData }
    }

    pub(crate) fn release(&mut self) {
        if let Some(former) = self.former.take() {
            mask::restore(&former);
        }
    }
}

impl Drop for Pin {
    fn drop(&mut self) {
        self.release();
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
    use std::thread;

    use kernels::Workers;
    use rustix::thread::{CpuSet, sched_getcpu};

    use super::*;
    use crate::{Cancellation, Setup};

    /// The cores that the calling thread may use.
    fn cores() -> Vec<usize> {
        let mask = mask::of_this_thread().expect("Linux tells");
        (0..CpuSet::MAX_CPU).filter(|core| mask.is_set(*core)).collect()
    }

    #[test]
    fn a_core_that_is_not_there_is_refused_and_nothing_changes() {
        let before = mask::of_this_thread().expect("Linux tells");
        let refused = to_core(CoreId { id: 1023 }).expect_err("few machines have so many cores");
        assert_eq!(refused.kind(), io::ErrorKind::InvalidInput, "{refused}");
        assert_eq!(mask::of_this_thread().expect("Linux tells"), before);
    }

    #[test]
    fn a_worker_is_on_its_core_until_the_guard_is_dropped() {
        let usable = cores();
        let free = Setup::default();
        let worker = free.context(Workers::ONE).enter(0);
        assert_eq!(
            (cores(), free.affinity().succeeded()),
            (usable.clone(), None),
            "nobody has asked"
        );
        drop(worker);

        let setup = Setup::new(Cancellation::default()).pinned();
        let context = setup.context(Workers::ONE);
        let sorted = order::order(&core_affinity::get_core_ids().expect("cores")).cores;
        let order: Vec<usize> = sorted.iter().map(|core| core.id).collect();
        for number in 0..2 * usable.len() {
            let own = order[number % order.len()];
            let worker = context.enter(number);
            assert_eq!((cores(), sched_getcpu()), (vec![own], own), "worker {number}");
            drop(worker);
            assert_eq!(cores(), usable, "worker {number}");
        }
        // A pool's thread stays where it is, and its end changes nothing for others.
        let theirs = context.clone();
        let stays = move || {
            theirs.enter(0).for_good();
            cores()
        };
        assert_eq!(thread::spawn(stays).join().expect("no panic"), order[..1]);
        assert_eq!(cores(), usable);
        // A worker that panics comes back, too.
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let _worker = context.enter(0);
            panic!("on purpose");
        }));
        assert!(panicked.is_err());
        assert_eq!(cores(), usable);
        assert_eq!((setup.affinity().succeeded(), setup.affinity().refusal()), (Some(true), None));
    }
}
