use std::collections::BTreeSet;

use course::{Document, Run};
use units::grouped;

use super::super::known::KnownAnswers;
use super::title;

/// Sums beside the known answers, and verdicts beside their sums.
pub(super) fn faults(document: &Document, known: &KnownAnswers) -> Vec<String> {
    let mut found = Vec::new();
    let kernel = &document.kernel;
    if let Err(error) = (kernel.name.description().check_terms)(kernel.terms) {
        found.push(format!("it cannot be run: {error}"));
    }
    let answer = known.of(kernel.name, kernel.terms);
    if let Some(answer) = answer.filter(|answer| answer.text != kernel.expected) {
        found.push(format!(
            "the sum of {} terms of {} is {}, and not {}",
            grouped(kernel.terms),
            kernel.name,
            answer.text,
            kernel.expected
        ));
    }
    let mut seen = BTreeSet::new();
    for run in &document.runs {
        if !seen.insert((&run.strategy, run.workers)) {
            found.push(format!("{} stands there twice", title(run)));
        }
        if run.terms > kernel.terms {
            found.push(format!("{} summed more terms than there are", title(run)));
        }
        found.extend(of_run(document, run, known).map(|fault| format!("{} {fault}", title(run))));
    }
    found
}

fn of_run(document: &Document, run: &Run, known: &KnownAnswers) -> Option<String> {
    let Some(sum) = &run.sum else {
        // A check sums under audit only, and keeps no sum.
        let is_timed = run.seconds.is_some() && run.verdict.has_right_sum();
        return is_timed.then(|| format!("is {}, and has no sum", run.verdict.as_str()));
    };
    if !run.verdict.has_right_sum() {
        return Some(format!("is {}, and shows a sum", run.verdict.as_str()));
    }
    if document.kernel.name.is_yours() {
        return None;
    }
    let answer = known.of(document.kernel.name, run.terms);
    let wrong = answer.is_some_and(|answer| !answer.accepts(sum));
    wrong.then(|| format!("is {} with {sum}, which is not the known answer", run.verdict.as_str()))
}
