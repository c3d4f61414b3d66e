//! The boxes of a lane as they are drawn: those too narrow to be seen alone are joined.

use units;

use super::scale::Scale;
use super::words;
use crate::results::{Lane, Timeline};

/// What is drawn as one box: a range, or several that lie close together; either all of them were
/// stolen or none was.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Run {
    /// Its left edge.
    pub(super) left: f64,
    /// Its right edge.
    pub(super) right: f64,
    /// Whether it was taken from another worker.
    pub(super) stolen: bool,
    start: f64,
    end: f64,
    lo: u64,
    hi: u64,
    ranges: usize,
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

/// What all boxes of a kind in a lane say together:
/// `deques, thread 7: 40 stolen ranges in 1.20 ms`.
pub(super) fn tip(timeline: &Timeline, lane: &Lane, stolen: bool) -> String {
    let mine = || lane.boxes.iter().filter(|one| one.stolen == stolen);
    let kind = if stolen { "stolen range" } else { "range" };
    let busy: f64 = mine().map(|one| (one.end - one.start).max(0.0)).sum();
    format!(
        "{}, {}: {} in {}",
        words::short(&timeline.strategy),
        words::short(&lane.id),
        words::count(mine().count(), kind),
        units::seconds(busy)
    )
}

/// The boxes of `lane` on the axis `time`, by time. Those narrower than `narrow` are joined with
/// their neighbours, each with its like.
pub(super) fn runs(lane: &Lane, time: &Scale, narrow: f64) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut group = Group::default();
    for one in &lane.boxes {
        let run = Run {
            left: time.at(one.start),
            right: time.at(one.end).max(time.at(one.start)),
            stolen: one.stolen,
            start: one.start,
            end: one.end,
            lo: one.lo,
            hi: one.hi,
            ranges: 1,
        };
        if !group.takes(&run, narrow) {
            runs.extend(std::mem::take(&mut group).runs());
        }
        group.add(run);
    }
    runs.extend(group.runs());
    runs
}

/// Neighbours that are too narrow to be drawn alone: those of the kind that came first, and those of
/// the other kind, each with the width that its boxes have together.
#[derive(Default)]
struct Group {
    first: Option<(Run, f64)>,
    other: Option<(Run, f64)>,
}

impl Group {
    fn takes(&self, next: &Run, narrow: f64) -> bool {
        let Some((first, _)) = &self.first else { return true };
        let right = self.right(first);
        let small = |run: &Run| run.right - run.left < narrow * run.ranges as f64;
        // Boxes of one kind can be joined for as long as they follow each other. With two kinds,
        // what was when is lost within the group, so that stays narrow.
        let mixed = self.other.is_some() || first.stolen != next.stolen;
        let near = if mixed { next.right - first.left } else { next.left - right } < narrow;
        near && small(first) && next.right - next.left < narrow
    }

    fn right(&self, first: &Run) -> f64 {
        self.other.as_ref().map_or(first.right, |(other, _)| other.right.max(first.right))
    }

    fn add(&mut self, next: Run) {
        let width = next.right - next.left;
        let alike = self.first.as_ref().is_none_or(|(first, _)| first.stolen == next.stolen);
        let slot = if alike { &mut self.first } else { &mut self.other };
        if let Some((run, busy)) = slot {
            run.right = run.right.max(next.right);
            run.end = run.end.max(next.end);
            run.ranges += 1;
            *busy += width;
        } else {
            *slot = Some((next, width));
        }
    }

    /// One run of each kind, beside each other.
    fn runs(self) -> impl Iterator<Item = Run> {
        let (mut first, mut other) = (self.first, self.other);
        if let (Some((one, wide)), Some((next, narrow))) = (&mut first, &mut other) {
            let right = one.right.max(next.right);
            one.right = one.left + *wide;
            (next.left, next.right) = ((right - *narrow).max(one.right), right);
        }
        [first, other].into_iter().flatten().map(|(run, _)| run)
    }
}

impl Run {
    /// How wide it is drawn: it can always be seen.
    pub(super) fn width(&self) -> f64 {
        (self.right - self.left).max(0.3)
    }

    /// What it says of itself.
    pub(super) fn tip(&self, strategy: &str, lane: &str) -> String {
        let (start, end) = (units::seconds(self.start), units::seconds(self.end));
        let lane = words::short(lane);
        if self.ranges > 1 {
            let stolen = if self.stolen { "stolen " } else { "" };
            let ranges = words::count(self.ranges, &format!("{stolen}range"));
            return format!("{strategy}, {lane}: {ranges}, {start} to {end}");
        }
        let (lo, hi) = (units::grouped(self.lo), units::grouped(self.hi));
        let stolen = if self.stolen { ", stolen" } else { "" };
        format!("{strategy}, {lane}: terms {lo} to {hi}{stolen}, {start} to {end}")
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

    /// How many ranges each run has, and whether they were stolen.
    fn shape(runs: &[Run]) -> Vec<(usize, bool)> {
        runs.iter().map(|run| (run.ranges, run.stolen)).collect()
    }

    #[test]
    fn narrow_neighbours_are_joined_with_their_like() {
        let time = Scale::linear((0.0, 100.0), (0.0, 100.0));
        let lane = lane(&[
            (0.0, 0.1, false),
            (0.1, 0.2, true),
            (0.2, 0.4, true),
            (5.0, 9.0, false),
            (9.0, 12.0, true),
        ]);
        let runs = runs(&lane, &time, 0.5);
        assert_eq!(shape(&runs), [(1, false), (2, true), (1, false), (1, true)]);
        assert!(runs[1].tip("deques", "thread 0").contains("2 stolen ranges"));
    }

    #[test]
    fn however_few_boxes_there_are_the_stolen_share_stays() {
        let time = Scale::linear((0.0, 100.0), (0.0, 100.0));
        let boxes: Vec<(f64, f64, bool)> =
            (0..1000).map(|i| (f64::from(i) * 0.1, f64::from(i + 1) * 0.1, i % 4 == 3)).collect();
        let lane = lane(&boxes);
        for narrow in [0.05, 0.5, 2.0, 16.0, 500.0] {
            let runs = runs(&lane, &time, narrow);
            let most = if narrow < 0.1 { 1000.0 } else { 2.0 * (100.0 / narrow).ceil() + 4.0 };
            assert!(runs.len() as f64 <= most.max(2.0) * 1.3, "{narrow}: {}", runs.len());
            let wide = |stolen: bool| -> f64 {
                let kind = runs.iter().filter(|run| run.stolen == stolen);
                kind.map(|run| run.right - run.left).sum()
            };
            assert!((wide(true) - 25.0).abs() < 0.5, "{narrow}: {}", wide(true));
            assert!((wide(false) - 75.0).abs() < 0.5, "{narrow}: {}", wide(false));
            assert_eq!(runs.iter().map(|run| run.ranges).sum::<usize>(), 1000);
            assert!(runs.windows(2).all(|pair| pair[1].left >= pair[0].right - 1e-9), "{narrow}");
        }
    }
}
