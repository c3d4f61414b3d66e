use draw::{Joined, Lane, LaneBox, Meaning, Timeline};
use units::{count, percent, seconds};

use super::SimulatedRun;
use crate::picture::picture;
use crate::simulator::BlockSpan;

const MEANING: Meaning = Meaning {
    plain: "summing a block",
    hatched: "lost with its worker, and summed again",
    between: "idle",
};

/// The timeline of a row as a picture; `None` where there are no spans to draw.
pub(super) fn timeline(row: &SimulatedRun) -> Option<(String, String)> {
    let (schedule, workers) = (&row.schedule, row.plan.workers);
    if schedule.spans.is_empty() || schedule.makespan <= 0.0 {
        return None;
    }
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
        lanes: (0..lanes).map(|worker| lane(worker, &schedule.spans)).collect(),
    };
    let name = format!("timeline-{strategy}");
    let tip = |_, worker: usize, joined: &Joined| {
        let blocks = count(joined.boxes as u64, "block");
        format!("worker {worker}: {blocks}, {} to {}", seconds(joined.start), seconds(joined.end))
    };
    let drawing = draw::timelines((&name, draw::WIDTH), &[timeline], 1, MEANING, tip);
    let reading = format!(
        "One lane for each of {lanes} workers, a box for each block that it sums. All is done after \
         {all}; {idle} of the workers' time was idle."
    );
    let title = format!("{strategy} with {}, simulated", count(workers as u64, "worker"));
    Some(picture(&name, &title, &reading, drawing))
}

fn lane(worker: usize, spans: &[BlockSpan]) -> Lane {
    let mine = || spans.iter().filter(move |span| span.worker == worker);
    let tip = |lost: bool| {
        let blocks = mine().filter(|span| span.lost == lost).count();
        let lost = if lost { "lost " } else { "" };
        format!("worker {worker}: {}", count(blocks as u64, &format!("{lost}block")))
    };
    let boxes = mine().map(|span| LaneBox { start: span.start, end: span.end, hatched: span.lost });
    Lane { name: worker.to_string(), boxes: boxes.collect(), tips: [tip(false), tip(true)] }
}
