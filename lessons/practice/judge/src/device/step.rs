use std::collections::BTreeMap;

use super::here::Who;
use super::{LINE, SUBGROUP};

/// What an invocation has read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Read {
    pub(super) pass: usize,
    pub(super) who: Who,
    pub(super) index: usize,
}

/// What the invocations of one subgroup read at the same time from one buffer: the first read of each of them is their
/// first step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The number of the workgroup.
    pub workgroup: usize,
    /// The first invocation of the subgroup.
    pub first: usize,
    /// What each invocation reads that has not ended before, in the order of their numbers.
    pub indexes: Vec<usize>,
}

impl Step {
    /// How many lines these numbers lie in. There is one transaction for each.
    pub fn lines(&self) -> usize {
        let mut lines: Vec<usize> = self.indexes.iter().map(|index| index / LINE).collect();
        lines.sort_unstable();
        lines.dedup();
        lines.len()
    }
}

/// All steps that these reads were, in the order of passes, workgroups and subgroups.
pub(super) fn steps(reads: &[Read]) -> Vec<Step> {
    let mut by_invocation: BTreeMap<(usize, Who), Vec<usize>> = BTreeMap::new();
    for read in reads {
        by_invocation.entry((read.pass, read.who)).or_default().push(read.index);
    }
    let mut steps: BTreeMap<(usize, usize, usize, usize), Vec<usize>> = BTreeMap::new();
    for ((pass, who), indexes) in by_invocation {
        for (step, index) in indexes.into_iter().enumerate() {
            let key = (pass, who.workgroup, who.local / SUBGROUP, step);
            steps.entry(key).or_default().push(index);
        }
    }
    let step = |((_, workgroup, subgroup, _), indexes)| Step {
        workgroup,
        first: subgroup * SUBGROUP,
        indexes,
    };
    steps.into_iter().map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reads_of_a_subgroup_are_told_apart_by_their_order() {
        let read = |local, index| Read { pass: 1, who: Who { workgroup: 0, local }, index };
        // Invocation 0 ends sooner, and 32 belongs to the next subgroup.
        let steps = steps(&[read(1, 31), read(1, 64), read(0, 0), read(32, 5), read(1, 65)]);
        let step = |first, indexes: &[usize]| Step { workgroup: 0, first, indexes: indexes.into() };
        assert_eq!(steps, [step(0, &[0, 31]), step(0, &[64]), step(0, &[65]), step(32, &[5])]);
        assert_eq!((steps[0].lines(), step(0, &[31, 32, 95, 64]).lines()), (1, 3));
    }
}
