//! What the numbers say: one sentence of advice, and what stands behind it.

use units::{about, count, percent, seconds, speedup, three_digits};

use crate::document::{Run, Scaling};

/// A speedup below this is no gain.
const NO_GAIN: f64 = 1.05;

/// Speedups this close to the best are as good.
const TIE: f64 = 1.03;

/// Who uses so much of what the machine gave has little left to gain.
const NEARLY_ALL: f64 = 0.95;

/// Copies that get less than this part of a core each are held back by the machine.
const HELD_BACK: f64 = 0.8;

/// A worker that computes uses a core for more than this part of the time.
const WAITS: f64 = 0.5;

/// All sentences that are true of this document, the advice first.
pub(crate) fn findings(document: &Scaling) -> Vec<String> {
    let sentences = [
        advice(document),
        is_unsure(document),
        cost_of_sharing(document),
        ignores_workers(document),
        more_than_one(document),
        waits(document),
        cores_are_taken(document),
        machine_is_the_limit(document),
        start_is_most(document),
        serial_part(document),
        above_the_control(document),
        writes_here(document),
        leaves_processes(document),
        no_control(document),
        no_copies(document),
    ];
    let laws = document.laws.iter().filter(|_| !is_waiting(document)).cloned();
    sentences.into_iter().flatten().chain(pays(document)).chain(laws).collect()
}

/// The run that is best, and the one with the fewest workers that is as good.
fn best(document: &Scaling) -> Option<(&Run, &Run, f64)> {
    let faster = |run: &&Run| run.speedup.map(|speedup| speedup.median);
    let best = document.right().filter(|run| run.speedup.is_some());
    let best = best
        .max_by(|one, other| faster(one).unwrap_or(0.0).total_cmp(&faster(other).unwrap_or(0.0)))?;
    let most = best.speedup?.median;
    let fewest = document
        .right()
        .find(|run| run.speedup.is_some_and(|speedup| speedup.median * TIE >= most))?;
    Some((best, fewest, most))
}
/// One sentence: how many workers to use. None where an answer was wrong, for then no time matters.
fn advice(document: &Scaling) -> Option<String> {
    if document.rows().any(Run::is_bad) || document.rows().count() < 2 {
        return None;
    }
    let (best, fewest, most) = best(document)?;
    if document.program.has_own_baseline && most < NO_GAIN {
        return Some(
            "Use the sequential program (--alone): no number of workers is clearly faster."
                .to_owned(),
        );
    }
    let workers = count(fewest.workers as u64, "worker");
    if most < NO_GAIN || fewest.workers == 1 {
        return Some("Use 1 worker: more bring nothing here.".to_owned());
    }
    let gained = speedup(fewest.speedup?.median);
    let share = fewest.share().map(|share| share.median);
    if let Some(share) =
        share.filter(|share| *share >= NEARLY_ALL && best.workers == fewest.workers)
    {
        return Some(format!(
            "Use {workers}: {gained}, and little is left to gain: that is {} of what this machine gives.",
            percent(share)
        ));
    }
    let more = if best.workers > fewest.workers { "; more bring little" } else { "" };
    let of_control = share.map(|share| {
        format!(", and {} of what this machine gives to so many copies", percent(share))
    });
    Some(format!("Use {workers}: {gained}{}{more}.", of_control.unwrap_or_default()))
}

/// What keeps the advice from being sure.
fn is_unsure(document: &Scaling) -> Option<String> {
    let speedup = advice(document).and(best(document))?.1.speedup?;
    let rounds = document.right().next()?.seconds.as_ref()?.samples.len();
    match speedup.low {
        None => Some(format!(
            "That is of {}, too few to tell how sure it is: give it more time with --budget.",
            count(rounds as u64, "round")
        )),
        Some(low) if low < 1.0 && speedup.median >= NO_GAIN => Some(
            "That may be chance: in this run it cannot be told from no gain at all. Try a quieter machine, or more \
             rounds."
                .to_owned(),
        ),
        Some(_) => None,
    }
}

