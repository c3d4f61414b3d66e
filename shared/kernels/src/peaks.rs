//! Loops that do nothing but what bounds a kernel: how fast can a core add, divide, read?

#![cfg_attr(
    target_arch = "x86_64",
    expect(unsafe_code, reason = "calls the copy of a loop that this processor can run")
)]

use crate::simd::at_every_level;

/// How many numbers one turn of a loop handles: four vectors of eight.
pub const WIDTH: usize = 32;

at_every_level! {
    /// Adds `turns` times 32 counting numbers, in 32 sums that do not wait for each other.
    pub fn add(mask: u64, turns: u64) -> u64 {
        let mut numbers: [u64; WIDTH] = std::array::from_fn(|lane| lane as u64);
        let mut sums = [0_u64; WIDTH];
        for _ in 0..turns {
            for lane in 0..WIDTH {
                sums[lane] = sums[lane].wrapping_add(numbers[lane] ^ mask);
                numbers[lane] += WIDTH as u64;
            }
        }
        sums.iter().fold(0, |sum, lane| sum.wrapping_add(*lane))
    }
}

at_every_level! {
    /// Divides `turns` times 32 numbers by themselves and more, 32 chains side by side.
    pub fn divide(by: f64, turns: u64) -> f64 {
        let mut values: [f64; WIDTH] = std::array::from_fn(|lane| lane as f64 + 1.0);
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
