use std::ops::Range;

use super::{Next, Sharing};

/// One range for each worker, and nothing to decide: taking a block costs nothing.
///
/// Whoever is done goes home. Only the range of a worker that vanished is taken over, whole, by the
/// first who has nothing else to do.
#[derive(Debug)]
pub(super) struct EqualRanges {
    ranges: Vec<Range<usize>>,
    left_behind: Option<Range<usize>>,
}

impl EqualRanges {
    pub(super) fn new(ranges: Vec<Range<usize>>) -> Self {
        EqualRanges { ranges, left_behind: None }
    }
}

impl Sharing for EqualRanges {
    fn next(&mut self, worker: usize, now: f64) -> Next {
        if self.ranges[worker].is_empty()
            && let Some(range) = self.left_behind.take()
        {
            self.ranges[worker] = range;
        }
        match self.ranges[worker].next() {
            Some(block) => Next::Sum { block, at: now },
            None => Next::Nothing,
        }
    }

    fn vanished(&mut self, worker: usize, block: Option<usize>) {
        let rest = std::mem::take(&mut self.ranges[worker]);
        // The block in its hand was the one before the rest.
        let start = block.unwrap_or(rest.start);
        self.left_behind = Some(start..rest.end.max(start + usize::from(block.is_some())));
    }
}