/// The row of one worker.
fn one(document: &Scaling) -> Option<&Run> {
    document.right().find(|run| run.workers == 1)
}

/// The right row with the most workers up to the usable cores.
fn most(document: &Scaling) -> Option<&Run> {
    let fits = |run: &&Run| run.workers > 1 && run.workers <= document.machine.usable_cores.max(2);
    document.right().filter(fits).last()
}

/// How many workers it takes to make up for what sharing costs: McSherry, Isard and Murray call it the COST (2015).
fn cost_of_sharing(document: &Scaling) -> Option<String> {
    let faster = |run: &&Run| run.speedup.is_some_and(|speedup| speedup.is_above(1.0));
    let first = document.right().find(faster).filter(|_| document.program.has_own_baseline)?;
    (first.workers > 1).then(|| {
        format!(
            "It takes {} workers to be faster than the sequential program (--alone).",
            first.workers
        )
    })
}

/// Whether it leaves its core because it waits: not because others were to have it.
fn is_waiting(document: &Scaling) -> bool {
    one(document).is_some_and(|run| {
        run.used.is_some_and(|used| used < WAITS) && run.taken.is_none_or(|taken| taken < 0.5)
    })
}

/// One worker that does not wait should have a core for itself.
fn cores_are_taken(document: &Scaling) -> Option<String> {
    let used = one(document)?.used.filter(|used| *used < 0.85 && !is_waiting(document))?;
    one(document)?.taken.filter(|taken| *taken >= 0.5).map(|_| {
        format!(
            "With one worker it had a core for {} of the time, and it did not wait: other programs, or a quota, had the \
             rest. On a quieter machine all of this says more.",
            percent(used)
        )
    })
}

/// More workers use no more cores and no less time.
fn ignores_workers(document: &Scaling) -> Option<String> {
    let (alone, many) = (one(document)?.used?, most(document)?);
    let used = many.used.filter(|used| *used < 1.15 * alone)?;
    let level = many.speedup.is_some_and(|speedup| speedup.is_below(1.1)) && alone > WAITS;
    level.then(|| {
        format!(
            "With {} workers it used {} cores, and {} with one: it ignores {{workers}}, or this work is too small for \
             it to be shared.",
            many.workers,
            three_digits(used),
            three_digits(alone)
        )
    })
}

fn more_than_one(document: &Scaling) -> Option<String> {
    let used = one(document)?.used.filter(|used| *used > 1.2)?;
    Some(format!(
        "With one worker it used {} cores already: the speedups are against that, not against one core. Is there \
         another option, or a variable, for the rest of its threads?",
        three_digits(used)
    ))
}

fn waits(document: &Scaling) -> Option<String> {
    let one = one(document).filter(|_| is_waiting(document))?;
    let used = percent(one.used?);
    Some(match one.taken {
        Some(_) => format!(
            "With one worker it computes for {used} of its time and waits for the rest, for a disk, a network or a \
             clock: cores are not its limit."
        ),
        // This system does not tell why a program left its core.
        None => format!(
            "With one worker it had a core for {used} of its time. Either it waits, for a disk, a network or a clock, \
             and cores are not its limit; or other programs had the core."
        ),
    })
}

fn machine_is_the_limit(document: &Scaling) -> Option<String> {
    let workers = most(document)?.workers;
    let control = document.controls.iter().find(|control| control.workers == workers)?;
    // Copies that use several cores each are in each other's way by themselves.
    let is_one_core = more_than_one(document).is_none() && !is_waiting(document);
    let held_back = control.cores.is_below(HELD_BACK * workers as f64) && is_one_core;
    held_back.then(|| {
        format!(
            "The machine is a limit, not only the program: {workers} copies side by side, which share nothing, got no \
             more than {} cores' worth of work done. Memory, threads of one core, the clock of the processor, or \
             others who compute can be why.",
            three_digits(control.cores.median)
        )
    })
}

