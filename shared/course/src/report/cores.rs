//! What the control says of the machine: how much of its cores the workers got, and why not all of it.
//!
//! A worker that was kept off its core and one whose core is slow do equally little. The thread's own CPU
//! clock tells them apart.

use measure::LARGEST_SHARE;
use units::{percent, three_digits};

use crate::document::ALIKE;
use crate::{Control, Document};

/// Below this part of the cores, they were not all given.
const CLEARLY_FEWER: f64 = 0.85;

/// The control beside the best row: what the sentences are about.
fn beside_the_best(document: &Document) -> Option<&Control> {
    let workers = document.best()?.workers.min(document.machine.usable_cores);
    document.control(workers).filter(|control| document.is_long() && control.rates.len() > 1)
}

/// Others had the cores for a part of the time.
pub(super) fn cores_taken(document: &Document) -> Option<String> {
    let control = beside_the_best(document)?;
    let on_core = control.on_core.as_ref()?;
    let workers = on_core.len();
    let had: f64 = on_core.iter().sum();
    let taken = workers as f64 - had > 0.1 * workers as f64;
    taken.then(|| {
        let least = on_core.iter().copied().fold(1.0, f64::min);
        format!(
            "{workers} workers were on a core for {} of the time, the one that had least for {}: other \
             programs, or a quota, had the rest. So compare with {} cores, not with {workers}.",
            percent(had / workers as f64),
            percent(least),
            three_digits(control.cores.median)
        )
    })
}

/// Each worker had its core all the time, and some did less in it.
pub(super) fn cores_unlike(document: &Document) -> Option<String> {
    let control = beside_the_best(document)?;
    let speeds = control.speeds_on_core()?;
    let slowest = slowest_over_fastest(&speeds);
    let best = document.best()?;
    let used = best.share_of_control().map_or_else(String::new, |share| {
        format!("; {} used {} of them", best.strategy, percent(share))
    });
    (slowest < ALIKE).then(|| {
        format!(
            "On a core all the time, the slowest of {} workers did {} of what the fastest did: {}. Equal \
             ranges wait for it and can use {} of the {} cores{used}.",
            speeds.len(),
            three_digits(slowest),
            either(&unlike(document, speeds.len())),
            three_digits(control.even),
            three_digits(control.cores.median)
        )
    })
}

/// Each worker had its core all the time, and all did less in it than one alone.
pub(super) fn cores_hinder_each_other(document: &Document) -> Option<String> {
    let control = beside_the_best(document)?;
    let speeds = control.speeds_on_core()?;
    let (workers, cores) = (speeds.len(), control.cores.median);
    let fewer = cores < CLEARLY_FEWER * workers as f64;
    (fewer && slowest_over_fastest(&speeds) >= ALIKE).then(|| {
        format!(
            "On a core all the time, {workers} workers did the work of {} such cores alone: {}. So \
             compare with that, not with {workers}.",
            three_digits(cores),
            either(&hindered(document, workers))
        )
    })
}

/// What equal ranges lose on cores that were not equal just then. Nothing is said where that is not sure, and where
/// together they seem faster than as many cores can be: then the one core that they are compared with was slowed
/// down.
pub(super) fn uneven_note(document: &Document, workers: usize) -> Option<String> {
    let control = document.control(workers).filter(|control| !control.is_even())?;
    let possible = LARGEST_SHARE * control.rates.len() as f64;
    let sure = !control.cores.is_wide() && control.cores.median <= possible;
    sure.then(|| {
        format!(
            "{} workers were given {} cores; the slowest got {}, so equal ranges can use {}",
            control.rates.len(),
            three_digits(control.cores.median),
            three_digits(control.slowest()),
            three_digits(control.even)
        )
    })
}

fn slowest_over_fastest(speeds: &[f64]) -> f64 {
    let fastest = speeds.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
    speeds.iter().copied().fold(fastest, f64::min) / fastest
}

/// What could make cores unlike on this machine. None of it was measured.
fn unlike(document: &Document, workers: usize) -> Vec<&'static str> {
    let machine = &document.machine;
    let mut causes = vec!["the cores are of several kinds", "some run at a lower clock"];
    if machine.smt != Some(false) && workers > machine.physical_cores {
        causes.push("some workers share a core, as its two hardware threads");
    }
    if document.reads_memory() {
        causes.push("memory is nearer to some cores");
    }
    if machine.virtual_machine == Some(true) {
        causes.push("the host of this virtual machine lends some of them for less of the time");
    }
    causes
}

/// What could make cores slower when all are busy. None of it was measured.
fn hindered(document: &Document, workers: usize) -> Vec<&'static str> {
    let machine = &document.machine;
    let mut causes = Vec::new();
    if document.reads_memory() {
        causes.push("all wait for memory");
    }
    if machine.smt == Some(true) && workers > machine.physical_cores {
        causes.push("two hardware threads of one core share its units");
    } else if machine.smt.is_none() {
        causes.push("two of these cores are hardware threads of one");
    }
    if machine.virtual_machine == Some(true) {
        causes.push("the host of this virtual machine lends them for less of the time");
    }
    causes.push("the clock is lower while all are busy");
    causes
}

/// `A`, `either A or B`, `either A, or B, or C`.
fn either(causes: &[&str]) -> String {
    match causes {
        [] => "why, was not measured".to_owned(),
        [one] => format!("perhaps {one}"),
        [one, other] => format!("either {one} or {other}"),
        several => format!("either {}", several.join(", or ")),
    }
}

#[cfg(test)]
mod tests;
