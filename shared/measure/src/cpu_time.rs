//! How long the system let this process or this thread compute.

use std::time::Duration;

/// The CPU time of all threads of this process; `None` where the system does not tell.
pub(crate) fn of_process() -> Option<Duration> {
    clock::process()
}

/// The CPU time of the calling thread; `None` where the system does not tell.
pub(crate) fn of_thread() -> Option<Duration> {
    clock::thread()
}

#[cfg(unix)]
mod clock {
    use std::time::Duration;

    use rustix::time::{ClockId, clock_gettime};

    pub(super) fn process() -> Option<Duration> {
        read(ClockId::ProcessCPUTime)
    }

    pub(super) fn thread() -> Option<Duration> {
        read(ClockId::ThreadCPUTime)
    }

    fn read(clock: ClockId) -> Option<Duration> {
        let time = clock_gettime(clock);
        let seconds = Duration::from_secs(u64::try_from(time.tv_sec).ok()?);
        Some(seconds + Duration::from_nanos(u64::try_from(time.tv_nsec).ok()?))
    }
}

/// Windows counts CPU time in ticks of 15.6 ms, which is longer than what is measured with it.
#[cfg(not(unix))]
mod clock {
    use std::time::Duration;

    pub(super) fn process() -> Option<Duration> {
        None
    }

    pub(super) fn thread() -> Option<Duration> {
        None
    }
}
