//! Loops that do nothing but what bounds a kernel: how fast can a core add, divide, read?

#![cfg_attr(
    target_arch = "x86_64",
    expect(unsafe_code, reason = "calls the copy of a loop that this processor can run")
)]

use crate::simd::{Level, Set, at_every_level};

#[cfg_attr(target_arch = "x86_64", path = "peaks/x86_64.rs")]
#[cfg_attr(target_arch = "aarch64", path = "peaks/aarch64.rs")]
#[cfg_attr(not(any(target_arch = "x86_64", target_arch = "aarch64")), path = "peaks/plain.rs")]
mod additions;

/// How many vectors of counting numbers and of sums the loop of [`add`] keeps in registers. Each of its operations
/// waits for the one of the turn before on the same vector: with fewer vectors a core with four vector units would
/// wait.
const VECTORS: usize = 4;

/// How many numbers one turn of [`add`] makes and adds.
pub fn additions_in_a_turn(level: Level) -> u64 {
    VECTORS as u64 * level.lanes()
}

/// Adds the numbers 0, 1, 2 and so on, each of them `^ mask`, as many as `turns` turns [make](additions_in_a_turn):
/// what the kernel [`integers`](crate::Integers) has to do, in assembly where there is one for the architecture. So it
/// does not depend on what a compiler makes of it.
///
/// One turn is three operations for each vector: the mask, the sum, the next numbers.
pub fn add(level: Level, mask: u64, turns: u64) -> u64 {
    match level.set() {
        Set::Baseline => additions::baseline(mask, turns),
        // SAFETY: this `Level` exists, so `Level::available` found avx2 on this processor.
        #[cfg(target_arch = "x86_64")]
        Set::Avx2 => unsafe { additions::avx2(mask, turns) },
        // SAFETY: this `Level` exists, so `Level::available` found avx512f, dq and vl here.
        #[cfg(target_arch = "x86_64")]
        Set::Avx512 => unsafe { additions::avx512(mask, turns) },
    }
}

/// How many numbers one turn of [`divide`] handles: four vectors of eight.
pub const DIVISIONS_IN_A_TURN: usize = 32;

at_every_level! {
    /// Divides `turns` times 32 numbers by themselves and more, 32 chains side by side.
    pub fn divide(by: f64, turns: u64) -> f64 {
        let mut values: [f64; DIVISIONS_IN_A_TURN] = std::array::from_fn(|lane| lane as f64 + 1.0);
        for _ in 0..turns {
            for value in &mut values {
                *value = by / *value;
            }
        }
        values.iter().sum()
    }
}

at_every_level! {
    /// Adds numbers that lie in memory.
    pub fn read(numbers: &[u64]) -> u64 {
        numbers.iter().sum()
    }
}
