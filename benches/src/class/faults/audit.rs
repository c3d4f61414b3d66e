use course::{AuditEntry, Document, Run};
use measure::verdict::Verdict;
use units::{count, grouped};

use super::title;
use crate::class::rows::YOURS;

/// The longest that a run may take where nobody said otherwise, in seconds.
const USUAL_TIMEOUT: f64 = 60.0;

/// A worker is on the clock of another process: so much may be lost on the way, in seconds.
const CLOCKS: f64 = 1e-3;

/// Who summed what, and when.
pub(super) fn faults(document: &Document, arguments: &[String]) -> Vec<String> {
    let longest = timeout(arguments);
    let mut found = Vec::new();
    for run in &document.runs {
        let name = title(run);
        found.extend(of_run(run).map(|fault| format!("{name}: {fault}")));
        let worker =
            run.audit.iter().find_map(|worker| Some((worker.worker, of_worker(worker, longest)?)));
        found.extend(worker.map(|(number, fault)| format!("{name}: worker {number} {fault}")));
    }
    found
}

fn of_run(run: &Run) -> Option<String> {
    if run.workers == 0 {
        return Some("it has no workers".to_owned());
    }
    let busy = run.busy_workers();
    // A learner may start more threads than they were asked for; the library never does.
    if busy > run.workers && run.strategy != YOURS {
        return Some(format!("{busy} workers were busy where {} were asked for", run.workers));
    }
    if run.verdict == Verdict::Right {
        if run.audit.is_empty() {
            return Some("it is right, and nobody saw who summed what".to_owned());
        }
        if run.audit.len() < run.workers {
            return Some(format!(
                "it has {} where {} were asked for",
                count(run.audit.len() as u64, "worker"),
                run.workers
            ));
        }
        if run.terms > 0 && busy == 0 {
            return Some("it is right, and nobody summed a term".to_owned());
        }
    }
    let terms: u128 = run.audit.iter().map(|worker| u128::from(worker.terms)).sum();
    let good = run.verdict == Verdict::Right;
    (good && terms > u128::from(run.terms))
        .then(|| format!("its workers summed {terms} terms, and there are {}", grouped(run.terms)))
}

fn of_worker(worker: &AuditEntry, longest: f64) -> Option<String> {
    let AuditEntry { start, end, busy_seconds, .. } = *worker;
    if [start, end, busy_seconds].iter().any(|time| !time.is_finite()) {
        return Some("has a time that is none".to_owned());
    }
    if start < 0.0 || busy_seconds < 0.0 {
        return Some("began before the run did".to_owned());
    }
    if end < start {
        return Some("ended before it began".to_owned());
    }
    if end > longest {
        return Some(format!(
            "ended after {end:.0} s, and no run may take longer than {longest:.0} s"
        ));
    }
    let is_thread = worker.id.starts_with("thread");
    if is_thread && busy_seconds > (end - start) * 1.001 + CLOCKS {
        return Some("was busy for longer than it was there".to_owned());
    }
    if (worker.terms == 0) != (worker.ranges == 0) || worker.ranges as u64 > worker.terms {
        return Some(format!(
            "summed {} in {}",
            count(worker.terms, "term"),
            count(worker.ranges as u64, "range")
        ));
    }
    None
}

/// What `--timeout` says among `arguments`.
fn timeout(arguments: &[String]) -> f64 {
    let mut words = arguments.iter();
    let mut given = None;
    while let Some(word) = words.next() {
        match word.strip_prefix("--timeout") {
            Some("") => given = words.next().map(String::as_str),
            Some(value) => given = value.strip_prefix('='),
            None => {}
        }
    }
    given.and_then(|text| text.parse().ok()).map_or(USUAL_TIMEOUT, |seconds: f64| seconds.max(0.0))
        + 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_run_is_the_one_that_was_asked_for() {
        let of = |words: &[&str]| {
            timeout(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(of(&[]), 61.0);
        assert_eq!(of(&["-n", "1e9", "--timeout", "600"]), 601.0);
        assert_eq!(of(&["--timeout=5"]), 6.0);
        assert_eq!(of(&["--timeout", "x"]), 61.0);
    }
}
