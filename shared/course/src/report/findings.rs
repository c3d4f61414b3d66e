//! Sentences that read the numbers just measured back to the learner.
//!
//! Each finding is a function with its condition in it: it speaks where the numbers show the
//! effect, and is silent everywhere else.

use std::iter::once;

use measure::verdict::Verdict;
use units::{count, percent, seconds, speedup, three_digits};

use super::cores::{cores_hinder_each_other, cores_taken, cores_unlike};
use super::gate::Doubt;
use crate::{Document, Run};

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
        "{} took {}: that would be some {} additions a nanosecond, and no core can do 200. The compiler \
         put a formula in place of the loop; nobody added.",
        folded.strategy,
        seconds(folded.time()),
        units::about(per_nanosecond),
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
    let ratio = best.speedup?;
    (ratio.is_below(0.95) && !document.is_long()).then(|| {
        format!(
            "Of the rows that shared the work, even the best, {} with {} workers, is {} than one \
             core: sharing costs more than it saves. Try more terms with -n.",
            best.strategy,
            best.workers,
            speedup(ratio.median)
        )
    })
}

/// Says that equal ranges share uneven work unevenly, where the strategies that cut them (the first of `equal` that
/// ran) wait for their busiest worker; `balanced` are those that may do better.
///
/// Of a kernel whose terms cost the same it says nothing: there, a worker that was busy for longer was
/// kept from its core.
pub fn uneven_ranges(document: &Document, equal: &[&str], balanced: &[&str]) -> Option<String> {
    let run = equal.iter().find_map(|name| document.main_run(name))?;
    // One audited run may be unlucky: the time of all rounds must say the same. And on unequal cores
    // the busiest worker may be the one with the slowest core.
    let equal_cores = document.control(run.workers).is_none_or(|control| control.evenness() >= 0.9);
    let lost = run.of_control.is_none_or(|share| share.is_below(0.93));
    if document.kernel.name.description().even || !document.is_long() || !equal_cores || !lost {
        return None;
    }
    let imbalance = run.imbalance.filter(|imbalance| *imbalance > 1.1 && run.busy_workers() > 1)?;
    let cured = |fair: &&Run| fair.imbalance.is_some_and(|imbalance| imbalance < 1.1);
    let better = balanced
        .iter()
        .filter_map(|name| document.main_run(name))
        .find(|fair| cured(fair) && fair.is_shared() && fair.time() < run.time());
    let remedy = better.map_or_else(
        || "the lesson work-stealing has a remedy".to_owned(),
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
    let (bytes, share) = (best.bytes_per_second?, best.share_of_control()?);
    let ceiling = document.machine.ceilings.read_bytes_per_second;
    // What other programs had of the cores is no fault of the memory.
    let control = document.control(best.workers)?;
    let on_core = control.on_core.as_ref().map(|on_core| on_core.iter().sum());
    let scales = control.cores.median > 0.85 * on_core.unwrap_or(best.workers as f64);
    // Well above the ceiling the numbers came from a cache.
    let reached = (0.9..1.1).contains(&(bytes / ceiling));
    (document.reads_memory() && reached && !scales && share >= 0.9).then(|| {
        let cores = count(document.machine.usable_cores as u64, "core");
        format!(
            "{} reads {} of the {} GB/s that {cores} can read together: more workers here would \
             only wait for the memory.",
            best.strategy,
            three_digits(bytes * 1e-9),
            three_digits(ceiling * 1e-9)
        )
    })
}

fn gain_and_control(document: &Document) -> Option<String> {
    let best = document.best()?;
    let (gain, share) = (best.speedup?, best.of_control?);
    let (cores, shown) = (best.cores_beside()?, best.share_of_control()?);
    if !gain.is_above(1.1) || best.workers > document.machine.usable_cores {
        return None;
    }
    let left = if share.is_above(0.93) {
        ": there is little left to gain".to_owned()
    } else if share.is_below(0.95) {
        let placed = match document.pinned {
            Some(true) => "",
            _ => ", or the system put two workers on one core (--pin rules that out)",
        };
        format!(
            ". The missing {} went into sharing or waiting{placed}",
            percent((1.0 - shown).max(0.0))
        )
    } else {
        String::new()
    };
    Some(format!(
        "{} workers gave {} ({}); {} independent sums would have given {}x{left}.",
        best.workers,
        speedup(gain.median),
        best.strategy,
        best.workers,
        three_digits(cores)
    ))
}

/// Where the cores are given one by one, and their second threads bring little more.
fn second_thread_adds_little(document: &Document) -> Option<String> {
    let (physical, all) = (document.machine.physical_cores, document.best()?.workers);
    let whole = document.cores(all)?;
    let mut fewer = (1..=physical).rev().filter_map(|count| Some((count, document.cores(count)?)));
    let (count, cores) = fewer.next()?;
    let given = cores > 0.9 * count as f64;
    let smt = document.machine.smt == Some(true) && all >= 2 * physical;
    (smt && given && !document.reads_memory() && whole < 1.3 * physical as f64).then(|| {
        format!(
            "{all} workers on {physical} cores with two threads each got {} cores' worth: the second \
             thread of a core adds little, because both use the same units.",
            three_digits(whole)
        )
    })
}

/// One strategy that adds floats gives another sum with other workers.
fn order_matters(document: &Document) -> Option<String> {
    let float = document.right().find(|run| !run.same_bits && run.sum.is_some())?;
    let other = document
        .right()
        .find(|run| run.strategy == float.strategy && run.sum.is_some() && run.sum != float.sum)?;
    Some(format!(
        "{} gives {} with {} and {} with {}: floats do not add associatively, so the order of the \
         additions changes the answer.",
        float.strategy,
        float.sum.as_deref()?,
        count(float.workers as u64, "worker"),
        other.sum.as_deref()?,
        count(other.workers as u64, "worker")
    ))
}

#[cfg(test)]
pub(super) mod tests;
