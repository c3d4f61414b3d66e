use std::hint::black_box;
use std::time::Duration;

use kernels::{Integers, Kernel, Known, simd::Level};
use measure::machine::additions_per_second;
use measure::{Error, quickest};
use serde::Serialize;
use units::instructions;

/// How fast one core adds, one way.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Addition {
    /// How: `one after the other`, `SSE2`, `SSE2, in assembly`, `AVX2`.
    pub(crate) how: String,
    /// Additions a second.
    pub(crate) per_second: f64,
}

const TERMS: u64 = 1_000_000;

/// One core, with one number at a time, and with each instruction set that it has: by the kernel's own loop, and by the
/// loop in assembly that its ceiling is measured with.
pub(crate) fn additions() -> Result<Vec<Addition>, Error> {
    let time = Duration::from_millis(25);
    let kernel = Integers::new(TERMS)?;
    let mask = black_box(0);
    let rate = |seconds: f64| TERMS as f64 / seconds;
    let chain = quickest(time, || {
        black_box(one_after_the_other(black_box(TERMS), mask));
    });
    let mut ways =
        vec![Addition { how: "one after the other".to_owned(), per_second: rate(chain) }];
    for level in Level::available() {
        let kernel = kernel.clone().at(level);
        let seconds = quickest(time, || {
            black_box(kernel.sum(black_box(0..TERMS)));
        });
        let how = instructions(level.name());
        let in_assembly = format!("{how}, in assembly");
        ways.push(Addition { how, per_second: rate(seconds) });
        ways.push(Addition { how: in_assembly, per_second: additions_per_second(level, time) });
    }
    Ok(ways)
}

/// Each addition waits for the last: the mask comes between, so no two may be done at once.
fn one_after_the_other(terms: u64, mask: u64) -> u64 {
    (0..terms).fold(0_u64, |sum, term| sum.wrapping_add(term) ^ mask)
}
