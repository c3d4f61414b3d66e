use draw::{Joined, Lane, LaneBox, Meaning, Timeline};
use units::{count, percent, seconds};

use super::SimulatedRun;
use crate::picture::picture;
use crate::simulator::{Begin, BlockSpan, Strategy};

const LOST: Meaning = Meaning {
    plain: "summing a block",
    hatched: "lost with its worker, and summed again",
    between: "idle",
};
const STOLEN: Meaning =
    Meaning { plain: "summing a block", hatched: "summing a stolen block", between: "idle" };

/// The timelines of some rows as pictures, all with the same axis of time.
pub(super) fn timelines<'a>(
    rows: impl Iterator<Item = &'a SimulatedRun> + Clone,
) -> Vec<(String, String)> {
    let until = rows.clone().map(|row| row.schedule.makespan).fold(0.0, f64::max);
    rows.filter_map(|row| timeline(row, until)).collect()
}

/// The timeline of a row as a picture; `None` where there are no spans to draw.
fn timeline(row: &SimulatedRun, until: f64) -> Option<(String, String)> {
    let (schedule, workers) = (&row.schedule, row.plan.workers);
    if schedule.spans.is_empty() || schedule.makespan <= 0.0 {
        return None;
    }
    // One kind of hatching: blocks that were lost, where there are any; otherwise those that were stolen.
    let any_lost = schedule.spans.iter().any(|span| span.lost);
    let steals = matches!(row.plan.strategy, Strategy::StealingHalf | Strategy::StealingOne);
    let meaning = if any_lost || !steals { LOST } else { STOLEN };
    let blocks = schedule.spans.iter().map(|span| span.block + 1).max().unwrap_or(0);
    let is_hatched = |span: &BlockSpan| match any_lost || !steals {
        true => span.lost,
        false => span.worker != first_owner(span.block, blocks, workers, row.plan.begin),
    };
    let lanes = workers.min(Timeline::MOST_LANES);
    let (strategy, all) = (row.plan.strategy.as_str(), seconds(schedule.makespan));
    let idle = percent(schedule.idle());
    let timeline = Timeline {
        name: strategy.to_owned(),
        summary: match workers {
            many if many > lanes => format!("{all}, {idle} idle; {lanes} of {many} lanes"),
            _ => format!("{all}, {idle} idle"),
        },
        end: schedule.makespan,
        until,
        lanes: (0..lanes).map(|worker| lane(worker, &schedule.spans, &is_hatched)).collect(),
    };
    let name = format!("timeline-{strategy}");
    let tip = |_, worker: usize, joined: &Joined| {
        let blocks = count(joined.boxes as u64, "block");
        format!("worker {worker}: {blocks}, {} to {}", seconds(joined.start), seconds(joined.end))
    };
    let drawing = draw::timelines((&name, draw::WIDTH), &[timeline], 1, meaning, tip);
    let reading = format!(
        "One lane for each of {lanes} workers, a box for each block that it sums. All is done after \
         {all}; {idle} of the workers' time was idle."
    );
    let title = format!("{strategy} with {}, simulated", count(workers as u64, "worker"));
    Some(picture(&name, &title, &reading, drawing))
}

/// The worker in whose store a block lies before the first steal.
fn first_owner(block: usize, blocks: usize, workers: usize, begin: Begin) -> usize {
    match begin {
        Begin::AtOne => 0,
        Begin::Dealt => {
            (0..workers).find(|worker| block < (worker + 1) * blocks / workers).unwrap_or(0)
        }
    }
}

fn lane(worker: usize, spans: &[BlockSpan], is_hatched: &impl Fn(&BlockSpan) -> bool) -> Lane {
    let mine = || spans.iter().filter(move |span| span.worker == worker);
    let tip = |hatched: bool| {
        let blocks = mine().filter(|span| is_hatched(span) == hatched).count();
        let kind = if hatched { "hatched block" } else { "block" };
        format!("worker {worker}: {}", count(blocks as u64, kind))
    };
    let boxes =
        mine().map(|span| LaneBox { start: span.start, end: span.end, hatched: is_hatched(span) });
    Lane { name: worker.to_string(), boxes: boxes.collect(), tips: [tip(false), tip(true)] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_belongs_first_to_the_worker_that_it_was_dealt_to() {
        let owners =
            |begin| (0..7).map(|block| first_owner(block, 7, 3, begin)).collect::<Vec<_>>();
        assert_eq!(owners(Begin::Dealt), [0, 0, 1, 1, 2, 2, 2]);
        assert_eq!(owners(Begin::AtOne), [0; 7]);
    }
}
