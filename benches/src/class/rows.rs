//! What the row of a learner came to, in a document of a table.

use course::{Document, Doubt, Run, doubt};
use measure::verdict::Verdict;
use measure::{Interval, believable_share};
use units::{percent, three_digits};

use super::off::Off;
use super::standing::{Answer, Outcome, Standing};
use crate::text::{cut, readable};

/// The row of the learner's own strategy.
pub(super) const YOURS: &str = "your-turn";

/// Fewer cores than this tell sharing from not sharing in no way.
const LEAST_CAPACITY: f64 = 1.2;

/// A row counts as fast that takes no more than so many times as long as the best row beside it.
pub(super) const FAST: f64 = 1.15;

/// No reason is longer.
const LONGEST: usize = 300;

/// The learner's rows, judged.
pub(super) fn standing(document: &Document) -> Standing {
    let kernel = document.kernel.name;
    if kernel.is_yours() {
        return of_own_kernel(document);
    }
    let mine: Vec<&Run> = document.runs.iter().filter(|run| run.strategy == YOURS).collect();
    let standing = match first_fault(&mine) {
        Some(run) => fault(document, run),
        None => match main_run(document, &mine) {
            Some(run) => right(document, run, true),
            None => Standing::of(kernel.as_str(), Outcome::NotRun, &not_run(&mine)),
        },
    };
    Standing { terms: Some(document.kernel.terms), ..standing }
}

/// Of the learner's own kernel all rows count: each of them sums it. There is no other way to sum it that would be
/// faster, so whether it is fast is not asked.
fn of_own_kernel(document: &Document) -> Standing {
    let all: Vec<&Run> = document.runs.iter().collect();
    let standing = match first_fault(&all) {
        Some(run) => fault(document, run),
        None => match document.best().or_else(|| main_run(document, &all)) {
            Some(run) => Standing { fast: Answer::NotAsked, ..right(document, run, false) },
            None => Standing::of("yours", Outcome::NotRun, &not_run(&all)),
        },
    };
    Standing { terms: Some(document.kernel.terms), ..standing }
}

/// The first of the worst: a wrong sum is more than a failure, and both are more than a folded loop.
fn first_fault<'r>(runs: &[&'r Run]) -> Option<&'r Run> {
    let of = |verdict| runs.iter().find(|run| run.verdict == verdict).copied();
    [Verdict::Wrong, Verdict::Failed, Verdict::Folded, Verdict::Unaudited].into_iter().find_map(of)
}

fn fault(document: &Document, run: &Run) -> Standing {
    let note = run.note.as_deref().unwrap_or("no reason is given");
    // What follows stands in each of them.
    let note = note.split("; fix the code of").next().unwrap_or(note);
    let note = cut(readable(note).trim(), LONGEST);
    let outcome = match run.verdict {
        Verdict::Wrong => Outcome::Wrong,
        Verdict::Failed => Outcome::Failed,
        Verdict::Folded => Outcome::Folded,
        _ => Outcome::Unaudited,
    };
    let off = if outcome == Outcome::Wrong { Off::of(&note) } else { None };
    Standing {
        workers: Some(run.workers),
        busy: Some(run.busy_workers()),
        off,
        ..Standing::of(document.kernel.name.as_str(), outcome, &note)
    }
}

fn not_run(runs: &[&Run]) -> String {
    let skipped = runs.iter().find(|run| run.verdict == Verdict::Skipped);
    match skipped.and_then(|run| run.note.as_deref()) {
        Some(note) => format!("skipped: {}", cut(readable(note).trim(), LONGEST)),
        None if runs.is_empty() => "the learner's row was not asked for".to_owned(),
        None => "the learner's row was skipped".to_owned(),
    }
}

/// With the most workers that there are cores for, or else with the fewest.
fn main_run<'d>(document: &Document, runs: &[&'d Run]) -> Option<&'d Run> {
    let right = || runs.iter().filter(|run| run.verdict == Verdict::Right);
    let fits = |run: &&&Run| run.workers <= document.machine.usable_cores;
    let most = right().filter(fits).max_by_key(|run| run.workers);
    most.or_else(|| right().min_by_key(|run| run.workers)).copied()
}

fn right(document: &Document, run: &Run, is_learners: bool) -> Standing {
    let capacity = document.cores(run.workers);
    let (parallel, why) = parallel(document, run, share(run));
    // One worker of several cores uses its own core: that is no share of what it could have had.
    let share = share(run).filter(|_| run.workers > 1 || parallel == Answer::NotAsked);
    let best = best_beside(document, run);
    let (fast, why) = match &parallel {
        Answer::Yes if is_learners => fast(run, best),
        Answer::No => (Answer::No, why),
        Answer::NotAsked => fast(run, best),
        _ => (parallel.clone(), why),
    };
    Standing {
        parallel,
        fast,
        workers: Some(run.workers),
        busy: Some(run.busy_workers()),
        share,
        capacity,
        best: best.map(|best| (cut(&readable(&best.strategy), 40), best.share_of_control())),
        ..Standing::of(
            document.kernel.name.as_str(),
            Outcome::Right,
            &cut(&readable(&why), LONGEST),
        )
    }
}

