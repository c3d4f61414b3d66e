//! Sentences that read the numbers just measured back to the learner.
//!
//! Each finding is a function with its condition in it: it speaks where the numbers show the
//! effect, and is silent everywhere else.

use std::iter::once;

use measure::verdict::Verdict;
use units::{count, percent, seconds, speedup, three_digits};

use super::cores::{cores_hinder_each_other, cores_taken, cores_unlike};
use super::gate::Doubt;
use crate::Document;

/// A sentence that reads the numbers back; `None` where they do not show its effect.
pub type Finding = fn(&Document) -> Option<String>;

/// What has to be known before anything else.
const FIRST: [Finding; 3] = [cores_taken, cores_unlike, cores_hinder_each_other];

/// What verdicts and bits say: true however busy the machine is.
const SURE: [Finding; 2] = [nobody_added, idle_workers];

/// What the times say in any lesson; what surprises most comes first.
const GENERAL: [Finding; 4] =
    [slower_than_one, bandwidth_reached, gain_and_control, second_thread_adds_little];

/// As [`SURE`], but less of a surprise.
const LAST: [Finding; 1] = [order_matters];

/// At most `most` sentences, chosen by the numbers: what has to be known first, then what only the lesson
/// can say, then what is true of any lesson. Where the times are in `doubt`, this stands in place of
/// all that reads them.
pub(super) fn chosen(
    document: &Document,
    of_the_lesson: &[String],
    doubt: Option<Doubt>,
    most: usize,
) -> Vec<String> {
    let speak =
        |findings: &'static [Finding]| findings.iter().filter_map(move |finding| finding(document));
    if let Some(doubt) = doubt {
        let sure = speak(&SURE).chain(speak(&LAST));
        return once(doubt.to_string()).chain(sure).take(most).collect();
    }
    let first = speak(&FIRST).chain(speak(&SURE));
    let all = first.chain(of_the_lesson.iter().cloned()).chain(speak(&GENERAL)).chain(speak(&LAST));
    all.take(most).collect()
}

fn nobody_added(document: &Document) -> Option<String> {
    let folded = document.runs.iter().find(|run| run.verdict == Verdict::Folded)?;
    let per_nanosecond = folded.terms as f64 / folded.time() * 1e-9;
    Some(format!(
        "{} took {}: that would be {} additions a nanosecond, and no core can do 200. The compiler \
         put a formula in place of the loop; nobody added.",
        folded.strategy,
        seconds(folded.time()),
        units::grouped(per_nanosecond as u64),
    ))
}

fn idle_workers(document: &Document) -> Option<String> {
    let terms = document.kernel.terms;
    let run = document.right().find(|run| run.workers as u64 > terms)?;
    Some(format!(
        "{} for {}: {} with nothing to do, idle.",
        count(run.workers as u64, "worker"),
        count(terms, "term"),
        count(run.workers as u64 - terms, "worker"),
    ))
}

fn slower_than_one(document: &Document) -> Option<String> {
    let best = document.best()?;
    let ratio = best.speedup?.median;
    (ratio < 0.95 && !document.is_long()).then(|| {
        format!(
            "Even the best, {} with {} workers, is {} than one core: sharing the work costs more \
             than the work. Try more terms with -n.",
            best.strategy,
            best.workers,
            speedup(ratio)
        )
    })
}

/// Says that equal ranges share the work unevenly, where the strategies that cut them (the first of `equal` that ran)
/// wait for their busiest worker; `balanced` are those that may do better.
pub fn uneven_ranges(document: &Document, equal: &[&str], balanced: &[&str]) -> Option<String> {
    let run = equal.iter().find_map(|name| document.main_run(name))?;
    // One audited run may be unlucky, or the machine may: the time of all rounds must say the same.
    let given = document.cores(run.workers).is_none_or(|cores| cores > 0.85 * run.workers as f64);
    let lost = run.of_control.is_none_or(|share| share.median < 0.93);
    if !document.is_long() || !given || !lost {
        return None;
    }
    let imbalance = run.imbalance.filter(|imbalance| *imbalance > 1.1 && run.busy_workers() > 1)?;
    let better = balanced
        .iter()
        .filter_map(|name| document.main_run(name))
        .find(|fair| fair.imbalance.is_some_and(|fair| fair < imbalance - 0.05));
    let remedy = better.map_or_else(
        || "work stealing fixes that".to_owned(),
        |fair| {
            format!(
                "{} brings it to {}x",
                fair.strategy,
                three_digits(fair.imbalance.unwrap_or(1.0))
            )
        },
    );
    Some(format!(
        "Equal ranges are out of balance: the busiest worker of {} worked {}x the mean, and the \
         others waited for it; {remedy}.",
        run.strategy,
        three_digits(imbalance)
    ))
}

fn bandwidth_reached(document: &Document) -> Option<String> {
    let best = document.best()?;
    let (bytes, fraction) = (best.bytes_per_second?, best.ceiling_fraction?);
    let scales = best.speedup?.median > 0.85 * best.workers as f64;
    // Well above the ceiling the numbers came from a cache.
    ((0.85..1.15).contains(&fraction) && !scales).then(|| {
        format!(
            "{} reads {} GB/s, and all cores together can read {} GB/s: memory is the limit, and \
             more workers would only wait for it.",
            best.strategy,
            three_digits(bytes * 1e-9),
            three_digits(document.machine.ceilings.read_bytes_per_second * 1e-9)
        )
    })
}

fn gain_and_control(document: &Document) -> Option<String> {
    let best = document.best()?;
    let (gain, share) = (best.speedup?.median, best.of_control?.median);
    let cores = document.cores(best.workers)?;
    (gain >= 1.1 && best.workers <= document.machine.usable_cores).then(|| {
        let left = if share > 1.1 {
            "the machine gave more at one moment than at another; run it again".to_owned()
        } else if share >= 0.95 {
            "there is little left to gain".to_owned()
        } else {
            format!("sharing cost the other {}", percent(1.0 - share))
        };
        format!(
            "{} workers gave {} ({}); {} independent sums would have given {}x: {left}.",
            best.workers,
            speedup(gain),
            best.strategy,
            best.workers,
            three_digits(cores)
        )
    })
}

fn second_thread_adds_little(document: &Document) -> Option<String> {
    let physical = document.machine.physical_cores;
    let all = document.best()?.workers;
    let (half, whole) = (document.cores(physical)?, document.cores(all)?);
    (document.machine.smt == Some(true) && all >= 2 * physical && whole < 1.3 * half).then(|| {
        format!(
            "From {physical} to {all} workers the machine gave only {}x more: the second thread of \
             each core adds little, because both use the same units.",
            three_digits(whole / half)
        )
    })
}

fn order_matters(document: &Document) -> Option<String> {
    let float = document.right().find(|run| !run.same_bits)?;
    Some(format!(
        "{} ends in other bits than the fixed-point rows: floats do not add associatively, so the \
         order of the additions changes the answer.",
        float.strategy
    ))
}

#[cfg(test)]
pub(super) mod tests;
