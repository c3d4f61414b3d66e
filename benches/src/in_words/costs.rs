//! What it costs to share.

use units::{seconds, three_digits};

use crate::figures::{median, per_term, surely_above};
use crate::results::{Measured, Question, Results};
use crate::text::listed;

/// What one thread, one task and one process cost.
pub(super) fn dispatch(results: &Results) -> Option<String> {
    let cost = |names: &[&str]| {
        let named = |name: &&str| results.of(Question::Overhead).find(|it| it.strategy == **name);
        let cost =
            |it: &Measured| it.cost_of_dispatch().filter(|cost| median(Some(*cost)).is_some());
        names.iter().find_map(|name| cost(named(name)?))
    };
    let thread = cost(&["thread", "scope"]);
    let task = cost(&["deque-task", "rayon-join"]);
    let process = cost(&["child-process"]);
    let costs = [("a thread", thread), ("a task", task), ("a child process", process)];
    let costs: Vec<String> = costs
        .into_iter()
        .filter_map(|(what, cost)| Some(format!("{what} costs {}", seconds(cost?.median))))
        .collect();
    let advice = if surely_above(thread, task) {
        " So start workers once, and hand them tasks."
    } else {
        " A part of a sum must be much longer than that to be worth it."
    };
    (!costs.is_empty()).then(|| format!("Nothing is shared for free: {}.{advice}", listed(&costs)))
}

/// What it costs to write to the same place.
pub(super) fn contention(results: &Results) -> Option<String> {
    let close = distance_factor(results).map(|(factor, near, far)| {
        format!(
            "Counters {near} bytes apart lie in one cache line, which the cores take from each \
             other: a term takes {} times as long there as {far} bytes apart.",
            three_digits(factor)
        )
    });
    let one_place = ["mutex-std", "mutex-parking-lot", "atomic"].iter().find_map(|name| {
        let of_name = || results.of(Question::Contention).filter(|it| it.strategy == **name);
        let alone = of_name().find(|it| it.workers == 1)?;
        let many = of_name().filter(|it| it.workers > 1).max_by_key(|it| it.workers)?;
        let what = if *name == "atomic" { "atomic addition" } else { "lock" };
        surely_above(many.per_term(), alone.per_term()).then_some(())?;
        Some(format!(
            "One {what} for each term costs {} with one worker and {} with {}: add in private, and \
             share once.",
            seconds(per_term(alone)?),
            seconds(per_term(many)?),
            many.workers
        ))
    });
    let sentences: Vec<String> = close.into_iter().chain(one_place).collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// How much longer a term takes with the nearest counters than with the farthest, and both distances
/// in bytes; with the most workers that were measured.
///
/// Only where the distance explains it: each time is sure, and none is surely above that of nearer counters.
fn distance_factor(results: &Results) -> Option<(f64, u64, u64)> {
    let by_distance = by_distance(results);
    let (near, far) = (by_distance.first()?, by_distance.last()?);
    let falls = by_distance.iter().enumerate().all(|(place, farther)| {
        let nearer = &by_distance[..place];
        !nearer.iter().any(|nearer| surely_above(farther.per_term(), nearer.per_term()))
    });
    let sure = by_distance.iter().all(|it| it.per_term().is_some_and(|time| !time.is_wide()));
    let factor = per_term(near)? / per_term(far)?;
    // Only one distance says nothing, and neither do two that cost the same.
    let explains = sure && falls && factor > 1.15 && surely_above(near.per_term(), far.per_term());
    explains.then_some((factor, near.distance?, far.distance?))
}

/// What was measured of counters apart, by the most workers, the nearest first.
fn by_distance(results: &Results) -> Vec<&Measured> {
    let apart = || results.of(Question::Contention).filter(|it| it.distance.is_some());
    let most = apart().map(|it| it.workers).max().filter(|workers| *workers > 1);
    let full = apart().filter(|it| Some(it.workers) == most && per_term(it).is_some());
    let mut sorted: Vec<&Measured> = full.collect();
    sorted.sort_by_key(|it| it.distance);
    sorted
}

/// Whether the time of a term falls with the distance of the counters, as it does where they leave a line.
pub(crate) fn distance_explains(results: &Results) -> bool {
    distance_factor(results).is_some()
}