fn share(run: &Run) -> Option<Interval> {
    run.of_control.and_then(believable_share).filter(|share| share.median.is_finite())
}

/// Whether several workers shared the sum: the audit saw them, and together they did more than one core does.
fn parallel(document: &Document, run: &Run, share: Option<Interval>) -> (Answer, String) {
    let cannot = |why: String| (Answer::CannotTell(why.clone()), why);
    if document.runs.iter().all(|run| run.workers == 1) {
        return match document.machine.usable_cores {
            0 | 1 => cannot("there is one core, so nobody can share it".to_owned()),
            _ if is_sequential(document) => (Answer::NotAsked, String::new()),
            _ => cannot("it was run with one worker only".to_owned()),
        };
    }
    let busy = run.busy_workers();
    if busy <= 1 {
        return (Answer::No, "one worker summed every term".to_owned());
    }
    if busy > run.workers {
        return cannot(format!(
            "{busy} workers were busy where {} were asked for, so there is no capacity to hold it against",
            run.workers
        ));
    }
    if let Some(doubt) = doubt(document) {
        return cannot(in_short(doubt));
    }
    let Some(capacity) = document.control(run.workers).map(|control| control.cores.median) else {
        return cannot("the run has no control to hold it against".to_owned());
    };
    if capacity < LEAST_CAPACITY {
        return cannot(format!(
            "{} workers were given {} cores",
            run.workers,
            three_digits(capacity)
        ));
    }
    let Some(share) = share.filter(|share| share.low.is_some()) else {
        return cannot("its share of the capacity is not known".to_owned());
    };
    let one_core = 1.0 / capacity;
    if share.is_above(one_core) {
        let why = format!(
            "{busy} workers used {} of {} cores",
            percent(share.median),
            three_digits(capacity)
        );
        (Answer::Yes, why)
    } else if share.is_below(one_core) {
        let cores = three_digits(share.median * capacity);
        (
            Answer::No,
            format!("{busy} workers were busy, and together did the work of {cores} cores"),
        )
    } else {
        cannot(format!(
            "its share is {}, and one core alone is {}",
            between(share),
            percent(one_core)
        ))
    }
}

/// Whether it is as fast as the best row that the library had in the same rounds.
fn fast(run: &Run, best: Option<&Run>) -> (Answer, String) {
    let cannot = |why: String| (Answer::CannotTell(why.clone()), why);
    let Some(best) = best else {
        return cannot("no row of the library was run beside it".to_owned());
    };
    let Some(ratio) = run.times_as_long_as(best).filter(|ratio| ratio.low.is_some()) else {
        return cannot("too few rounds for an interval".to_owned());
    };
    let beside = format!("it takes {}x as long as {}", three_digits(ratio.median), best.strategy);
    if ratio.is_below(FAST) {
        (Answer::Yes, beside)
    } else if ratio.is_above(FAST) {
        (Answer::No, beside)
    } else {
        let (low, high) = (ratio.low.unwrap_or(ratio.median), ratio.high.unwrap_or(ratio.median));
        cannot(format!(
            "it takes between {}x and {}x as long as {}",
            three_digits(low),
            three_digits(high),
            best.strategy
        ))
    }
}

/// The fastest row of the library with as many workers.
fn best_beside<'d>(document: &'d Document, run: &Run) -> Option<&'d Run> {
    let beside = document.right().filter(|other| {
        other.strategy != YOURS
            && other.workers == run.workers
            && other.terms == document.kernel.terms
            && other.is_shared()
    });
    beside.min_by(|one, other| one.time().total_cmp(&other.time()))
}

/// Whether a lesson gives each of its rows one worker, whatever is asked.
fn is_sequential(document: &Document) -> bool {
    super::recheck::SEQUENTIAL.contains(&document.lesson.as_str())
}

fn between(share: Interval) -> String {
    let (low, high) = (share.low.unwrap_or(share.median), share.high.unwrap_or(share.median));
    format!("between {} and {}", percent(low), percent(high))
}

fn in_short(doubt: Doubt) -> String {
    match doubt {
        Doubt::FewRounds(rounds) => {
            format!("{} is too few for an interval", units::count(rounds as u64, "round"))
        }
        Doubt::SameCode { from, to } => format!(
            "the machine was busy: the same code ran between {} and {}",
            units::seconds(from),
            units::seconds(to)
        ),
        Doubt::Capacity { workers, from, to } => format!(
            "the machine was busy: {workers} independent sums got between {} and {} cores",
            three_digits(from),
            three_digits(to)
        ),
        Doubt::LessThanOne { workers, cores } => {
            format!(
                "the machine was busy: {workers} independent sums got {} of a core",
                percent(cores)
            )
        }
        Doubt::SlowAlone { .. } => {
            "the machine was busy while one core was measured alone".to_owned()
        }
    }
}
