//! Which cores are the fastest, where the system tells.

use std::cmp::Reverse;
use std::path::Path;

use core_affinity::CoreId;

/// `cores`, the fastest first; those that are as fast as each other stay in their order. `None` where the
/// system does not tell of each how fast it is, or all are alike.
pub(super) fn fastest_first(cores: &[CoreId]) -> Option<Vec<CoreId>> {
    sorted(cores, |core| speed(Path::new("/sys/devices/system/cpu"), core))
}

/// How fast a core is, beside others; of two such, the larger is the faster core.
type Speed = (u64, u64);

fn sorted(cores: &[CoreId], speed: impl Fn(CoreId) -> Option<Speed>) -> Option<Vec<CoreId>> {
    let mut speeds: Vec<(Speed, CoreId)> =
        cores.iter().map(|core| Some((speed(*core)?, *core))).collect::<Option<_>>()?;
    let (first, _) = *speeds.first()?;
    if speeds.iter().all(|(speed, _)| *speed == first) {
        return None;
    }
    speeds.sort_by_key(|(speed, _)| Reverse(*speed));
    Some(speeds.into_iter().map(|(_, core)| core).collect())
}

/// What Linux tells: how much a core does beside the fastest kind of the machine, and its highest clock.
fn speed(cpus: &Path, core: CoreId) -> Option<Speed> {
    let cpu = cpus.join(format!("cpu{}", core.id));
    let read = |file: &str| std::fs::read_to_string(cpu.join(file)).ok()?.trim().parse().ok();
    let (capacity, clock) = (read("cpu_capacity"), read("cpufreq/cpuinfo_max_freq"));
    capacity.or(clock)?;
    Some((capacity.unwrap_or(0), clock.unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(cores: Option<Vec<CoreId>>) -> Option<Vec<usize>> {
        cores.map(|cores| cores.into_iter().map(|core| core.id).collect())
    }

    #[test]
    fn slow_cores_come_last_and_equal_ones_stay() {
        let cores = [0, 1, 2, 3, 5].map(|id| CoreId { id });
        // As on many phones: the slow ones come first.
        let little_first = |core: CoreId| Some((if core.id < 2 { 400 } else { 1024 }, 0));
        assert_eq!(ids(sorted(&cores, little_first)), Some(vec![2, 3, 5, 0, 1]));
        assert_eq!(ids(sorted(&cores, |_| Some((1024, 0)))), None, "all alike");
        let partly = |core: CoreId| (core.id < 3).then_some((1024, core.id as u64));
        assert_eq!(ids(sorted(&cores, partly)), None, "nobody knows of some");
        assert_eq!(ids(sorted(&[], little_first)), None);
    }

    #[test]
    fn a_system_that_tells_nothing_has_no_order() {
        assert_eq!(speed(Path::new("/nowhere"), CoreId { id: 0 }), None);
    }
}
