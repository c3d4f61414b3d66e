//! Two threads that are to run at the same moment need two cores.

use std::thread::available_parallelism;

use crate::system::{Here, System};

/// Whether more threads want to run just now than there are cores; `false` where the system does not tell.
pub(super) fn is_crowd() -> bool {
    let cores = available_parallelism().map_or(1, usize::from);
    Here::runnable_threads().is_some_and(|threads| threads > cores)
}

/// Where a thread may run, and how others send it elsewhere. Where the system does not, it alone decides.
#[derive(Debug, Clone)]
pub(super) struct Place(Option<<Here as System>::Place>);

impl Place {
    pub(super) fn of_this_thread() -> Self {
        Place(Here::place().ok())
    }

    /// Sends the thread of this place to another core than the one on which the caller runs; the caller
    /// then waits for it, and the thread [comes back](Place::come_back) at once. Whether that was possible.
    pub(super) fn leave_to_the_caller(&self) -> bool {
        self.0.as_ref().is_some_and(Here::send_away)
    }

    /// Lets the calling thread, whose place this is, run wherever it could before.
    pub(super) fn come_back(&self) {
        if let Some(place) = &self.0 {
            Here::come_back(place);
        }
    }
}
