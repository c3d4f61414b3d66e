use super::squares::{self, Row};

/// A law of scaling that can be fitted to a curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Law {
    /// Amdahl's law. Unknown: the time of one worker, the serial fraction.
    Amdahl,
    /// The universal scalability law. Unknown: the time of one worker, contention, coherence.
    Universal,
}

impl Law {
    /// What the law has to find in the curve.
    pub fn unknowns(self) -> usize {
        match self {
            Law::Amdahl => 2,
            Law::Universal => 3,
        }
    }

    /// The fewest worker counts that can contradict the law: one more than it has unknowns.
    pub fn least_counts(self) -> usize {
        self.unknowns() + 1
    }

    /// The time of `workers` workers who have as many `cores` is this row times the coefficients.
    ///
    /// Both laws are sums of simple curves. Amdahl: `T1 s` for the serial part, which the fastest core
    /// does, and `T1 (1 - s)` for the shared one, which all cores do (the asymmetric form of Hill and
    /// Marty, 2008). Universal: `T1`, `T1 sigma` and `T1 kappa`; it is the workers that talk to each
    /// other, however fast their cores are.
    pub(super) fn row(self, workers: usize, cores: f64) -> Row {
        match self {
            Law::Amdahl => [1.0, 1.0 / cores, 0.0],
            Law::Universal => [1.0 / cores, 1.0 - 1.0 / cores, workers as f64 - 1.0],
        }
    }

    /// Which coefficients may be the only ones above zero: a bit each. `T1` is never zero.
    pub(super) fn supports(self) -> &'static [u8] {
        match self {
            Law::Amdahl => &[0b01, 0b10, 0b11],
            Law::Universal => &[0b001, 0b011, 0b101, 0b111],
        }
    }

    pub(super) fn shape(self, coefficients: &Row) -> Shape {
        let [first, second, third] = *coefficients;
        match self {
            Law::Amdahl => Shape { contention: seen(first / (first + second)), coherence: 0.0 },
            Law::Universal => {
                Shape { contention: seen(second / first), coherence: seen(third / first) }
            }
        }
    }
}

/// The unknowns of a law, without the time of one worker. Amdahl's law is the universal one without
/// coherence, so one shape serves both.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Shape {
    pub(super) contention: f64,
    pub(super) coherence: f64,
}

impl Shape {
    /// The speedup of `workers` workers who have as many `cores`.
    pub(super) fn speedup(self, workers: usize, cores: f64) -> f64 {
        let row = Law::Universal.row(workers, cores);
        1.0 / squares::product(&row, &[1.0, self.contention, self.coherence])
    }
}

/// A part of the time, or zero where it is so small that only rounding made it.
fn seen(part: f64) -> f64 {
    if part < 1e-11 { 0.0 } else { part }
}
