//! Linux tells in files, and keeps threads where they are told to stay.

use std::fs;
use std::io;
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use core_affinity::CoreId;
use rustix::thread::{CpuSet, Pid, gettid, sched_getaffinity, sched_getcpu, sched_setaffinity};

use super::{System, clocks};
use crate::facts::{Facts, HardwareThread, is_on_battery, runnable_threads, thread_of_proc_sys};
use crate::threads::ThreadNow;

pub(crate) struct Linux;

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Place {
    thread: Pid,
    cores: CpuSet,
}

impl System for Linux {
    type Place = Place;

    const CHILDREN_INHERIT_PINS: bool = true;

    fn facts() -> Facts {
        Facts::of_proc_sys(&read)
    }

    fn pinnable() -> Result<Vec<HardwareThread>, &'static str> {
        let cores = core_affinity::get_core_ids().unwrap_or_default();
        if cores.is_empty() {
            return Err("this system does not tell which cores there are");
        }
        Ok(cores.iter().map(|core| thread_of_proc_sys(&read, core.id)).collect())
    }

    fn place() -> io::Result<Place> {
        Ok(Place { thread: gettid(), cores: sched_getaffinity(None)? })
    }

    #[cfg(test)]
    fn cores(place: &Place) -> Vec<usize> {
        (0..CpuSet::MAX_CPU).filter(|core| place.cores.is_set(*core)).collect()
    }

    fn pin(number: usize) -> io::Result<()> {
        let done = core_affinity::set_for_current(CoreId { id: number });
        if done { Ok(()) } else { Err(io::Error::last_os_error()) }
    }

    fn send_away(place: &Place) -> bool {
        let mut others = place.cores;
        others.unset(sched_getcpu());
        others.count() > 0 && sched_setaffinity(Some(place.thread), &others).is_ok()
    }

    fn come_back(place: &Place) {
        let _ = sched_setaffinity(None, &place.cores);
    }

    fn thread_time() -> Option<Duration> {
        clocks::thread()
    }

    fn process_time() -> Option<Duration> {
        clocks::process()
    }

    fn runnable_threads() -> Option<usize> {
        runnable_threads(&read("proc/loadavg")?)
    }

    fn threads() -> Option<Vec<ThreadNow>> {
        let mut ids: Vec<u32> = entries("/proc/self/task")?;
        ids.sort_unstable();
        let now =
            |id: u32| ThreadNow::of_proc(id, &|file| read(&format!("proc/self/task/{id}/{file}")));
        Some(ids.into_iter().filter_map(now).collect())
    }

    fn is_on_battery() -> Option<bool> {
        const SUPPLIES: &str = "sys/class/power_supply";
        let supplies = entries::<String>(&format!("/{SUPPLIES}"))?;
        let read = |name: &str, file: &str| read(&format!("{SUPPLIES}/{name}/{file}"));
        is_on_battery(supplies.iter().map(|name| {
            (read(name, "type").unwrap_or_default(), read(name, "online").unwrap_or_default())
        }))
    }
}

/// The names in a folder that are of this kind.
fn entries<T: FromStr>(folder: &str) -> Option<Vec<T>> {
    let entries = fs::read_dir(folder).ok()?;
    Some(entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok()).collect())
}

fn read(path: &str) -> Option<String> {
    fs::read_to_string(Path::new("/").join(path)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_runs_where_it_was_pinned() {
        let before = Linux::place().expect("Linux tells");
        for core in Linux::cores(&before) {
            Linux::pin(core).expect("it is allowed");
            assert_eq!(sched_getcpu(), core);
        }
        Linux::come_back(&before);
        assert_eq!(Linux::place().expect("Linux tells"), before);
    }
}
