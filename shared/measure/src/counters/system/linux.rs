//! Linux lends the counters of the processor by `perf_event_open`, thread by thread.

use std::io;

use perf_event::events::{Cache, CacheOp, CacheResult, Hardware, WhichCache};
use perf_event::{Builder, Counter, events};
use rustix::io::Errno;

use crate::counters::event::{Event, Reading};
use crate::counters::missing::Missing;
use crate::cpuid::CpuId;

/// A counter of one thread and of all threads and processes that it starts from now on, and they in their turn.
///
/// It sees them in user space only, which is what Linux allows to anybody unless it was told otherwise. Each event has
/// a counter of its own, and not a place in a group: a group that threads inherit cannot be read before Linux 6.13.
#[derive(Debug)]
pub(in crate::counters) struct Meter(Counter);

impl Meter {
    /// Counts from now on.
    pub(in crate::counters) fn open(event: Event) -> Result<Self, Missing> {
        Meter::of(kind(event))
    }

    fn of(kind: events::Event) -> Result<Self, Missing> {
        let mut builder = Builder::new().kind(kind);
        builder.inherit(true);
        let mut counter = builder.build().map_err(|error| missing(&error))?;
        counter.enable().map_err(|error| missing(&error))?;
        Ok(Meter(counter))
    }

    /// What it shows; `None` where the system does not tell.
    pub(in crate::counters) fn read(&mut self) -> Option<Reading> {
        let now = self.0.read_count_and_time().ok()?;
        Some(Reading { count: now.count, enabled: now.time_enabled, running: now.time_running })
    }
}

fn kind(event: Event) -> events::Event {
    match event {
        Event::Cycles => Hardware::CPU_CYCLES.into(),
        Event::Instructions => Hardware::INSTRUCTIONS.into(),
        // Linux's name for the lines that a core had to fetch into that cache, for reading or for writing.
        Event::FirstLevelMisses => {
            Cache { which: WhichCache::L1D, operation: CacheOp::READ, result: CacheResult::MISS }
                .into()
        }
        Event::CacheMisses => Hardware::CACHE_MISSES.into(),
        Event::BranchMisses => Hardware::BRANCH_MISSES.into(),
    }
}

/// What the manual page of `perf_event_open` says of its errors.
fn missing(error: &io::Error) -> Missing {
    match error.raw_os_error().map(Errno::from_raw_os_error) {
        // EINVAL: this processor has no such event.
        Some(Errno::NOENT | Errno::NODEV | Errno::OPNOTSUPP | Errno::INVAL) => {
            Missing::NoneHere { virtual_machine: CpuId::asked().virtual_machine == Some(true) }
        }
        Some(Errno::ACCESS) => Missing::NotAllowed,
        // Also what a filter of system calls answers, as that of a container.
        Some(Errno::PERM) => Missing::Forbidden,
        Some(Errno::NOSYS) => Missing::NotBuilt,
        _ => Missing::Other(error.to_string()),
    }
}

#[cfg(test)]
mod tests;