fn start_is_most(document: &Scaling) -> Option<String> {
    let (start, fastest) = (document.program.start_seconds?, best(document)?.0);
    let time = fastest.time().filter(|time| start > 0.3 * time && !document.program.has_rate)?;
    Some(format!(
        "To start any program takes {} here, and the fastest run took {}: give it more work, for this says more about \
         starting than about workers.",
        seconds(start),
        seconds(time)
    ))
}

/// By how much of its work Amdahl's law would explain the best count.
fn serial_part(document: &Scaling) -> Option<String> {
    let run = most(document).filter(|_| document.laws.is_empty() && !is_waiting(document))?;
    let (serial, alone) = (run.serial?, document.baseline.as_ref()?.seconds.median);
    let low = serial.low.filter(|low| *low > 0.0)?;
    let within = serial.high.filter(|high| *high < 0.95)?;
    let start = document.program.start_seconds.map(|start| start / alone);
    let of_start = start.filter(|start| (0.05 * serial.median..serial.median).contains(start));
    let of_start = of_start.map(|start| format!(", of which {} start it", seconds(start * alone)));
    let part = |part: f64| three_digits(part * 100.0);
    let time = if document.program.has_rate {
        String::new()
    } else {
        format!(
            ": {} of {}{}",
            seconds(serial.median * alone),
            seconds(alone),
            of_start.unwrap_or_default()
        )
    };
    Some(format!(
        "If Amdahl's law is the reason, {} % ({} to {} %) of its work is done by one worker{time}; then no number of \
         workers makes it more than {} times as fast.",
        part(serial.median),
        part(low),
        part(within),
        three_digits(1.0 / serial.median)
    ))
}

fn above_the_control(document: &Scaling) -> Option<String> {
    let above = |run: &&Run| run.of_control.is_some_and(|share| share.is_above(1.02));
    let run = document.right().find(above)?;
    Some(format!(
        "With {} workers it did {} of what as many copies did. Copies take as many times the memory and its caches; or \
         with several workers it does other work than with one.",
        run.workers,
        run.of_control.map(|share| percent(share.median)).unwrap_or_default()
    ))
}

fn writes_here(document: &Scaling) -> Option<String> {
    let written = &document.program.written;
    let first = written.first()?;
    let more =
        if written.len() > 1 { format!(" and {} more", written.len() - 1) } else { String::new() };
    Some(format!(
        "It wrote into the working folder ({first}{more}), where copies side by side overwrite each other's files: let \
         it write into {{dir}}."
    ))
}

fn leaves_processes(document: &Scaling) -> Option<String> {
    let left = document.program.left;
    let (left, ran) = match left {
        0 => return None,
        1 => ("1 process".to_owned(), "ran, and was"),
        many => (format!("{many} processes"), "ran, and were"),
    };
    Some(format!(
        "When it ended, {left} that it had started still {ran} ended: their work is not in its time."
    ))
}

fn no_control(document: &Scaling) -> Option<String> {
    let counts: Vec<String> =
        document.program.without_control.iter().map(usize::to_string).collect();
    (!counts.is_empty()).then(|| {
        format!(
            "No control with {} workers: so many copies need more memory than there is.",
            counts.join(", ")
        )
    })
}

fn no_copies(document: &Scaling) -> Option<String> {
    let why = document.program.no_copies.as_ref()?;
    let missing = document.right().any(|run| run.workers > 1 && run.of_control.is_none());
    missing.then(|| {
        format!("A control is missing: {why}. Do copies side by side use the same file, or port?")
    })
}

fn pays(document: &Scaling) -> Vec<String> {
    let largest = document.runs.first().map_or(0, |run| run.terms);
    let sentence = |pays: &crate::document::Pays| match pays.from_terms {
        Some(terms) if pays.always => {
            format!("{} workers are faster already with {} terms.", pays.workers, about(terms))
        }
        Some(terms) => {
            format!("From about {} terms on {} workers are faster.", about(terms), pays.workers)
        }
        None => format!(
            "{} workers are not faster, not even with {} terms.",
            pays.workers,
            units::grouped(largest)
        ),
    };
    document.pays.iter().map(sentence).collect()
}

#[cfg(test)]
mod tests;
