//! With the instructions of x86-64: the widest that this processor has.

#![expect(unsafe_code, reason = "calls functions for a processor that has certain instructions")]

use std::arch::x86_64::*;
use std::mem::transmute;
use std::ops::Range;

/// Sums `i ^ mask`.
pub(super) fn sum_masked(terms: Range<u64>, mask: u64) -> u64 {
    if is_x86_feature_detected!("avx512f") {
        // SAFETY: the processor was asked just now.
        unsafe { avx512(terms, mask) }
    } else if is_x86_feature_detected!("avx2") {
        // SAFETY: the processor was asked just now.
        unsafe { avx2(terms, mask) }
    } else {
        // SAFETY: every processor of this architecture has these.
        unsafe { sse2(terms, mask) }
    }
}

/// Writes the function for one instruction set: the types and names differ, and nothing else.
macro_rules! sum_masked_with {
    ($features:literal: $name:ident, $vector:ty, $lanes:literal, $splat:ident, $add:ident, $xor:ident) => {
        // ANCHOR: intrinsics
        #[target_feature(enable = $features)]
        fn $name(terms: Range<u64>, mask: u64) -> u64 {
            let all = |number: u64| $splat(number as i64);
            let counting: [u64; $lanes] = std::array::from_fn(|lane| lane as u64);
            // SAFETY: both are as many bytes, and any bits are whole numbers.
            let counting: $vector = unsafe { transmute(counting) };
            let from = |vector: u64| $add(counting, all(terms.start + vector * $lanes));
            let mut numbers = [from(0), from(1), from(2), from(3)];
            let mut sums = [all(0); 4];
            let (masks, step) = (all(mask), all(4 * $lanes));
            let turns = terms.end.saturating_sub(terms.start) / (4 * $lanes);
            for _ in 0..turns {
                for vector in 0..4 {
                    sums[vector] = $add(sums[vector], $xor(numbers[vector], masks));
                    numbers[vector] = $add(numbers[vector], step);
                }
            }
            let total = $add($add(sums[0], sums[1]), $add(sums[2], sums[3]));
            // SAFETY: as above.
            let total: [u64; $lanes] = unsafe { transmute(total) };
            let rest = (terms.start + turns * 4 * $lanes..terms.end).map(|i| i ^ mask);
            total.into_iter().chain(rest).sum()
        }
        // ANCHOR_END: intrinsics
    };
}

sum_masked_with!("sse2": sse2, __m128i, 2, _mm_set1_epi64x, _mm_add_epi64, _mm_xor_si128);
sum_masked_with!("avx2": avx2, __m256i, 4, _mm256_set1_epi64x, _mm256_add_epi64, _mm256_xor_si256);
sum_masked_with!("avx512f": avx512, __m512i, 8, _mm512_set1_epi64, _mm512_add_epi64, _mm512_xor_si512);
