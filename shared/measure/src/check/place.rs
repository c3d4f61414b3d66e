//! Two threads that are to run at the same moment need two cores.

use std::fs;
use std::thread::available_parallelism;

pub(super) use system::Place;

/// Whether more threads want to run just now than there are cores; `false` where the system does not tell.
pub(super) fn is_crowd() -> bool {
    let Ok(load) = fs::read_to_string("/proc/loadavg") else { return false };
    let cores = available_parallelism().map_or(1, usize::from);
    runnable(&load).is_some_and(|threads| threads > cores)
}

/// How many threads want to run: the number before the slash in `0.61 0.55 0.38 3/130 4711`.
fn runnable(load: &str) -> Option<usize> {
    load.split_whitespace().nth(3)?.split('/').next()?.parse().ok()
}

/// Where a thread may run, and how others send it elsewhere.
#[cfg(any(target_os = "linux", target_os = "android"))]
mod system {
    use rustix::thread::{CpuSet, Pid, gettid, sched_getaffinity, sched_getcpu, sched_setaffinity};

    #[derive(Debug, Clone)]
    pub(in super::super) struct Place {
        thread: Pid,
        /// The cores that it may use; `None` where the system does not tell.
        cores: Option<CpuSet>,
    }

    impl Place {
        pub(in super::super) fn of_this_thread() -> Self {
            Place { thread: gettid(), cores: sched_getaffinity(None).ok() }
        }

        /// Sends the thread of this place to another core than the one on which the caller runs; the caller
        /// then waits for it, and the thread [comes back](Place::come_back) at once. Whether that was possible.
        pub(in super::super) fn leave_to_the_caller(&self) -> bool {
            let Some(mut others) = self.cores else { return false };
            others.unset(sched_getcpu());
            others.count() > 0 && sched_setaffinity(Some(self.thread), &others).is_ok()
        }

        /// Lets the calling thread, whose place this is, run wherever it could before.
        pub(in super::super) fn come_back(&self) {
            if let Some(cores) = &self.cores {
                // It was allowed before. If it is not any more, the thread stays where it is.
                let _ = sched_setaffinity(None, cores);
            }
        }
    }
}

/// Elsewhere the system alone decides.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
mod system {
    #[derive(Debug, Clone)]
    pub(in super::super) struct Place;

    impl Place {
        pub(in super::super) fn of_this_thread() -> Self {
            Place
        }

        pub(in super::super) fn leave_to_the_caller(&self) -> bool {
            false
        }

        pub(in super::super) fn come_back(&self) {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_threads_that_want_to_run_are_read() {
        assert_eq!(runnable("0.61 0.55 0.38 3/130 4711\n"), Some(3));
        assert_eq!(runnable("0.61 0.55"), None);
    }

    /// A thread that was sent away may run anywhere once it is back.
    #[test]
    #[cfg(target_os = "linux")]
    fn a_thread_comes_back() {
        use rustix::thread::{sched_getaffinity, sched_getcpu};
        let before = sched_getaffinity(None).expect("Linux tells");
        let place = Place::of_this_thread();
        let theirs = place.clone();
        let (sent, from) = std::thread::spawn(move || {
            let sent = theirs.leave_to_the_caller();
            (sent, sched_getcpu())
        })
        .join()
        .expect("no panic");
        assert_eq!(sent, before.count() > 1);
        let now = sched_getaffinity(None).expect("Linux tells");
        assert!(!sent || now.count() + 1 == before.count(), "{now:?}, sent away from {from}");
        place.come_back();
        assert_eq!(sched_getaffinity(None).expect("Linux tells"), before);
    }
}
