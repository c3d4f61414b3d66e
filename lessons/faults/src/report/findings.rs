use std::fmt::Write;

use course::{BOLD, wrapped};
use units::seconds;

use crate::comparison::{Comparison, Comparisons};
use crate::outcome::{Ending, Outcome};
use crate::scenario::Scenario;
use crate::{Fault, WorkerKind};

/// What the table says, in sentences.
pub(super) fn findings(document: &Comparisons) -> String {
    let sentences: Vec<String> = [careless, retries, shared_fate, limit, by_chance]
        .iter()
        .filter_map(|it| it(document))
        .collect();
    if sentences.is_empty() {
        return String::new();
    }
    let mut text = format!("\n{BOLD}What the table says{BOLD:#}\n");
    for sentence in sentences {
        let _ = write!(text, "{}", wrapped(&sentence, 2));
    }
    text
}

/// The rows where something fails.
fn failing(document: &Comparisons) -> impl Iterator<Item = (Fault, WorkerKind, &Comparison)> {
    document.runs.iter().filter_map(|row| match row.scenario {
        Scenario::Fault(fault, kind) if fault != Fault::None => Some((fault, kind, row)),
        _ => None,
    })
}

/// What became of the careless code.
fn careless(document: &Comparisons) -> Option<String> {
    let seen: Vec<&Outcome> = failing(document).map(|(_, _, row)| &row.careless).collect();
    let count = |wanted: &dyn Fn(&Outcome) -> bool| seen.iter().filter(|it| wanted(it)).count();
    let wrong = count(&|it| it.end == Ending::WrongSum);
    let silent = count(&|it| it.end == Ending::WrongSum && it.error.is_none());
    let hung = count(&|it| it.end == Ending::Hung);
    let left = count(&|it| it.left_behind.is_some_and(|left| left > 0));
    let runs = seen.len();
    (runs > 1).then(|| {
        format!(
            "In {runs} runs of careless code under a fault, {wrong} gave a wrong sum ({silent} of them \
             without a word), {hung} had to be killed, and {left} left a process behind."
        )
    })
}

/// A mistake that shows by chance.
fn by_chance(document: &Comparisons) -> Option<String> {
    let row = document.runs.iter().find(|row| row.tries > 1 && row.wrong_tries < row.tries)?;
    Some(format!(
        "{} was wrong in {} of {} runs: that is what makes it dangerous. One test that \
         passes proves nothing.",
        row.scenario.name(),
        row.wrong_tries,
        row.tries
    ))
}

/// What a retry costs, where one was needed.
fn retries(document: &Comparisons) -> Option<String> {
    let without = document.runs.iter().find_map(|row| {
        let none = row.scenario == Scenario::Fault(Fault::None, WorkerKind::Processes);
        none.then_some(row.careful.seconds)
    })?;
    let mut times: Vec<f64> = failing(document)
        .filter(|(_, _, row)| row.careful.end == Ending::Right && row.careful.retries == 1)
        .map(|(_, _, row)| row.careful.seconds)
        .collect();
    times.sort_by(f64::total_cmp);
    let middle = *times.get(times.len() / 2)?;
    Some(format!(
        "A lost range costs a new process and the range once more: {} instead of {}, and the sum is \
         exact.",
        seconds(middle),
        seconds(without)
    ))
}

/// Which faults took all threads with them.
fn shared_fate(document: &Comparisons) -> Option<String> {
    let names: Vec<&str> = failing(document)
        .filter(|(fault, kind, row)| {
            let stopped = *fault == Fault::Stop && row.careful.end == Ending::Hung;
            *kind == WorkerKind::Threads && (row.careful.end == Ending::Died || stopped)
        })
        .map(|(fault, _, _)| fault.as_str())
        .collect();
    let (last, before) = names.split_last()?;
    let list = if before.is_empty() {
        (*last).to_owned()
    } else {
        format!("{} and {last}", before.join(", "))
    };
    Some(format!(
        "Threads share the end of their process: after {list} no Rust code in it can be relied on. That \
         is what processes are for."
    ))
}

/// What only a time limit notices.
fn limit(document: &Comparisons) -> Option<String> {
    let late = failing(document).any(|(fault, _, row)| {
        matches!(fault, Fault::Stop | Fault::Sleep) && row.careful.exit_code == Some(75)
    });
    late.then(|| {
        "A worker that is alive and silent looks like one that is busy. Only a time limit ends the \
         wait, and only SIGKILL ends a stopped process."
            .to_owned()
    })
}

#[cfg(test)]
mod tests;
