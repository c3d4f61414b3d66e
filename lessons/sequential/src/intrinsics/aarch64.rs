//! With the instructions of NEON, which every 64-bit Arm processor has.

#![expect(unsafe_code, reason = "calls a function for a processor that has certain instructions")]

use std::arch::aarch64::{vaddq_u64, vdupq_n_u64, veorq_u64, vgetq_lane_u64, vsetq_lane_u64};
use std::ops::Range;

/// How many numbers a vector holds.
const LANES: u64 = 2;

/// Sums `i ^ mask`.
pub(super) fn sum_masked(terms: Range<u64>, mask: u64) -> u64 {
    // SAFETY: every processor of this architecture has these instructions.
    unsafe { neon(terms, mask) }
}

#[target_feature(enable = "neon")]
fn neon(terms: Range<u64>, mask: u64) -> u64 {
    let counting = vsetq_lane_u64::<1>(1, vdupq_n_u64(0));
    let from = |vector: u64| vaddq_u64(counting, vdupq_n_u64(terms.start + vector * LANES));
    let mut numbers = [from(0), from(1), from(2), from(3)];
    let mut sums = [vdupq_n_u64(0); 4];
    let (masks, step) = (vdupq_n_u64(mask), vdupq_n_u64(4 * LANES));
    let turns = terms.end.saturating_sub(terms.start) / (4 * LANES);
    for _ in 0..turns {
        for vector in 0..4 {
            sums[vector] = vaddq_u64(sums[vector], veorq_u64(numbers[vector], masks));
            numbers[vector] = vaddq_u64(numbers[vector], step);
        }
    }
    let total = vaddq_u64(vaddq_u64(sums[0], sums[1]), vaddq_u64(sums[2], sums[3]));
    let rest: u64 = (terms.start + turns * 4 * LANES..terms.end).map(|i| i ^ mask).sum();
    vgetq_lane_u64::<0>(total) + vgetq_lane_u64::<1>(total) + rest
}
