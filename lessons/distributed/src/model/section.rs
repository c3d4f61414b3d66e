use std::sync::{Arc, OnceLock};

use course::{BOLD, Document, wrapped};

use super::{Costs, Job, measured, paper};
use crate::launcher::Teams;

/// The model of one run of the program.
#[derive(Debug, Default)]
pub struct Model {
    /// What a message costs, and between whom; measured once.
    costs: OnceLock<Option<(Costs, String)>>,
}

impl Model {
    fn costs(&self, document: &Document, teams: &Arc<Teams>) -> Option<&(Costs, String)> {
        self.costs.get_or_init(|| measured::costs(document, teams)).as_ref()
    }

    /// Notes in the document what a message costs here.
    pub fn annotate(&self, document: &mut Document, teams: &Arc<Teams>) {
        let note = self.costs(document, teams).map(|(costs, between)| costs.sentence(between));
        document.notes.extend(note);
    }

    /// What was measured beside the model, and the model on paper.
    pub fn section(&self, document: &Document, teams: &Arc<Teams>) -> String {
        let Some((costs, between)) = self.costs(document, teams) else { return String::new() };
        let text = measured::beside(document, teams, costs);
        let Some(job) = Job::of(document).filter(|job| job.terms > 0) else { return text };
        let head = format!("\n{BOLD}The model{BOLD:#}\n");
        let small = if job.kernel.is_yours() { " A partial counts as one number." } else { "" };
        let lead = format!("Every message costs what one between {between} costs.{small}");
        let lead = wrapped(&lead, 2);
        format!("{text}{head}{lead}\n{}", paper(costs, &job))
    }
}
