//! In which order workers take the cores, where the system tells what they are.

use std::cmp::Reverse;
use std::path::Path;

use core_affinity::CoreId;

use crate::cpu_list::listed;

/// Cores in the order in which workers take them.
#[derive(Debug)]
pub(super) struct Order {
    pub(super) cores: Vec<CoreId>,
    /// Whether the fastest come first, because some are slower.
    pub(super) by_speed: bool,
    /// Whether second hardware threads come last, because some cores have two.
    pub(super) siblings_last: bool,
}

/// The order of `cores`: the fastest first, and the second hardware thread of a core after the first one of each.
/// Two workers on one core get little more than one. What the system does not tell changes nothing.
pub(super) fn order(cores: &[CoreId]) -> Order {
    let cpus = Path::new("/sys/devices/system/cpu");
    ordered(cores, |core| speed(cpus, core), |core| siblings(cpus, core))
}

fn ordered(
    cores: &[CoreId],
    speed: impl Fn(CoreId) -> Option<Speed>,
    siblings: impl Fn(CoreId) -> Vec<usize>,
) -> Order {
    let sorted = fastest_first(cores, speed);
    let by_speed = sorted.is_some();
    let mut cores = sorted.unwrap_or_else(|| cores.to_vec());
    // How many threads of the same core come before it.
    let rank = |(place, core): (usize, &CoreId)| {
        let of_one_core = siblings(*core);
        cores[..place].iter().filter(|other| of_one_core.contains(&other.id)).count()
    };
    let ranks: Vec<usize> = cores.iter().enumerate().map(rank).collect();
    let mut ranked: Vec<(usize, CoreId)> = ranks.into_iter().zip(cores).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    let siblings_last = ranked.last().is_some_and(|(rank, _)| *rank > 0);
    cores = ranked.into_iter().map(|(_, core)| core).collect();
    Order { cores, by_speed, siblings_last }
}

/// `cores`, the fastest first; those that are as fast as each other stay in their order. `None` where the
/// system does not tell of each how fast it is, or all are alike.
fn fastest_first(cores: &[CoreId], speed: impl Fn(CoreId) -> Option<Speed>) -> Option<Vec<CoreId>> {
    let mut speeds: Vec<(Speed, CoreId)> =
        cores.iter().map(|core| Some((speed(*core)?, *core))).collect::<Option<_>>()?;
    let (first, _) = *speeds.first()?;
    if speeds.iter().all(|(speed, _)| *speed == first) {
        return None;
    }
    speeds.sort_by_key(|(speed, _)| Reverse(*speed));
    Some(speeds.into_iter().map(|(_, core)| core).collect())
}

/// How fast a core is, beside others; of two such, the larger is the faster core.
type Speed = (u64, u64);

/// What Linux tells: how much a core does beside the fastest kind of the machine, and its highest clock.
fn speed(cpus: &Path, core: CoreId) -> Option<Speed> {
    let cpu = cpus.join(format!("cpu{}", core.id));
    let read = |file: &str| std::fs::read_to_string(cpu.join(file)).ok()?.trim().parse().ok();
    let (capacity, clock) = (read("cpu_capacity"), read("cpufreq/cpuinfo_max_freq"));
    capacity.or(clock)?;
    Some((capacity.unwrap_or(0), clock.unwrap_or(0)))
}

/// The hardware threads of the core, itself among them, where Linux tells.
fn siblings(cpus: &Path, core: CoreId) -> Vec<usize> {
    let file = cpus.join(format!("cpu{}/topology/thread_siblings_list", core.id));
    let list = std::fs::read_to_string(file).ok();
    list.and_then(|list| listed(list.trim())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(cores: &[CoreId]) -> Vec<usize> {
        cores.iter().map(|core| core.id).collect()
    }

    /// The order of so many cores, of which each has a speed and the number of the core that it is a thread of.
    fn of(cores: usize, speed: impl Fn(usize) -> u64, core: impl Fn(usize) -> usize) -> Order {
        let all: Vec<CoreId> = (0..cores).map(|id| CoreId { id }).collect();
        let siblings = |one: CoreId| (0..cores).filter(|id| core(*id) == core(one.id)).collect();
        ordered(&all, |one| Some((speed(one.id), 0)), siblings)
    }

    #[test]
    fn slow_cores_come_last_and_equal_ones_stay() {
        let cores = [0, 1, 2, 3, 5].map(|id| CoreId { id });
        // As on many phones: the slow ones come first.
        let little_first = |core: CoreId| Some((if core.id < 2 { 400 } else { 1024 }, 0));
        let sorted = |speed: &dyn Fn(CoreId) -> Option<Speed>| {
            fastest_first(&cores, speed).map(|cores| ids(&cores))
        };
        assert_eq!(sorted(&little_first), Some(vec![2, 3, 5, 0, 1]));
        assert_eq!(sorted(&|_| Some((1024, 0))), None, "all alike");
        let partly = |core: CoreId| (core.id < 3).then_some((1024, core.id as u64));
        assert_eq!(sorted(&partly), None, "nobody knows of some");
        assert!(fastest_first(&[], little_first).is_none());
    }

    #[test]
    fn second_threads_come_last() {
        // A server numbers the second threads after all first ones, a laptop pair by pair.
        let server = of(16, |_| 1024, |id| id % 8);
        assert_eq!(ids(&server.cores), (0..16).collect::<Vec<_>>());
        let pairs = of(16, |_| 1024, |id| id / 2);
        let (first, second): (Vec<usize>, Vec<usize>) = (0..16).partition(|id| id % 2 == 0);
        assert_eq!(ids(&pairs.cores), [first, second].concat());
        assert!(pairs.siblings_last && server.siblings_last && !pairs.by_speed);
    }

    #[test]
    fn a_slow_core_comes_before_the_second_thread_of_a_fast_one() {
        // Four fast cores of two threads each, then four slow ones of one.
        let laptop =
            of(12, |id| if id < 8 { 1024 } else { 500 }, |id| if id < 8 { id / 2 } else { id });
        assert_eq!(ids(&laptop.cores), [0, 2, 4, 6, 8, 9, 10, 11, 1, 3, 5, 7]);
        assert!(laptop.by_speed && laptop.siblings_last);
        let plain = of(8, |id| if id < 4 { 1024 } else { 400 }, |id| id);
        assert_eq!(ids(&plain.cores), (0..8).collect::<Vec<_>>());
        assert!(plain.by_speed && !plain.siblings_last);
    }

    #[test]
    fn a_system_that_tells_nothing_changes_nothing() {
        assert_eq!(speed(Path::new("/nowhere"), CoreId { id: 0 }), None);
        assert!(siblings(Path::new("/nowhere"), CoreId { id: 0 }).is_empty());
        let cores = [3, 1, 2].map(|id| CoreId { id });
        let order = ordered(&cores, |_| None, |_| Vec::new());
        assert_eq!(ids(&order.cores), [3, 1, 2]);
        assert!(!order.by_speed && !order.siblings_last);
        // As on a virtual machine with two cores that are each their own only thread.
        let two = of(2, |_| 1024, |id| id);
        assert_eq!((ids(&two.cores), two.siblings_last), (vec![0, 1], false));
    }
}
