use course::{Document, Seconds};
use units::seconds;

use crate::costs::{Costs, all};

/// The row that is shown so that nobody does it.
const MISTAKE: &str = "tokio-tasks";

/// The sentences that only this lesson can say of its numbers.
pub(crate) fn findings(document: &Document) -> Vec<String> {
    [choice(document), late_timers(document), stuck(document)].into_iter().flatten().collect()
}

/// Which library, for what. Each clause is about rows that were measured side by side, and names all that cannot be
/// told from the quickest of them.
fn choice(document: &Document) -> Option<String> {
    let workers = document.runs.iter().find(|run| Costs::of(run).is_some())?.workers;
    let mut costs = all(document);
    // However quick it is: see the sentence about timers.
    costs.retain(|(name, _)| *name != MISTAKE);
    let enough = costs.first()?.1.short.interval.low.is_some();
    if workers < 2 || !enough {
        return None;
    }
    let alone = seconds(costs[0].1.short_alone.interval.median);
    let quicker =
        |it: &Costs| it.short_alone.over(&it.short).is_some_and(|gain| gain.is_above(1.0));
    let short = match best(&costs, |it| Some(&it.short).filter(|_| quicker(it))) {
        Some(names) => format!("for sums of {alone} (on one core) use {names}"),
        None => {
            format!("for sums of {alone} (on one core) no row was reliably faster than that core")
        }
    };
    let uneven = best(&costs, |it| Some(&it.uneven));
    let uneven = uneven.map(|names| format!("for uneven work of some milliseconds, {names}"));
    let nested = best(&costs, |it| it.nested.as_ref());
    let nested = nested.map(|names| format!("for sums within tasks, {names}"));
    let clauses: Vec<String> = [Some(short), uneven, nested].into_iter().flatten().collect();
    Some(format!("With {workers} workers on this machine: {}.", clauses.join("; ")))
}

/// The quickest of those rows that have such seconds, and all that cannot be told from it; the first in reading
/// order is the simplest.
fn best(costs: &[(&str, Costs)], of: impl Fn(&Costs) -> Option<&Seconds>) -> Option<String> {
    let timed = || costs.iter().filter_map(|(name, it)| Some((*name, of(it)?)));
    let median = |time: &Seconds| time.interval.median;
    let (_, quickest) = timed().min_by(|one, other| median(one.1).total_cmp(&median(other.1)))?;
    let alike = timed()
        .filter(|(_, time)| time.over(quickest).is_none_or(|ratio| !ratio.is_above(1.0)))
        .map(|(name, _)| name);
    let alike: Vec<&str> = alike.collect();
    let (last, before) = alike.split_last()?;
    Some(match before {
        [] => (*last).to_owned(),
        [simplest, ..] => {
            format!("any of {} and {last}, of which {simplest} is the simplest", before.join(", "))
        }
    })
}

/// What tasks that compute do to timers, and what does not do that.
fn late_timers(document: &Document) -> Option<String> {
    let costs = all(document);
    let late = |wanted: &str| {
        let (_, it) = costs.iter().find(|(name, _)| *name == wanted)?;
        it.timer.as_ref().map(|timer| &timer.summing)
    };
    let tasks = late(MISTAKE)?;
    let others = [("tokio-blocking", late("tokio-blocking")), ("rayon-join", late("rayon-join"))];
    let others = others.into_iter().filter_map(|(name, late)| Some((name, late?)));
    let (name, beside) =
        others.min_by(|one, other| one.1.interval.median.total_cmp(&other.1.interval.median))?;
    tasks.over(beside)?.is_above(2.0).then(|| {
        format!(
            "While tokio-tasks computed, a timer of 1 ms in the same runtime was late by {}; while {name} did \
             the same sum, by {}. A task that does not await keeps its thread, and nobody looks after timers and \
             sockets.",
            seconds(tasks.interval.median),
            seconds(beside.interval.median),
        )
    })
}

/// A pool whose threads wait for each other.
fn stuck(document: &Document) -> Option<String> {
    let costs = all(document);
    let (name, _) = costs.iter().find(|(_, it)| it.stuck)?;
    Some(format!(
        "A sum within a task of {name} was not back after two seconds, although it takes milliseconds. That \
         happens where all threads of a pool wait asleep for tasks in its queue: nobody is left to do them."
    ))
}

#[cfg(test)]
mod tests {
    use course::made_up::{integers, run, says, silent};

    use super::*;
    use crate::costs::Delays;

