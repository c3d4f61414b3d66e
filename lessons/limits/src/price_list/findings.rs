//! What the prices say: sentences that hold within the intervals, or are left out.

use measure::Interval;
use units::{about, seconds, three_digits};

use super::document::PriceList;
use crate::probes::prices::{
    ADD, ADDITION, LOAD, MUTEX, MUTEX_SHARED, Probe, RAYON_JOIN, READ, READ_SHARED, SPAWN,
    SYSTEM_CALL, WAKE,
};

/// At most so many are shown.
const SHOWN: usize = 3;

/// A ratio whose high end is so many times its low one is a guess.
const WIDE: f64 = 1.6;

/// The first few that hold.
pub(super) fn findings(list: &PriceList) -> Vec<String> {
    let all = [shared_lock, thread, readers, memory, wake, pool];
    all.iter().filter_map(|finding| finding(list)).take(SHOWN).collect()
}

/// How many times as much `one` costs, where that surely is more than once, and known well enough.
fn times(list: &PriceList, one: &Probe, other: &Probe) -> Option<Interval> {
    let ratio = list.seconds(one)?.ratio_to(list.seconds(other)?);
    (ratio.is_above(1.0) && ratio.high? < WIDE * ratio.low?).then_some(ratio)
}

/// `3.1 (2.9 to 3.4) times`; of large numbers two digits.
fn in_words(ratio: Interval) -> String {
    let number = |value: f64| if value < 10.0 { three_digits(value) } else { about(value) };
    let ends = ratio.low.zip(ratio.high);
    let ends = ends.map(|(low, high)| format!(" ({} to {})", number(low), number(high)));
    number(ratio.median) + &ends.unwrap_or_default()
}

fn shared_lock(list: &PriceList) -> Option<String> {
    Some(format!(
        "Where the cores met, a Mutex that all of them want costs {} times a free one, for each that gets it: \
         together they get through it less often than one core alone.",
        in_words(times(list, &MUTEX_SHARED, &MUTEX)?)
    ))
}

fn thread(list: &PriceList) -> Option<String> {
    let (adds, additions) = (times(list, &SPAWN, &ADD)?, times(list, &SPAWN, &ADDITION)?);
    let least = list.seconds(&SPAWN)?.low?;
    Some(format!(
        "To spawn and join a thread costs as much as {} atomic adds, or {} additions. Work that takes less than \
         {} is done before a thread for it has come and gone: start one for much more than that, or keep a pool.",
        in_words(adds),
        in_words(additions),
        seconds(least)
    ))
}

fn readers(list: &PriceList) -> Option<String> {
    Some(format!(
        "Where the cores met, to read under a RwLock costs {} times as much when all of them do it, although \
         nobody writes: each reader counts itself in and out, in one place for all.",
        in_words(times(list, &READ_SHARED, &READ)?)
    ))
}

fn memory(list: &PriceList) -> Option<String> {
    let loads = times(list, &LOAD, &ADDITION)?;
    Some(format!(
        "While a core waits for one load at a random place, it could add {} numbers.",
        in_words(loads)
    ))
}

fn wake(list: &PriceList) -> Option<String> {
    Some(format!(
        "To wake a thread costs {} times a system call: to enter the kernel is the smaller part of it.",
        in_words(times(list, &WAKE, &SYSTEM_CALL).filter(|ratio| ratio.is_above(2.0))?)
    ))
}

fn pool(list: &PriceList) -> Option<String> {
    Some(format!(
        "A thread costs {} times a rayon::join whose second half nobody steals: a pool pays for its threads once.",
        in_words(times(list, &SPAWN, &RAYON_JOIN)?)
    ))
}

#[cfg(test)]
mod tests {
    use super::super::document::tests::list;
    use super::*;

    fn all(spread: f64) -> PriceList {
        list(&[
            (ADDITION.name, 2.5e-11, spread),
            (ADD.name, 5e-9, spread),
            (MUTEX.name, 1e-8, spread),
            (MUTEX_SHARED.name, 3e-8, spread),
            (SPAWN.name, 3e-5, spread),
        ])
    }

    #[test]
    fn what_holds_within_the_intervals_is_said() {
        let said = findings(&all(0.05));
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said[0].contains("costs 3.00 (2.71 to 3.32) times a free one"), "{said:?}");
        assert!(said[1].contains("6,000 (5,400 to 6,600) atomic adds"), "{said:?}");
        assert!(said[1].contains("takes less than 28.5 us"), "{said:?}");
    }

    #[test]
    fn a_noisy_machine_says_nothing() {
        assert_eq!(findings(&all(0.4)), [""; 0]);
    }

    #[test]
    fn what_may_be_the_other_way_round_is_not_said() {
        let alike = list(&[(READ.name, 1e-8, 0.1), (READ_SHARED.name, 1.1e-8, 0.1)]);
        assert_eq!(findings(&alike), [""; 0]);
        let known = list(&[(WAKE.name, 1.5e-7, 0.01), (SYSTEM_CALL.name, 1e-7, 0.01)]);
        assert_eq!(findings(&known), [""; 0], "the kernel is the larger part of it");
    }

    #[test]
    fn no_more_than_a_few_are_shown() {
        let probes = [&LOAD, &WAKE, &RAYON_JOIN, &SYSTEM_CALL, &READ, &READ_SHARED];
        let mut many = all(0.01);
        let more = [1e-7, 1e-5, 1e-7, 1e-7, 1e-8, 9e-8];
        let more: Vec<_> =
            probes.iter().zip(more).map(|(probe, s)| (probe.name, s, 0.01)).collect();
        many.prices.extend(list(&more).prices);
        assert_eq!(findings(&many).len(), SHOWN);
    }
}
