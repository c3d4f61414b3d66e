//! What the reader sees: a table, and the sentences that read it.

mod checked;
mod cores;
mod counters;
mod findings;
mod float_order;
mod gate;
mod header;
mod other_kernels;
mod phases;
mod precision;
mod prediction;
mod rows;
mod trace;

#[cfg(test)]
mod tests;

use std::fmt::Write;
use std::path::Path;

pub(crate) use checked::checked;
pub use counters::{CountedRow, counters_table};
pub use findings::{Finding, uneven_ranges};
pub use gate::{Doubt, doubt};
pub(crate) use other_kernels::{OtherKernel, OtherKernels};
pub use phases::phases_table;
pub(crate) use prediction::{Prediction, Question};
pub(crate) use trace::Trace;

use crate::layout::{BOLD, wrapped};
use crate::{Document, Run};

/// At most this many findings are shown.
const SHOWN: usize = 3;

/// What the report has beside the document.
pub(crate) struct Extras<'t> {
    /// Whether the strategies use more than one worker.
    pub(crate) parallel: bool,
    /// The lesson's own tables below the first.
    pub(crate) details: String,
    /// The lesson's own sentences about its numbers.
    pub(crate) findings: Vec<String>,
    /// What the lesson itself shows below everything.
    pub(crate) footer: String,
    /// The file to read first, in the folder of the lesson.
    pub(crate) read_first: Option<String>,
    /// The learner's own file.
    pub(crate) yours: String,
    /// The fastest strategy.
    pub(crate) best: Option<&'t str>,
    /// The best strategy on the other kernels.
    pub(crate) other_kernels: Option<&'t OtherKernels>,
    /// What the reader guessed before.
    pub(crate) prediction: Option<&'t Prediction>,
    /// The file that holds the trace.
    pub(crate) trace: Option<&'t Path>,
}

/// Everything that a table of strategies prints for people. `question` is the lesson's, and `shown` picks
/// the rows.
pub(crate) fn report(
    question: &str,
    document: &Document,
    shown: &dyn Fn(&Run) -> bool,
    extras: &Extras<'_>,
) -> String {
    let mut text = format!("{BOLD}{}: {question}{BOLD:#}\n\n", document.lesson);
    let doubt = gate::doubt(document);
    text += &header::header(document, doubt.is_none());
    text.push('\n');
    let shown: Vec<&Run> = document.runs.iter().filter(|run| shown(run)).collect();
    text += &rows::main_table(document, &shown, extras.parallel);
    text += &rows::footnotes(document, &shown, extras.parallel);
    text += &counters::counters(document, &shown);
    text += &extras.details;
    text += &float_order::float_order(document);
    let sentences = findings::chosen(document, &extras.findings, doubt, SHOWN);
    if !sentences.is_empty() {
        let _ = writeln!(text, "\n{BOLD}What the numbers say{BOLD:#}");
        for sentence in sentences {
            text += &wrapped(&sentence, 2);
        }
    }
    if let Some(prediction) = extras.prediction {
        let _ = writeln!(text, "\n{BOLD}Your guess{BOLD:#}");
        for sentence in prediction::compared(prediction, document, extras.best, doubt) {
            text += &wrapped(&sentence, 2);
        }
    }
    if let Some(others) = extras.other_kernels.filter(|others| !others.rows.is_empty()) {
        text.push('\n');
        text += &other_kernels::table(others, document.machine.usable_cores, doubt.is_none());
    }
    if !extras.footer.is_empty() {
        let _ = writeln!(text, "\n{}", extras.footer.trim());
    }
    let folder = format!("lessons/{}", document.lesson);
    let (first, yours) = (extras.read_first.as_ref().unwrap_or(&extras.yours), &extras.yours);
    let _ =
        write!(text, "\nRead {folder}/{first}.\nThen edit {folder}/{yours} and run this again.\n");
    if let Some(path) = extras.trace {
        text.push('\n');
        text += &wrapped(&format!("trace: {}; open it in ui.perfetto.dev", path.display()), 0);
    }
    text
}
