use std::cell::Cell;
use std::panic::Location;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::thread;

use super::fault::{line, raise};
use super::here::Who;
use crate::Stage;

/// One of those that run a kernel: what it knows of itself, as WGSL's builtin values.
#[derive(Debug)]
pub struct Invocation {
    /// Its number within its workgroup: `local_invocation_index`.
    pub local_index: usize,
    /// How many invocations a workgroup has.
    pub workgroup_size: usize,
    /// The number of its workgroup.
    pub workgroup_id: usize,
    /// How many workgroups this pass has.
    pub num_workgroups: usize,
    /// The barrier at which it waits.
    waits_at: Cell<Option<&'static Location<'static>>>,
}

impl Invocation {
    pub(super) fn new(
        local_index: usize,
        workgroup_size: usize,
        workgroup_id: usize,
        num_workgroups: usize,
    ) -> Self {
        let waits_at = Cell::default();
        Invocation { local_index, workgroup_size, workgroup_id, num_workgroups, waits_at }
    }

    /// WGSL's `workgroupBarrier()`: whoever awaits it stops there until all invocations of its workgroup have come, and
    /// sees what they have written to their [`Memory`](super::Memory).
    #[track_caller]
    pub fn barrier(&self) -> Barrier<'_> {
        Barrier { at: self, place: Location::caller(), arrived: false }
    }

    pub(super) fn who(&self) -> Who {
        Who { workgroup: self.workgroup_id, local: self.local_index }
    }

    /// The barrier at which it has come to wait, once.
    pub(super) fn arrived(&self) -> Option<&'static Location<'static>> {
        self.waits_at.take()
    }
}

/// What an invocation awaits.
#[derive(Debug)]
#[must_use = "nobody waits at a barrier without .await"]
pub struct Barrier<'i> {
    at: &'i Invocation,
    place: &'static Location<'static>,
    arrived: bool,
}

impl Future for Barrier<'_> {
    type Output = ();

    /// Is asked twice: when the invocation comes, and when all have come.
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if self.arrived {
            return Poll::Ready(());
        }
        self.arrived = true;
        self.at.waits_at.set(Some(self.place));
        Poll::Pending
    }
}

impl Drop for Barrier<'_> {
    fn drop(&mut self) {
        if !self.arrived && !thread::panicking() {
            let (who, line) = (self.at.who(), line(self.place));
            raise(
                Stage::Stress,
                format!("{who} calls barrier() without .await{line}, so that it does not wait"),
            );
        }
    }
}
