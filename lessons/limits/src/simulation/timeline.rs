use std::fmt::Write;

use course::{BOLD, lane};
use units::{count, seconds};

use super::SimulatedRun;

/// How many columns a lane has.
const COLUMNS: usize = 64;
/// How many lanes are shown.
const LANES: usize = 8;

/// The timeline of a row: a lane for each worker, darker where it sums.
pub(super) fn timeline(row: &SimulatedRun) -> String {
    let (schedule, workers) = (&row.schedule, row.plan.workers);
    let mut text = format!(
        "\n{BOLD}{} with {}{BOLD:#}  0 to {}, █ sums, · waits\n",
        row.plan.strategy.as_str(),
        count(workers as u64, "worker"),
        seconds(schedule.makespan)
    );
    for worker in chosen(workers) {
        let mine = schedule.spans.iter().filter(|span| span.worker == worker);
        let parts = mine.map(|span| (span.start / schedule.makespan, span.end / schedule.makespan));
        let lane = lane(parts, COLUMNS);
        let _ = writeln!(text, "{worker:>5} {lane}{}", lost(row, worker));
    }
    text
}

/// All workers, or some of them that lie evenly between the first and the last.
fn chosen(workers: usize) -> impl Iterator<Item = usize> {
    let lanes = workers.min(LANES);
    (0..lanes).map(move |lane| lane * (workers - 1) / (lanes - 1).max(1))
}

fn lost(row: &SimulatedRun, worker: usize) -> &'static str {
    let gone =
        row.plan.vanishes.is_some_and(|(gone, at)| gone == worker && at < row.schedule.makespan);
    if gone { " vanishes" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_and_the_last_worker_are_always_shown() {
        assert_eq!(chosen(1).collect::<Vec<_>>(), [0]);
        assert_eq!(chosen(3).collect::<Vec<_>>(), [0, 1, 2]);
        let many: Vec<usize> = chosen(1024).collect();
        assert_eq!((many.len(), many[0], many[7]), (8, 0, 1023));
    }
}
