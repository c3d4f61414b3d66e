//! The boxes of a lane as they are drawn: those too narrow to be seen alone are joined.

use shared::report::units;

use super::scale::Scale;
use super::words;
use crate::results::{Lane, Timeline};

/// What is drawn as one box: a range, or several that lie close together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Run {
    /// Its left edge.
    pub(super) left: f64,
    /// Its right edge.
    pub(super) right: f64,
    start: f64,
    end: f64,
    lo: u64,
    hi: u64,
    ranges: usize,
    stolen: usize,
    /// Seconds busy, and how many of them with stolen ranges.
    busy: (f64, f64),
}

/// Whether there is anything to draw of it.
pub(super) fn drawable(timeline: &Timeline) -> bool {
    words::SHOWABLE.contains(&timeline.wall)
        && timeline.lanes.iter().any(|lane| !lane.boxes.is_empty())
}

/// How many ranges were stolen.
pub(super) fn stolen(timeline: &Timeline) -> usize {
    let boxes = timeline.lanes.iter().flat_map(|lane| &lane.boxes);
    boxes.filter(|one| one.stolen).count()
}

/// The boxes of `lane` on the axis `time`, by time. Those narrower than `narrow` are joined with a
/// neighbour that is as near.
pub(super) fn runs(lane: &Lane, time: &Scale, narrow: f64) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for one in &lane.boxes {
        let busy = (one.end - one.start).max(0.0);
        let next = Run {
            left: time.at(one.start),
            right: time.at(one.end).max(time.at(one.start)),
            start: one.start,
            end: one.end,
            lo: one.lo,
            hi: one.hi,
            ranges: 1,
            stolen: usize::from(one.stolen),
            busy: (busy, if one.stolen { busy } else { 0.0 }),
        };
        match runs.last_mut() {
            Some(last) if last.joins(&next, narrow) => last.join(&next),
            _ => runs.push(next),
        }
    }
    runs
}

impl Run {
    /// Whether most of it is stolen work.
    pub(super) fn is_stolen(&self) -> bool {
        self.stolen > 0 && self.busy.1 * 2.0 >= self.busy.0
    }

    /// How wide it is drawn: it can always be seen.
    pub(super) fn width(&self) -> f64 {
        (self.right - self.left).max(0.3)
    }

    /// What it says of itself.
    pub(super) fn tip(&self, strategy: &str, lane: &str) -> String {
        let (start, end) = (units::seconds(self.start), units::seconds(self.end));
        let lane = words::short(lane);
        if self.ranges > 1 {
            let stolen = match self.stolen {
                0 => String::new(),
                some => format!(", {} of them stolen", units::grouped(some as u64)),
            };
            let ranges = words::count(self.ranges, "range");
            return format!("{strategy}, {lane}: {ranges}{stolen}, {start} to {end}");
        }
        let (lo, hi) = (units::grouped(self.lo), units::grouped(self.hi));
        let stolen = if self.stolen > 0 { ", stolen" } else { "" };
        format!("{strategy}, {lane}: terms {lo} to {hi}{stolen}, {start} to {end}")
    }

    fn joins(&self, next: &Run, narrow: f64) -> bool {
        let last = (self.right - self.left) / self.ranges as f64;
        let near = next.left - self.right < narrow;
        // Stolen ones stay apart from others, as long as the two could be told apart.
        let alike = narrow >= 4.0 || self.is_stolen() == next.is_stolen();
        last < narrow && next.right - next.left < narrow && near && alike
    }

    fn join(&mut self, next: &Run) {
        self.right = self.right.max(next.right);
        self.end = self.end.max(next.end);
        self.ranges += next.ranges;
        self.stolen += next.stolen;
        self.busy = (self.busy.0 + next.busy.0, self.busy.1 + next.busy.1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::LaneBox;

    fn lane(boxes: &[(f64, f64, bool)]) -> Lane {
        let boxes =
            boxes.iter().map(|&(start, end, stolen)| LaneBox { start, end, lo: 0, hi: 9, stolen });
        let boxes: Vec<LaneBox> = boxes.collect();
        Lane {
            id: "thread 0".into(),
            busy: boxes.iter().map(|one| one.end - one.start).sum(),
            boxes,
        }
    }

    #[test]
    fn narrow_neighbours_are_joined_and_nothing_is_lost() {
        let time = Scale::linear((0.0, 100.0), (0.0, 100.0));
        let lane = lane(&[
            (0.0, 0.2, false),
            (0.2, 0.4, true),
            (0.4, 0.6, true),
            (5.0, 9.0, false),
            (9.0, 12.0, true),
        ]);
        let runs = runs(&lane, &time, 0.5);
        let shape: Vec<(usize, bool)> =
            runs.iter().map(|run| (run.ranges, run.is_stolen())).collect();
        assert_eq!(shape, [(1, false), (2, true), (1, false), (1, true)]);
        let busy: f64 = runs.iter().map(|run| run.busy.0).sum();
        assert!((busy - lane.busy).abs() < 1e-12);
        assert!(runs[1].tip("deques", "thread 0").contains("2 ranges, 2 of them stolen"));
    }
}
