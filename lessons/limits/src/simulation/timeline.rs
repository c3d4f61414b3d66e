use std::fmt::Write;

use course::BOLD;
use units::{count, seconds};

use super::SimulatedRun;
use crate::simulator::BlockSpan;

/// How many columns a lane has.
const COLUMNS: usize = 64;
/// How many lanes are shown.
const LANES: usize = 8;

/// From waiting to summing all the time.
const SHADES: [char; 5] = ['·', '░', '▒', '▓', '█'];

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
        let lane = lane(mine, schedule.makespan);
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

/// The share of each column that is filled.
fn lane<'a>(spans: impl Iterator<Item = &'a BlockSpan>, makespan: f64) -> String {
    let mut filled = [0.0; COLUMNS];
    let place = |time: f64| time / makespan * COLUMNS as f64;
    for span in spans {
        let (start, end) = (place(span.start), place(span.end));
        let columns = filled.iter_mut().enumerate();
        let first = (start as usize).min(COLUMNS);
        for (column, share) in columns.skip(first).take((end - start) as usize + 2) {
            let (left, right) = (column as f64, column as f64 + 1.0);
            *share += (end.min(right) - start.max(left)).max(0.0);
        }
    }
    let shade = |share: &f64| SHADES[(share * 4.0).round().clamp(0.0, 4.0) as usize];
    filled.iter().map(shade).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: f64, end: f64) -> BlockSpan {
        BlockSpan { worker: 0, block: 0, start, end, lost: false }
    }

    #[test]
    fn a_lane_is_filled_where_the_worker_sums() {
        let half = lane([span(0.0, 1.0)].iter(), 2.0);
        assert_eq!(half, "█".repeat(32) + &"·".repeat(32));
        let all = lane([span(0.0, 0.5), span(0.5, 2.0)].iter(), 2.0);
        assert_eq!(all, "█".repeat(64));
        let thin = lane([span(0.0, 1.0)].iter(), 128.0);
        assert_eq!(thin, "▒".to_owned() + &"·".repeat(63));
    }

    #[test]
    fn the_first_and_the_last_worker_are_always_shown() {
        assert_eq!(chosen(1).collect::<Vec<_>>(), [0]);
        assert_eq!(chosen(3).collect::<Vec<_>>(), [0, 1, 2]);
        let many: Vec<usize> = chosen(1024).collect();
        assert_eq!((many.len(), many[0], many[7]), (8, 0, 1023));
    }
}
