//! Your own kernel: `cargo run -p threads -- -k yours`, and the same in the other lessons.
//!
//! Put your own work in the place of this one. What each item means is written at the trait [`Parts`].

use std::ops::Range;

use parts::Parts;

/// A dot product: `x[0]*y[0] + x[1]*y[1] + ...`
pub struct Yours {
    x: Vec<f64>,
    y: Vec<f64>,
}

impl Parts for Yours {
    type Partial = f64;

    const TITLE: &'static str = "a dot product of two vectors of f64";
    const BYTES_PER_TERM: u64 = 16;

    fn new(terms: u64) -> Self {
        let wave = |i: u64| (i % 1000) as f64 * 0.001;
        Yours { x: (0..terms).map(wave).collect(), y: (0..terms).map(|i| wave(i * 7)).collect() }
    }

    fn sum(&self, range: Range<u64>) -> f64 {
        let range = range.start as usize..range.end as usize;
        self.x[range.clone()].iter().zip(&self.y[range]).map(|(x, y)| x * y).sum()
    }

    fn join(left: f64, right: f64) -> f64 {
        left + right
    }

    /// Floats round, and in another order they round otherwise.
    fn same(one: &f64, other: &f64) -> bool {
        (one - other).abs() <= 1e-9 * one.abs().max(other.abs())
    }

    fn encode(partial: &f64) -> Option<Vec<u8>> {
        Some(partial.to_le_bytes().to_vec())
    }

    fn decode(bytes: &[u8]) -> Option<f64> {
        bytes.try_into().ok().map(f64::from_le_bytes)
    }
}
