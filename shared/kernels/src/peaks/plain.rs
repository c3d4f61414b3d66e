//! The loop for an architecture without assembly here: what the compiler makes of the kernel's own.

use super::VECTORS;
use crate::simd::BASELINE_LANES;

pub(super) fn baseline(mask: u64, turns: u64) -> u64 {
    let terms = turns * (VECTORS * BASELINE_LANES) as u64;
    crate::integers::add_counting::<BASELINE_LANES>(0..terms, mask)
}
