use measure::LARGEST_SHARE;
use measure::verdict::Verdict;
use units::{grouped, percent, seconds, speedup};

use super::cores::uneven_note;
use super::precision::precision;
use crate::layout::{DIM, plain_table, wrapped};
use crate::{Document, Run};

/// The column that means nothing where there is only one worker.
const CONTROL: usize = 5;

pub(super) fn main_table(document: &Document, shown: &[&Run], parallel: bool) -> String {
    let columns = ["strategy", "workers", "time", "per term", "speedup", "of control", "answer"];
    let rows = shown.iter().enumerate().map(|(number, run)| {
        let again = number > 0 && shown[number - 1].strategy == run.strategy;
        let star = if run.terms == document.kernel.terms { "" } else { "*" };
        let name = if again { String::new() } else { format!("{}{star}", run.strategy) };
        let good = run.verdict.has_right_sum();
        let time = Some(run.time()).filter(|time| good && time.is_finite());
        let share = run.share_of_control().filter(|share| *share >= 0.005);
        let mut cells = vec![
            name,
            workers_that_took_part(run, parallel),
            time.map(seconds).unwrap_or_default(),
            time.filter(|_| run.terms > 0 && run.verdict.is_comparable())
                .map(|time| seconds(time / run.terms as f64))
                .unwrap_or_default(),
            run.speedup.map(|ratio| speedup(ratio.median)).unwrap_or_default(),
            share.map(percent).unwrap_or_default(),
            run.verdict.as_str().to_owned(),
        ];
        if !parallel {
            cells.remove(CONTROL);
        }
        cells
    });
    let mut columns = columns.map(str::to_owned).to_vec();
    if !parallel {
        columns.remove(CONTROL);
    }
    plain_table(&columns, rows, 1)
}

/// `8`, or `3/8` where only three of eight took part.
fn workers_that_took_part(run: &Run, parallel: bool) -> String {
    let busy = run.busy_workers();
    if run.audit.is_empty() || busy == run.workers || !parallel {
        run.workers.to_string()
    } else {
        format!("{busy}/{}", run.workers)
    }
}

pub(super) fn footnotes(document: &Document, shown: &[&Run], parallel: bool) -> String {
    let mut notes = Vec::new();
    if let Some(small) = shown.iter().find(|run| run.terms != document.kernel.terms) {
        notes.push(format!("* on {} terms; compared by the time per term", grouped(small.terms)));
    }
    let partly = shown.iter().find_map(|run| {
        let cell = workers_that_took_part(run, parallel);
        let (busy, _) = cell.split_once('/')?;
        Some(format!("{cell} workers: {busy} summed, the others were idle"))
    });
    notes.extend(partly);
    let fits = |run: &&&Run| run.workers <= document.machine.usable_cores;
    let most = shown.iter().filter(fits).map(|run| run.workers).max();
    notes.extend(most.filter(|_| parallel).and_then(|most| uneven_note(document, most)));
    let too_good = |run: &&Run| run.of_control.is_some() && run.share_of_control().is_none();
    if parallel && shown.iter().copied().any(|run| too_good(&run)) {
        notes.push(format!(
            "no share of the control above {}: the machine changed between the two",
            percent(LARGEST_SHARE)
        ));
    }
    for run in shown {
        if let Some(note) = &run.note
            && matches!(run.verdict, Verdict::Wrong | Verdict::Failed | Verdict::Unaudited)
        {
            let named = note.starts_with(&format!("{} with ", run.strategy));
            notes.push(if named { note.clone() } else { format!("{}: {note}", run.strategy) });
        }
    }
    notes.extend(skipped(shown));
    for run in shown.iter().filter(|run| run.retries > 0) {
        let retries = if run.retries == 1 { "retry" } else { "retries" };
        notes.push(format!(
            "{} on {}: {} {retries}, lost ranges given to another worker",
            run.strategy, run.workers, run.retries
        ));
    }
    notes.extend(precision(shown));
    notes.extend(document.notes.iter().cloned());
    notes.dedup();
    notes.iter().map(|note| format!("{DIM}{}{DIM:#}\n", wrapped(note, 0).trim_end())).collect()
}

/// Why rows were skipped: each reason once, after the names of all rows that it is true of.
pub(super) fn skipped(shown: &[&Run]) -> Vec<String> {
    let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
    for run in shown.iter().filter(|run| run.verdict == Verdict::Skipped) {
        let Some(note) = &run.note else { continue };
        let names = match reasons.iter_mut().find(|(reason, _)| reason == note) {
            Some((_, names)) => names,
            None => {
                reasons.push((note, Vec::new()));
                &mut reasons.last_mut().expect("it was pushed just now").1
            }
        };
        if !names.contains(&run.strategy.as_str()) {
            names.push(&run.strategy);
        }
    }
    reasons.iter().map(|(reason, names)| format!("{}: {reason}", names.join(", "))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::made_up::{exactly, integers, run};

    /// One core took 30.0 ms in the median, this row 33.2 ms; but round by round the row was the quicker one.
    #[test]
    fn the_ratio_that_is_shown_is_that_of_the_times_that_are_shown() {
        let mut results =
            measure::Results { baseline: vec![20.0, 30.0, 40.0], ..Default::default() };
        let mut row = measure::Row::new("chili", kernels::Workers::ONE, 100_000_000);
        row.seconds = vec![10.0, 33.0, 35.0];
        row.speedups = vec![2.0, 30.0 / 33.0, 40.0 / 35.0];
        row.sum = Some("0".to_owned());
        row.audit = Some(measure::audit::Audit {
            workers: Vec::new(),
            spans: Vec::new(),
            phases: Vec::new(),
            steals_known: false,
            complete: true,
            reported: false,
            by_device: false,
        });
        results.rows.push(row);
        let made_up = integers(Vec::new());
        let (machine, kernel) = (made_up.machine.clone(), made_up.kernel.clone());
        let document =
            Document::new("threads", crate::Measurements::new(machine, kernel, true, &results));
        let shown: Vec<&Run> = document.runs.iter().collect();
        let table = main_table(&document, &shown, true);
        assert!(table.contains("26.2 s") && table.contains("1.1x"), "{table}");
        assert_eq!(document.runs[0].seconds.as_ref().map(|time| time.interval.median), Some(33.0));
        let alone = document.baseline.as_ref().expect("there is one").seconds.median;
        assert!((alone / document.runs[0].time() - 40.0 / 35.0).abs() < 1e-12);
    }

    #[test]
    fn a_share_above_the_control_is_left_out_and_noted() {
        let mut row = run("numba-parallel", 2, 0.005);
        row.of_control = Some(exactly(3.47));
        let document = integers(vec![row, run("scoped", 2, 0.005)]);
        let shown: Vec<&Run> = document.runs.iter().collect();
        let text = main_table(&document, &shown, true) + &footnotes(&document, &shown, true);
        assert!(!text.contains("347 %") && text.contains("100 %"), "{text}");
        assert!(text.contains("no share of the control above 110 %"), "{text}");
    }
}
