//! The boxes of a lane as they are drawn: those too narrow to be seen alone are joined.

use crate::lane::LaneBox;
use crate::scale::Scale;

/// What is drawn as one box: one of a lane, or several of one kind that lie close together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Joined {
    /// Whether it is of the second kind.
    pub hatched: bool,
    /// When the first one began.
    pub start: f64,
    /// When the last one ended.
    pub end: f64,
    /// The place of the first one among the boxes of the lane.
    pub first: usize,
    /// How many they are.
    pub boxes: usize,
    left: f64,
    right: f64,
}

/// The boxes of a lane on the axis `time`, by time. Those narrower than `narrow` are joined with their
/// neighbours, each with its like.
pub(crate) fn joined(boxes: &[LaneBox], time: &Scale, narrow: f64) -> Vec<Joined> {
    let mut joined = Vec::new();
    let mut group = Group::default();
    for (first, one) in boxes.iter().enumerate() {
        let left = time.at(one.start);
        let one = Joined {
            hatched: one.hatched,
            start: one.start,
            end: one.end,
            first,
            boxes: 1,
            left,
            right: time.at(one.end).max(left),
        };
        if !group.takes(&one, narrow) {
            joined.extend(std::mem::take(&mut group).boxes());
        }
        group.add(one);
    }
    joined.extend(group.boxes());
    joined
}

impl Joined {
    /// Left edge and width as drawn: it can always be seen, and told from a neighbour where there is room.
    pub(crate) fn drawn(&self) -> (f64, f64) {
        let width = self.right - self.left;
        (self.left, if width > 2.0 { width - 0.4 } else { width.max(0.3) })
    }
}

/// Neighbours that are too narrow to be drawn alone: those of the kind that came first, and those of
/// the other kind, each with the width that its boxes have together.
#[derive(Default)]
struct Group {
    first: Option<(Joined, f64)>,
    other: Option<(Joined, f64)>,
}

impl Group {
    fn takes(&self, next: &Joined, narrow: f64) -> bool {
        let Some((first, _)) = &self.first else { return true };
        let right = self.right(first);
        let small = |one: &Joined| one.right - one.left < narrow * one.boxes as f64;
        // Boxes of one kind can be joined for as long as they follow each other. With two kinds,
        // what was when is lost within the group, so that stays narrow.
        let mixed = self.other.is_some() || first.hatched != next.hatched;
        let near = if mixed { next.right - first.left } else { next.left - right } < narrow;
        near && small(first) && next.right - next.left < narrow
    }

    fn right(&self, first: &Joined) -> f64 {
        self.other.as_ref().map_or(first.right, |(other, _)| other.right.max(first.right))
    }

    fn add(&mut self, next: Joined) {
        let width = next.right - next.left;
        let alike = self.first.as_ref().is_none_or(|(first, _)| first.hatched == next.hatched);
        let slot = if alike { &mut self.first } else { &mut self.other };
        if let Some((one, busy)) = slot {
            one.right = one.right.max(next.right);
            one.end = one.end.max(next.end);
            one.boxes += 1;
            *busy += width;
        } else {
            *slot = Some((next, width));
        }
    }

    /// One of each kind, beside each other.
    fn boxes(self) -> impl Iterator<Item = Joined> {
        let (mut first, mut other) = (self.first, self.other);
        if let (Some((one, wide)), Some((next, narrow))) = (&mut first, &mut other) {
            let right = one.right.max(next.right);
            one.right = one.left + *wide;
            (next.left, next.right) = ((right - *narrow).max(one.right), right);
        }
        [first, other].into_iter().flatten().map(|(one, _)| one)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxes(boxes: &[(f64, f64, bool)]) -> Vec<LaneBox> {
        boxes.iter().map(|&(start, end, hatched)| LaneBox { start, end, hatched }).collect()
    }

    #[test]
    fn narrow_neighbours_are_joined_with_their_like() {
        let time = Scale::linear((0.0, 100.0), (0.0, 100.0));
        let boxes = boxes(&[
            (0.0, 0.1, false),
            (0.1, 0.2, true),
            (0.2, 0.4, true),
            (5.0, 9.0, false),
            (9.0, 12.0, true),
        ]);
        let joined = joined(&boxes, &time, 0.5);
        let shape: Vec<_> = joined.iter().map(|one| (one.boxes, one.first, one.hatched)).collect();
        assert_eq!(shape, [(1, 0, false), (2, 1, true), (1, 3, false), (1, 4, true)]);
        assert_eq!((joined[1].start, joined[1].end), (0.1, 0.4));
    }

    #[test]
    fn joining_keeps_the_hatched_share() {
        let time = Scale::linear((0.0, 100.0), (0.0, 100.0));
        let every: Vec<(f64, f64, bool)> =
            (0..1000).map(|i| (f64::from(i) * 0.1, f64::from(i + 1) * 0.1, i % 4 == 3)).collect();
        let boxes = boxes(&every);
        for narrow in [0.05, 0.5, 2.0, 16.0, 500.0] {
            let joined = joined(&boxes, &time, narrow);
            let most = if narrow < 0.1 { 1000.0 } else { 2.0 * (100.0 / narrow).ceil() + 4.0 };
            assert!(joined.len() as f64 <= most.max(2.0) * 1.3, "{narrow}: {}", joined.len());
            let wide = |hatched: bool| -> f64 {
                let kind = joined.iter().filter(|one| one.hatched == hatched);
                kind.map(|one| one.right - one.left).sum()
            };
            assert!((wide(true) - 25.0).abs() < 0.5, "{narrow}: {}", wide(true));
            assert!((wide(false) - 75.0).abs() < 0.5, "{narrow}: {}", wide(false));
            assert_eq!(joined.iter().map(|one| one.boxes).sum::<usize>(), 1000);
            assert!(joined.windows(2).all(|pair| pair[1].left >= pair[0].right - 1e-9), "{narrow}");
        }
    }
}
