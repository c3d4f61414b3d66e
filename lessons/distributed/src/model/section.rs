use std::sync::OnceLock;

use course::{BOLD, Document, wrapped};

use super::{Costs, Job, measured, paper};

/// The costs of this run, measured once.
static COSTS: OnceLock<Option<(Costs, String)>> = OnceLock::new();

fn costs(document: &Document) -> Option<&'static (Costs, String)> {
    COSTS.get_or_init(|| measured::costs(document)).as_ref()
}

/// Notes what a message costs here, for people and programs.
pub fn note(document: &mut Document) {
    let note = costs(document).map(|(costs, between)| costs.sentence(between));
    document.notes.extend(note);
}

/// What was measured beside the model, and the model on paper.
pub fn section(document: &Document) -> String {
    let Some((costs, between)) = costs(document) else { return String::new() };
    let text = measured::beside(document, costs);
    let Some(job) = Job::of(document).filter(|job| job.terms > 0) else { return text };
    let head = format!("\n{BOLD}The model{BOLD:#}\n");
    let said = wrapped(&format!("Every message costs what one between {between} costs."), 2);
    format!("{text}{head}{said}\n{}", paper(costs, &job))
}