    /// Rows as `name, seconds of 50 us, of uneven work, of nested sums`, in twelve rounds that differ by little.
    fn rows(rows: &[(&str, f64, f64, f64)]) -> Document {
        let runs = rows.iter().map(|&(name, short, uneven, nested)| {
            let mut made_up = run(name, 2, 0.005);
            costs(short, uneven, nested, 0.001).write(&mut made_up);
            made_up
        });
        integers(runs.collect())
    }

    fn costs(short: f64, uneven: f64, nested: f64, late: f64) -> Costs {
        Costs {
            dispatch: rounds(1e-5),
            short: rounds(short),
            short_alone: rounds(50e-6),
            idle_cores: None,
            uneven: rounds(uneven),
            nested: Some(rounds(nested)).filter(|_| nested > 0.0),
            not_nested: None,
            stuck: nested == 0.0,
            timer: Some(Delays { quiet: rounds(0.001), summing: rounds(late) }),
        }
    }

    fn rounds(median: f64) -> Seconds {
        let samples: Vec<f64> = (0..12).map(|i| median * (1.0 + f64::from(i % 3) * 0.01)).collect();
        Seconds::of(&samples).expect("there are some")
    }

    #[test]
    fn the_quickest_row_is_named_for_each_kind_of_work() {
        let document = rows(&[
            ("scoped", 90e-6, 0.004, 0.003),
            ("rayon-join", 40e-6, 0.003, 0.004),
            ("chili", 30e-6, 0.005, 0.005),
        ]);
        says(choice, &document, &["With 2 workers", "sums of 50.5 us (on one core) use chili;"]);
        says(choice, &document, &["some milliseconds, rayon-join;", "within tasks, scoped."]);
    }

    /// Which of two rows has the lower median by luck is no reason to take it.
    #[test]
    fn rows_that_cannot_be_told_apart_are_all_named_and_the_first_is_the_simplest() {
        let mut document =
            rows(&[("scoped", 40e-6, 0.003, 0.0), ("rayon-join", 40e-6, 0.003, 0.0)]);
        let mut noisy = Costs::of(&document.runs[1]).expect("it was written");
        noisy.short.samples.iter_mut().step_by(2).for_each(|sample| *sample *= 0.9);
        noisy.short = Seconds::of(&noisy.short.samples).expect("there are some");
        noisy.write(&mut document.runs[1]);
        let both = "any of scoped and rayon-join, of which scoped is the simplest";
        says(choice, &document, &[&format!("use {both};")]);
        let said = choice(&document).expect("it speaks");
        assert!(!said.contains("within tasks"), "nobody nests: {said}");
    }

    #[test]
    fn a_library_that_is_no_quicker_than_one_core_is_not_recommended() {
        let document =
            rows(&[("scoped", 60e-6, 0.003, 0.003), ("rayon-join", 50e-6, 0.003, 0.003)]);
        says(choice, &document, &["no row was reliably faster than that core"]);
    }

    #[test]
    fn the_mistake_and_one_worker_are_no_choice() {
        let document = rows(&[("scoped", 40e-6, 0.003, 0.003), (MISTAKE, 10e-6, 0.001, 0.001)]);
        let said = choice(&document).expect("it speaks");
        assert!(said.contains("use scoped") && !said.contains(MISTAKE), "{said}");
        let mut alone = rows(&[("scoped", 40e-6, 0.003, 0.003)]);
        alone.runs[0].workers = 1;
        silent(choice, &alone);
        silent(choice, &integers(vec![run("scoped", 2, 0.005)]));
    }

    #[test]
    fn timers_are_late_beside_tasks_that_compute_and_not_beside_others() {
        let late = |tasks| {
            let mut document =
                rows(&[(MISTAKE, 1e-5, 0.1, 0.1), ("tokio-blocking", 1e-5, 0.1, 0.1)]);
            costs(1e-5, 0.1, 0.1, tasks).write(&mut document.runs[0]);
            document
        };
        says(
            late_timers,
            &late(0.012),
            &["late by 12.1 ms", "while tokio-blocking did", "1.01 ms"],
        );
        silent(late_timers, &late(0.0015));
        silent(late_timers, &rows(&[(MISTAKE, 1e-5, 0.1, 0.1)]));
    }

    #[test]
    fn a_pool_that_waits_for_itself_is_named() {
        says(stuck, &rows(&[("orx-parallel", 1e-5, 0.1, 0.0)]), &["orx-parallel was not back"]);
        silent(stuck, &rows(&[("rayon-join", 1e-5, 0.1, 0.1)]));
    }
}
