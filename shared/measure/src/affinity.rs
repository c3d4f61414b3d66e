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

use std::io;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex};

use crate::facts::Order;
use crate::lock::locked;
use crate::system::{Here, System};

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
        let (threads, refused) = match Here::pinnable() {
            Ok(threads) => (threads, None),
            Err(why) => (Vec::new(), Some(why.to_owned())),
        };
        let cores = Cores { order: Order::of(&threads), refused: Mutex::new(refused) };
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
        if Here::CHILDREN_INHERIT_PINS {
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
        Pin::to(*core).unwrap_or_else(|cause| {
            self.refuse(|| format!("worker {number} may not be pinned to core {core} ({cause})"));
            Pin::none()
        })
    }

    fn refuse(&self, why: impl FnOnce() -> String) {
        locked(&self.refused).get_or_insert_with(why);
    }
}

/// A thread on a core of its own. When this is dropped, the thread may run where it could before.
#[derive(Debug)]
#[must_use = "the thread is pinned only as long as this lives"]
pub struct Pin {
    former: Option<<Here as System>::Place>,
    /// It must be dropped by the thread that it pins.
    _of_this_thread: PhantomData<*const ()>,
}

impl Pin {
    /// Pins the calling thread to the core that has this number in the system.
    ///
    /// # Errors
    ///
    /// Where the system does not do it.
    pub fn to(core: usize) -> io::Result<Self> {
        let former = Here::place()?;
        Here::pin(core)?;
        Ok(Pin { former: Some(former), _of_this_thread: PhantomData })
    }

    fn none() -> Self {
        Pin { former: None, _of_this_thread: PhantomData }
    }

    pub(crate) fn release(&mut self) {
        if let Some(former) = self.former.take() {
            Here::come_back(&former);
        }
    }
}

impl Drop for Pin {
    fn drop(&mut self) {
        self.release();
    }
}

/// The numbers of the cores to which the calling thread can be pinned; none where the system does not tell.
pub fn pinnable_cores() -> Vec<usize> {
    Here::pinnable().unwrap_or_default().iter().map(|thread| thread.number).collect()
}

#[cfg(test)]
mod tests;
