use std::fs;
use std::path::PathBuf;

use course::{Document, Run, Seconds};
use measure::Interval;

use super::Rung;

/// Leaves the ladder where the report of the benches looks for what lessons have measured. `None` where
/// this program does not lie in a target folder, as one that was copied elsewhere.
pub(super) fn leave(document: &Document, rungs: &[Rung]) -> Result<Option<PathBuf>, String> {
    let Some(target) = course::target() else { return Ok(None) };
    let folder = target.join("sum-of-parts").join("lessons");
    let path = folder.join("ladder.json");
    let Some(pattern) = document.runs.first() else { return Ok(None) };
    let mut ladder = document.clone();
    ladder.lesson = "ladder".to_owned();
    ladder.runs = rungs.iter().filter_map(|rung| run(pattern, document, rung)).collect();
    (ladder.baseline, ladder.controls) = (None, None);
    let text = serde_json::to_string_pretty(&ladder).map_err(|cause| cause.to_string())? + "\n";
    let written = fs::create_dir_all(&folder).and_then(|()| fs::write(&path, text));
    written.map_err(|cause| format!("{}: {cause}", path.display()))?;
    Ok(Some(path))
}

fn run(pattern: &Run, document: &Document, rung: &Rung) -> Option<Run> {
    let samples = rung.seconds.as_ref().ok()?;
    let interval = Interval::of(samples)?;
    let rate = rung.terms as f64 / interval.median;
    let ceiling = document.machine.ceilings.additions_per_second_per_core;
    Some(Run {
        strategy: format!("{} ({})", rung.strategy, rung.lesson),
        workers: 1,
        terms: rung.terms,
        seconds: Some(Seconds { interval, samples: samples.clone() }),
        terms_per_second: Some(rate),
        bytes_per_second: None,
        ceiling_fraction: Some(rate / ceiling),
        speedup: None,
        of_control: None,
        efficiency: None,
        cpu_seconds: None,
        // Only runs with the known answer have seconds.
        sum: Some((rung.terms * (rung.terms - 1) / 2).to_string()),
        verdict: measure::verdict::Verdict::Right,
        same_bits: true,
        note: None,
        imbalance: None,
        phases: None,
        steals: None,
        audit: Vec::new(),
        ..pattern.clone()
    })
}
