//! How long the system let this process or this thread compute; `None` where the system does not tell.

use std::time::Duration;

use crate::system::{Here, System};

/// The CPU time of all threads of this process.
pub(crate) fn of_process() -> Option<Duration> {
    Here::process_time()
}

/// The same, maybe in steps of some milliseconds: enough to see whether anybody computes.
pub(crate) fn of_process_in_steps() -> Option<Duration> {
    Here::process_time_in_steps()
}

/// The CPU time of the calling thread. Whoever asks for the first time may wait for some milliseconds.
pub(crate) fn of_thread() -> Option<Duration> {
    Here::thread_time()
}
