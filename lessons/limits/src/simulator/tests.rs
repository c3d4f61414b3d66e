//! Schedules that were worked out by hand, and what holds for all of them.

mod by_hand;
mod faults;
mod hardware;
mod properties;
mod stealing;

use super::{Costs, Plan, Schedule, Strategy, simulate};

/// The schedule of `plan`, with its timeline.
fn schedule(plan: &Plan, blocks: &[f64]) -> Schedule {
    simulate(plan, blocks, true)
}

/// `worker: block start..end` for each span, in the order of the workers and of time.
fn written(schedule: &Schedule) -> Vec<String> {
    let mut spans = schedule.spans.clone();
    spans.sort_by(|a, b| a.worker.cmp(&b.worker).then(a.start.total_cmp(&b.start)));
    let lost = |lost| if lost { " lost" } else { "" };
    let write = |span: &super::BlockSpan| {
        let super::BlockSpan { worker, block, start, end, lost: gone } = *span;
        format!("{worker}: {block} {start}..{end}{}", lost(gone))
    };
    spans.iter().map(write).collect()
}
