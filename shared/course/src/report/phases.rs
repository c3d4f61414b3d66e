use units::seconds;

use crate::Run;
use crate::layout::{DIM, plain_table};

/// Where the time of these runs went, phase by phase; empty where none of them reports phases. At most 80
/// columns wide.
pub fn phases_table<'d>(runs: impl IntoIterator<Item = &'d Run>) -> String {
    let runs: Vec<_> =
        runs.into_iter().filter_map(|run| Some((run, &run.phases.as_ref()?.0))).collect();
    let Some((_, first)) = runs.first() else { return String::new() };
    let mut columns = ["where the time went", "workers"].map(str::to_owned).to_vec();
    columns.extend(first.iter().map(|(name, _)| name.clone()));
    let cells = runs.iter().map(|(run, phases)| {
        let mut cells = vec![run.strategy.clone(), run.workers.to_string()];
        cells.extend(phases.iter().map(|(_, time)| seconds(*time)));
        cells
    });
    let table = plain_table(&columns, cells, 1);
    let note = if runs.iter().any(|(run, _)| run.start_seconds.is_some()) {
        format!("{DIM}in one audited run; a pool is started once, before all sums{DIM:#}\n")
    } else {
        String::new()
    };
    format!("\n{table}{note}")
}
