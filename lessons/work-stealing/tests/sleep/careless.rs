//! `Sleep` with one fault, to see that the models find it.

use loom::sync::atomic::Ordering::SeqCst;
use loom::sync::atomic::{AtomicBool, AtomicUsize, fence};
use loom::sync::{Condvar, Mutex};

#[derive(Clone, Copy, PartialEq)]
pub enum Fault {
    None,
    CountsInAfterTheLook,
    WakesWithoutTheLock,
    ClosesAfterWaking,
}

pub struct Careless {
    fault: Fault,
    parked: AtomicUsize,
    closed: AtomicBool,
    lock: Mutex<()>,
    wake: Condvar,
}

impl Careless {
    pub fn with(fault: Fault) -> Self {
        Careless {
            fault,
            parked: AtomicUsize::default(),
            closed: AtomicBool::default(),
            lock: Mutex::default(),
            wake: Condvar::default(),
        }
    }

    fn unless(&self, reason_to_stay: impl Fn() -> bool) {
        let late = self.fault == Fault::CountsInAfterTheLook;
        let seen = late && reason_to_stay();
        let guard = self.lock.lock().expect("loom's locks are not poisoned");
        self.parked.fetch_add(1, SeqCst);
        fence(SeqCst);
        if !(if late { seen } else { reason_to_stay() }) {
            drop(self.wake.wait(guard));
        }
        self.parked.fetch_sub(1, SeqCst);
    }

    fn wake_one(&self) {
        if self.anybody() {
            self.wake.notify_one();
        }
    }

    fn wake_all(&self) {
        if self.anybody() {
            self.wake.notify_all();
        }
    }

    fn close(&self) {
        if self.fault == Fault::ClosesAfterWaking {
            self.wake_all();
        }
        self.closed.store(true, SeqCst);
        if self.fault != Fault::ClosesAfterWaking {
            self.wake_all();
        }
    }

    fn is_closed(&self) -> bool {
        self.closed.load(SeqCst)
    }

    fn anybody(&self) -> bool {
        fence(SeqCst);
        let anybody = self.parked.load(SeqCst) > 0;
        if anybody && self.fault != Fault::WakesWithoutTheLock {
            drop(self.lock.lock());
        }
        anybody
    }
}

super::pool::parking!(Careless);
