//! In which order workers take the hardware threads, where the system tells what these are.

use std::cmp::Reverse;

use super::HardwareThread;

/// Hardware threads in the order in which workers take them.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// Their numbers in the system.
    pub cores: Vec<usize>,
    /// Whether the fastest come first, because some are slower.
    pub by_speed: bool,
    /// Whether second hardware threads come last, because some cores have two.
    pub siblings_last: bool,
}

impl Order {
    /// The fastest first, and the second hardware thread of a core after the first one of each. Two workers on one
    /// core get little more than one. What the system does not tell changes nothing.
    pub fn of(threads: &[HardwareThread]) -> Self {
        let sorted = fastest_first(threads);
        let by_speed = sorted.is_some();
        let threads = sorted.unwrap_or_else(|| threads.iter().collect());
        // How many threads of the same core come before it.
        let rank = |(place, thread): (usize, &&HardwareThread)| {
            let before = threads[..place].iter();
            before.filter(|other| thread.siblings.contains(&other.number)).count()
        };
        let ranks = threads.iter().enumerate().map(rank);
        let mut ranked: Vec<(usize, usize)> =
            ranks.zip(threads.iter().map(|thread| thread.number)).collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        Order {
            siblings_last: ranked.last().is_some_and(|(rank, _)| *rank > 0),
            cores: ranked.into_iter().map(|(_, number)| number).collect(),
            by_speed,
        }
    }
}

/// The fastest first; those that are as fast as each other stay in their order. `None` where the system does not
/// tell of each how fast it is, or all are alike.
fn fastest_first(threads: &[HardwareThread]) -> Option<Vec<&HardwareThread>> {
    let mut sorted: Vec<&HardwareThread> = threads.iter().collect();
    let first = sorted.first()?.speed?;
    if sorted.iter().any(|thread| thread.speed.is_none())
        || sorted.iter().all(|thread| thread.speed == Some(first))
    {
        return None;
    }
    sorted.sort_by_key(|thread| Reverse(thread.speed));
    Some(sorted)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The order of so many threads, of which each has a speed and the number of the core that it is a thread of.
    fn of(threads: usize, speed: impl Fn(usize) -> u64, core: impl Fn(usize) -> usize) -> Order {
        let siblings = |one| (0..threads).filter(|other| core(*other) == core(one)).collect();
        let thread = |number| HardwareThread {
            number,
            siblings: siblings(number),
            speed: Some((speed(number), 0)),
        };
        Order::of(&(0..threads).map(thread).collect::<Vec<_>>())
    }

    #[test]
    fn slow_cores_come_last_and_equal_ones_stay() {
        let sorted = |speed: &dyn Fn(usize) -> Option<(u64, u64)>| {
            let thread =
                |number| HardwareThread { number, siblings: vec![number], speed: speed(number) };
            let order = Order::of(&[0, 1, 2, 3, 5].map(thread));
            (order.cores, order.by_speed)
        };
        // As on many phones: the slow ones come first.
        let little_first = |number| Some((if number < 2 { 400 } else { 1024 }, 0));
        assert_eq!(sorted(&little_first), (vec![2, 3, 5, 0, 1], true));
        let unsorted = (vec![0, 1, 2, 3, 5], false);
        assert_eq!(sorted(&|_| Some((1024, 0))), unsorted, "all alike");
        let partly = |number: usize| (number < 3).then_some((1024, number as u64));
        assert_eq!(sorted(&partly), unsorted, "nobody knows of some");
        assert_eq!(Order::of(&[]).cores, []);
    }

    #[test]
    fn second_threads_come_last() {
        // A server numbers the second threads after all first ones, a laptop pair by pair.
        let server = of(16, |_| 1024, |number| number % 8);
        assert_eq!(server.cores, (0..16).collect::<Vec<_>>());
        let pairs = of(16, |_| 1024, |number| number / 2);
        let (first, second): (Vec<usize>, Vec<usize>) = (0..16).partition(|number| number % 2 == 0);
        assert_eq!(pairs.cores, [first, second].concat());
        assert!(pairs.siblings_last && server.siblings_last && !pairs.by_speed);
    }

    #[test]
    fn a_slow_core_comes_before_the_second_thread_of_a_fast_one() {
        // Four fast cores of two threads each, then four slow ones of one.
        let laptop = of(
            12,
            |number| if number < 8 { 1024 } else { 500 },
            |number| if number < 8 { number / 2 } else { number },
        );
        assert_eq!(laptop.cores, [0, 2, 4, 6, 8, 9, 10, 11, 1, 3, 5, 7]);
        assert!(laptop.by_speed && laptop.siblings_last);
        let plain = of(8, |number| if number < 4 { 1024 } else { 400 }, |number| number);
        assert_eq!(plain.cores, (0..8).collect::<Vec<_>>());
        assert!(plain.by_speed && !plain.siblings_last);
    }

    #[test]
    fn a_system_that_tells_nothing_changes_nothing() {
        let thread = |number| HardwareThread { number, ..HardwareThread::default() };
        let order = Order::of(&[3, 1, 2].map(thread));
        assert_eq!(order, Order { cores: vec![3, 1, 2], by_speed: false, siblings_last: false });
        // As on a virtual machine with two cores that are each their own only thread.
        let two = of(2, |_| 1024, |number| number);
        assert_eq!((two.cores, two.siblings_last), (vec![0, 1], false));
    }
}
