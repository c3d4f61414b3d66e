use std::ops::Range;

use kernels::{KernelName, Known, Primes};

use crate::shader::{GROUP, Shape};

/// No dispatch may have more workgroups than this in one dimension: WebGPU promises no more.
const MOST_GROUPS: u64 = 65_535;

/// No invocation goes more rounds than this, in all its loops together. The software device of Mesa 22 counts them, and
/// after 65,535 it ends the loop that it is in, without a word; some are left for a tree at the end. And between
/// short dispatches some systems let others use the device.
const MOST_ROUNDS: u64 = 65_000;

/// Numbers of terms are 32 bits wide in a shader, and stay so when a stride is added.
const MOST_TERMS: u64 = 1 << 31;

/// A prime costs up to 65,000 divisions, and some systems end a dispatch that takes seconds.
const MOST_PRIMES: u64 = 1 << 22;

/// The largest number of terms of `kernel` that shaders can sum, where that is fewer than the kernel allows: a prime
/// close to it takes one invocation as many rounds as it has.
pub fn most_terms(kernel: KernelName) -> u64 {
    if kernel == Primes::NAME { (MOST_ROUNDS - 1).pow(2) } else { u64::MAX }
}

/// How many rounds a term below `end` takes at most: the loop over the terms, and that over the divisors.
fn rounds_of_a_term(kernel: KernelName, end: u64) -> u64 {
    if kernel == Primes::NAME { 1 + end.isqrt() } else { 1 }
}

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
        Shape::Loops => {
            let terms = MOST_ROUNDS / rounds_of_a_term(kernel, terms.end);
            (u64::from(groups) * group * terms.max(1)).min(MOST_TERMS)
        }
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
    fn no_invocation_divides_more_often_than_it_may() {
        for end in [100_003, 500_000, 10_000_000, most_terms(Primes::NAME)] {
            let first = end.saturating_sub(20_000_000);
            for dispatch in dispatches(Primes::NAME, &(first..end), Shape::Loops, 64, u64::MAX) {
                let invocations = u64::from(dispatch.groups * GROUP);
                let each = (dispatch.terms.end - dispatch.terms.start).div_ceil(invocations);
                // The root itself is the last divisor that is tried.
                let rounds = each * (1 + (dispatch.terms.end - 1).isqrt());
                assert!(rounds <= MOST_ROUNDS, "{dispatch:?}: {rounds}");
            }
        }
        let portions =
            |shape| dispatches(Primes::NAME, &(0..10_000_000), shape, 2048, u64::MAX).len();
        assert_eq!((portions(Shape::TermEach), portions(Shape::Loops)), (3, 3));
    }
}
