//! What is asked of the system. No other file here knows on which one this program runs.

use std::fmt::Debug;
use std::io;
use std::time::Duration;

use crate::facts::{Facts, HardwareThread};
use crate::threads::ThreadNow;

#[cfg(unix)]
mod clocks;
#[cfg(any(windows, test))]
mod cycles;

#[cfg(any(target_os = "linux", target_os = "android"))]
mod linux;
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(crate) use linux::Linux as Here;

#[cfg(target_os = "macos")]
mod macos;
#[cfg(target_os = "macos")]
pub(crate) use macos::MacOs as Here;

#[cfg(windows)]
mod windows;
#[cfg(windows)]
pub(crate) use windows::Windows as Here;

#[cfg(all(unix, not(any(target_os = "linux", target_os = "android", target_os = "macos"))))]
mod unix;
#[cfg(all(unix, not(any(target_os = "linux", target_os = "android", target_os = "macos"))))]
pub(crate) use unix::Unix as Here;

#[cfg(not(any(unix, windows)))]
mod plain;
#[cfg(not(any(unix, windows)))]
pub(crate) use plain::Plain as Here;

/// The place of a thread where the system says nothing of it: it may run anywhere.
#[cfg(not(any(target_os = "linux", target_os = "android", windows)))]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Anywhere;

/// What a system tells, and does for threads. Where it does not tell, the answer is `None`; where it does nothing,
/// that is an error or a `false`. Either is the answer of a system that says nothing else.
pub(crate) trait System {
    /// A thread, and the hardware threads on which it may run.
    type Place: Clone + Debug + PartialEq + Send;

    /// Whether a child process runs where the thread that starts it is pinned.
    const CHILDREN_INHERIT_PINS: bool = false;

    /// What the system tells of the machine.
    fn facts() -> Facts {
        Facts::default()
    }

    /// The hardware threads to which the calling thread can be pinned.
    ///
    /// # Errors
    ///
    /// Why there are none, as a part of a sentence.
    fn pinnable() -> Result<Vec<HardwareThread>, &'static str> {
        Err("this system does not tell which cores there are")
    }

    /// The calling thread, and where it may run now.
    ///
    /// # Errors
    ///
    /// Where the system does not tell.
    fn place() -> io::Result<Self::Place> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// The numbers of the hardware threads of a place.
    #[cfg(test)]
    fn cores(_place: &Self::Place) -> Vec<usize> {
        Vec::new()
    }

    /// Lets the calling thread run on this hardware thread only.
    ///
    /// # Errors
    ///
    /// Where the system does not do it.
    fn pin(_number: usize) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// Sends the thread of `place` away from where the caller runs. Whether that was possible.
    fn send_away(_place: &Self::Place) -> bool {
        false
    }

    /// Lets the calling thread, whose place it is, run wherever it could then. If that is not allowed any more, it stays
    /// where it is.
    fn come_back(_place: &Self::Place) {}

    /// The CPU time of the calling thread, in steps that are short beside a millisecond. The first call may take some
    /// milliseconds.
    fn thread_time() -> Option<Duration> {
        None
    }

    /// The CPU time of all threads of this process, in steps as short.
    fn process_time() -> Option<Duration> {
        None
    }

    /// The same, maybe in steps of some milliseconds: enough to see whether anybody computes.
    fn process_time_in_steps() -> Option<Duration> {
        Self::process_time()
    }

    /// What each thread of this process does just now, in the order in which they were started.
    fn threads() -> Option<Vec<ThreadNow>> {
        None
    }

    /// Whether this machine runs on its battery.
    fn is_on_battery() -> Option<bool> {
        None
    }

    /// How many threads want to run just now, on the whole machine.
    fn runnable_threads() -> Option<usize> {
        None
    }
}

#[cfg(test)]
mod tests;
