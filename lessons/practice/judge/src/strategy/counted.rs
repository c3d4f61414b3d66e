use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use kernels::{AnyKernel, Event, Kernel, Spec, Total};

use crate::lock::holds_one;

/// A kernel that counts how often it is asked.
#[derive(Debug, Clone)]
pub(super) struct Counted {
    pub(super) kernel: AnyKernel,
    pub(super) calls: Arc<AtomicU64>,
    /// How often by a thread that holds a lock.
    pub(super) under_lock: Arc<AtomicU64>,
}

impl Counted {
    fn count(&self) {
        self.calls.fetch_add(1, Relaxed);
        self.under_lock.fetch_add(u64::from(holds_one()), Relaxed);
    }
}

impl Kernel for Counted {
    type Partial = Total;

    fn sum(&self, range: Range<u64>) -> Total {
        if !range.is_empty() {
            self.count();
        }
        self.kernel.sum(range)
    }

    fn term(&self, i: u64) -> Total {
        self.count();
        self.kernel.term(i)
    }

    fn grain(&self) -> u64 {
        self.kernel.grain()
    }

    fn spec(&self) -> Spec {
        self.kernel.spec()
    }

    fn record(&self, event: Event) {
        self.kernel.record(event);
    }

    fn decode(&self, bytes: &[u8]) -> Option<Total> {
        self.kernel.decode(bytes)
    }
}
