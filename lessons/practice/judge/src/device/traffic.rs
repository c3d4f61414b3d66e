//! What was read from all buffers of a device.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use super::here::Who;

/// How many numbers were read, and by whom.
#[derive(Debug, Default)]
pub(super) struct Traffic {
    by_host: Cell<usize>,
    /// By each invocation of each pass.
    by_invocation: RefCell<BTreeMap<(usize, Who), usize>>,
}

impl Traffic {
    pub(super) fn note_host(&self) {
        self.by_host.set(self.by_host.get() + 1);
    }

    pub(super) fn note(&self, pass: usize, who: Who) {
        *self.by_invocation.borrow_mut().entry((pass, who)).or_default() += 1;
    }

    pub(super) fn by_host(&self) -> usize {
        self.by_host.get()
    }

    /// How many numbers one invocation has read in one pass, at most.
    pub(super) fn most_by_one(&self) -> usize {
        self.by_invocation.borrow().values().copied().max().unwrap_or(0)
    }
}
