use measure::check::Reach;
use measure::verdict::Verdict;

use super::rows::skipped;
use crate::layout::{BOLD, DIM, plain_table, wrapped};
use crate::{Document, Run};

/// What `--check` prints for people: which rows are right, what is wrong with the others, and what that rests
/// on.
pub(crate) fn checked(question: &str, document: &Document, reach: Reach) -> String {
    let mut text = format!("{BOLD}{}: {question}{BOLD:#}\n\n", document.lesson);
    let rows = document.runs.iter().map(|run| {
        vec![run.strategy.clone(), run.workers.to_string(), run.verdict.as_str().to_owned()]
    });
    text += &plain_table(&["strategy", "workers", "answer"].map(str::to_owned), rows, 1);
    let told_once = |run: &&Run| !matches!(run.verdict, Verdict::Right | Verdict::Skipped);
    for run in document.runs.iter().filter(told_once) {
        let note = run.note.as_deref().unwrap_or_default();
        text += &wrapped(&format!("{}: {note}", run.strategy), 0);
    }
    let all: Vec<&Run> = document.runs.iter().collect();
    text += &skipped(&all).iter().map(|reason| wrapped(reason, 0)).collect::<String>();
    let seed = document.seed.unwrap_or_default();
    let how = match reach {
        Reach::Threads => format!(
            "checked with 0, 1, 2, 3, 5, 1,000 and 100,003 terms, and with many small sums under stress \
             (--seed {seed}); nothing was timed"
        ),
        Reach::Processes => {
            "checked with 0, 1, 2, 3, 5, 1,000 and 100,003 terms; nothing was timed".to_owned()
        }
    };
    text += &format!("{DIM}{}{DIM:#}\n", wrapped(&how, 0).trim_end());
    text
}
