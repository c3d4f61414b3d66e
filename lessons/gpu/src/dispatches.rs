use std::ops::Range;

use kernels::{KernelName, Known, Primes};

use crate::shader::{GROUP, Shape};

/// No dispatch may have more workgroups than this in one dimension: WebGPU promises no more.
const MOST_GROUPS: u64 = 65_535;

/// No invocation takes more terms than this. The software device of Mesa 22 ends every loop after so many rounds, without
/// a word; and a dispatch that is bounded leaves the screen to others in between.
pub const MOST_ROUNDS: u64 = 65_535;

/// Numbers of terms are 32 bits wide in a shader, and stay so when a stride is added.
const MOST_TERMS: u64 = 1 << 31;

/// A prime costs thousands of divisions, and systems end a dispatch that takes seconds.
const MOST_PRIMES: u64 = 1 << 22;

/// A part of the terms: what one dispatch sums.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispatch {
    /// The terms.
    pub terms: Range<u64>,
    /// The workgroups.
    pub groups: u32,
}

/// Cuts `terms` into dispatches: each is small enough for shaders of that `shape` with `groups` workgroups, and lies
/// in one block of `block` terms, from term 0 on.
pub fn dispatches(
    kernel: KernelName,
    terms: &Range<u64>,
    shape: Shape,
    groups: u32,
    block: u64,
) -> Vec<Dispatch> {
    let group = u64::from(GROUP);
    let most = match shape {
        Shape::TermEach => MOST_GROUPS * group,
        Shape::Loops => (u64::from(groups) * group * MOST_ROUNDS).min(MOST_TERMS),
    };
    let most = if kernel == Primes::NAME { most.min(MOST_PRIMES) } else { most };
    let mut all = Vec::new();
    let mut first = terms.start;
    while first < terms.end {
        let block_end = (first / block + 1).saturating_mul(block);
        let end = terms.end.min(first + most).min(block_end);
        let needed = (end - first).div_ceil(group) as u32;
        let groups = if shape == Shape::Loops { needed.min(groups) } else { needed };
        all.push(Dispatch { terms: first..end, groups });
        first = end;
    }
    all
}

#[cfg(test)]
mod tests {
    use kernels::Integers;

    use super::*;

    fn cut(terms: Range<u64>, shape: Shape, groups: u32, block: u64) -> Vec<Dispatch> {
        let all = dispatches(Integers::NAME, &terms, shape, groups, block);
        let mut reached = terms.start;
        for dispatch in &all {
            assert_eq!(dispatch.terms.start, reached, "{all:?}");
            assert!(!dispatch.terms.is_empty() && dispatch.groups > 0, "{all:?}");
            let count = dispatch.terms.end - dispatch.terms.start;
            let invocations = u64::from(dispatch.groups) * u64::from(GROUP);
            assert!(u64::from(dispatch.groups) <= MOST_GROUPS, "{dispatch:?}");
            assert!(count.div_ceil(invocations) <= MOST_ROUNDS, "{dispatch:?}");
            assert!(
                count < MOST_TERMS + 1
                    && dispatch.terms.start / block == (dispatch.terms.end - 1) / block
            );
            if shape == Shape::TermEach {
                assert!(count <= invocations && invocations < count + u64::from(GROUP));
            }
            reached = dispatch.terms.end;
        }
        assert_eq!(reached, terms.end.max(terms.start), "{all:?}");
        all
    }

    #[test]
    fn dispatches_tile_the_terms_and_keep_every_bound() {
        for shape in [Shape::TermEach, Shape::Loops] {
            for groups in [1, 3, 64, 65_535] {
                for block in [1 << 24, 1000, u64::MAX] {
                    for start in [0, 7, (1 << 32) - 7] {
                        for count in [0, 1, 255, 256, 257, 100_003] {
                            cut(start..start + count, shape, groups, block);
                        }
                    }
                }
                cut(0..6_074_001_000, shape, groups, u64::MAX);
            }
        }
    }

    #[test]
    fn few_terms_need_few_workgroups() {
        assert_eq!(cut(0..257, Shape::Loops, 64, u64::MAX)[0].groups, 2);
        assert_eq!(cut(0..1_000_000, Shape::Loops, 64, u64::MAX)[0].groups, 64);
        assert_eq!(cut(0..1_000_000, Shape::TermEach, 64, u64::MAX)[0].groups, 3907);
    }

    #[test]
    fn primes_go_in_smaller_portions() {
        let all = dispatches(Primes::NAME, &(0..10_000_000), Shape::Loops, 64, u64::MAX);
        assert_eq!(all.len(), 3);
    }
}
