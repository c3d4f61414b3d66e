//! The clocks of CPU time that every Unix has.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// The CPU time of the calling thread.
pub(super) fn thread() -> Option<Duration> {
    read(ClockId::ThreadCPUTime)
}

/// The CPU time of this process.
pub(super) fn process() -> Option<Duration> {
    read(ClockId::ProcessCPUTime)
}

fn read(clock: ClockId) -> Option<Duration> {
    let time = clock_gettime(clock);
    let seconds = Duration::from_secs(u64::try_from(time.tv_sec).ok()?);
    Some(seconds + Duration::from_nanos(u64::try_from(time.tv_nsec).ok()?))
}
