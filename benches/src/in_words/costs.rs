//! What it costs to share.

use units::{seconds, three_digits};

use crate::figures::{kernels, median, per_term};
use crate::results::{Measured, Question, Results};
use crate::text::listed;

/// What one thread, one task and one process cost.
pub(super) fn dispatch(results: &Results) -> Option<String> {
    let cost = |names: &[&str]| {
        let named = |name: &&str| results.of(Question::Overhead).find(|it| it.strategy == **name);
        names.iter().find_map(|name| median(named(name)?.cost_of_dispatch()))
    };
    let thread = cost(&["thread", "scope"]);
    let task = cost(&["deque-task", "rayon-join"]);
    let process = cost(&["child-process"]);
    let costs = [("a thread", thread), ("a task", task), ("a child process", process)];
    let costs: Vec<String> = costs
        .into_iter()
        .filter_map(|(what, cost)| Some(format!("{what} costs {}", seconds(cost?))))
        .collect();
    let advice = match (thread, task) {
        (Some(thread), Some(task)) if task < thread => {
            " So start workers once, and hand them tasks."
        }
        _ => " A part of a sum must be much longer than that to be worth it.",
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
        let alone = per_term(of_name().find(|it| it.workers == 1)?)?;
        let many = of_name().filter(|it| it.workers > 1).max_by_key(|it| it.workers)?;
        let term = per_term(many)?;
        let what = if *name == "atomic" { "atomic addition" } else { "lock" };
        Some(format!(
            "One {what} for each term costs {} with one worker and {} with {}: add in private, and \
             share once.",
            seconds(alone),
            seconds(term),
            many.workers
        ))
    });
    let sentences: Vec<String> = close.into_iter().chain(one_place).collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// How much longer a term takes with the nearest counters than with the farthest, and both distances
/// in bytes; with the most workers that were measured.
fn distance_factor(results: &Results) -> Option<(f64, u64, u64)> {
    let apart = || results.of(Question::Contention).filter(|it| it.distance.is_some());
    let workers = apart().map(|it| it.workers).max().filter(|workers| *workers > 1)?;
    let full = || apart().filter(|it| it.workers == workers && per_term(it).is_some());
    let near: &Measured = full().min_by_key(|it| it.distance)?;
    let far = full().max_by_key(|it| it.distance)?;
    let factor = per_term(near)? / per_term(far)?;
    // Only one distance says nothing, and neither do two that cost the same.
    (factor > 1.15).then_some((factor, near.distance?, far.distance?))
}

/// The same sums in C, alone and with `OpenMP`.
pub(super) fn peers(results: &Results) -> Option<String> {
    let range = |of_peer: fn(&Measured) -> bool| {
        let ratios: Vec<f64> = results
            .of(Question::Peers)
            .filter(|it| of_peer(it))
            .filter_map(|it| median(it.ratio_to_peer()))
            .collect();
        let least = ratios.iter().copied().reduce(f64::min)?;
        let most = ratios.iter().copied().reduce(f64::max)?;
        let (least, most) = (three_digits(least), three_digits(most));
        Some(if least == most { least } else { format!("{least} to {most}") })
    };
    let alone =
        range(|it| it.strategy == "c").map(|ratio| format!("{ratio} times C's on one core"));
    let many = range(|it| it.strategy.starts_with("openmp"))
        .map(|ratio| format!("{ratio} times OpenMP's on all cores"));
    let ratios: Vec<String> = alone.into_iter().chain(many).collect();
    let kernels = kernels(results, Question::Peers).len();
    (!ratios.is_empty()).then(|| {
        format!(
            "The same sums in C are the check from outside. Over {kernels} kernel{} our time is {}; \
             below 1, ours is shorter.",
            if kernels == 1 { "" } else { "s" },
            listed(&ratios)
        )
    })
}
