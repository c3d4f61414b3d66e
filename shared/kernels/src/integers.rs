#![cfg_attr(
    any(target_arch = "x86_64", target_arch = "aarch64"),
    expect(
        unsafe_code,
        reason = "calls the copy of the hot loop that this processor can run, and keeps its turns apart"
    )
)]

use std::array::from_fn;
use std::hint::black_box;
use std::ops::Range;

use crate::simd::{Level, at_every_level};
use crate::{Ceiling, Error, Expected, Home, Kernel, KernelName, Known, Spec};

/// The sum of the integers 0..n, the classic: even work, and nothing but additions.
///
/// A compiler knows a formula for this sum and would use it instead of adding: n(n-1)/2. So term i
/// is `i ^ mask`, where `mask` is 0, and only the running program knows that it is. Every
/// addition then has to happen, while the compiler may still do eight at once.
#[derive(Debug, Clone)]
pub struct Integers {
    terms: u64,
    mask: u64,
    level: Level,
}

impl Integers {
    /// The same kernel with the hot loop of another level.
    pub fn at(self, level: Level) -> Self {
        Integers { level, ..self }
    }
}

impl Known for Integers {
    const NAME: KernelName = KernelName::new("integers");
    /// The largest n with n(n-1)/2 below 2^64.
    const LARGEST: u64 = 6_074_001_000;
    const DEFAULT_TERMS: u64 = 100_000_000;
    const ABOUT: &'static str = "0 + 1 + 2 + ...; the limit is how fast a core adds";
    const CEILING: Option<Ceiling> = Some(Ceiling::Additions);

    fn title(terms: u64) -> String {
        format!("the sum of 0..{}", units::grouped(terms))
    }

    fn with_home(terms: u64, _home: Home) -> Result<Self, Error> {
        Self::check_terms(terms)?;
        // `black_box` hides the zero: the compiler must take the mask for any number at all,
        // and no formula sums `i ^ mask` for any mask. At run time the mask changes nothing,
        // and costs one instruction for eight terms.
        let mask = black_box(0);
        Ok(Integers { terms, mask, level: Level::best() })
    }

    fn expected(&self) -> Expected {
        Expected::Exact(triangle(self.terms).into())
    }

    fn level(&self) -> Level {
        self.level
    }
}

/// 0 + 1 + ... + (n-1), by the formula that Gauss is said to have found at school.
pub(crate) fn triangle(n: u64) -> u64 {
    (u128::from(n) * u128::from(n.saturating_sub(1)) / 2) as u64
}

impl Kernel for Integers {
    type Partial = u64;

    fn sum(&self, range: Range<u64>) -> u64 {
        sum_masked(self.level, range, self.mask)
    }

    #[inline]
    fn term(&self, i: u64) -> u64 {
        i ^ self.mask
    }

    fn grain(&self) -> u64 {
        // About 2.5 terms a nanosecond for each lane, on the machines where this was tried.
        125_000 * self.level.lanes()
    }

    fn spec(&self) -> Spec {
        Spec { kernel: Self::NAME, terms: self.terms, data: None }
    }
}

at_every_level! {
    fn sum_masked<const LANES: usize>(range: Range<u64>, mask: u64) -> u64 {
        add_counting::<LANES>(range, mask)
    }
}

/// How many vectors of running numbers, and of sums, are kept side by side.
const VECTORS: usize = 4;

/// The sum of `i ^ mask` over a range, in four vectors of `LANES` running numbers and four of sums.
///
/// `range.map(|i| i ^ mask).sum()` says the same. The compiler makes vectors of that, too, but derives all four of a
/// turn from one running vector. On an AMD EPYC (Zen 5, AVX-512, virtual machine) that reached 72 % of what the core
/// can do, and on an Intel Xeon (Granite Rapids, virtual machine) with SSE2 75 %. Here nothing in a turn waits for
/// anything else in it.
#[inline(always)]
pub(crate) fn add_counting<const LANES: usize>(range: Range<u64>, mask: u64) -> u64 {
    let in_a_turn = (VECTORS * LANES) as u64;
    let turns = range.end.saturating_sub(range.start) / in_a_turn;
    let first = |vector, lane| range.start + (vector * LANES + lane) as u64;
    let mut numbers: [[u64; LANES]; VECTORS] =
        from_fn(|vector| from_fn(|lane| first(vector, lane)));
    let mut sums = [[0_u64; LANES]; VECTORS];
    for _ in 0..turns {
        keep_turns_apart();
        for vector in 0..VECTORS {
            for lane in 0..LANES {
                sums[vector][lane] += numbers[vector][lane] ^ mask;
                numbers[vector][lane] += in_a_turn;
            }
        }
    }
    let rest = (range.start + turns * in_a_turn..range.end).map(|i| i ^ mask).sum::<u64>();
    sums.as_flattened().iter().sum::<u64>() + rest
}

/// Keeps the compiler from making vectors of the same lane of several turns, which needs more registers than there are.
/// Then it makes them of the lanes of one turn, as they are written.
#[inline(always)]
fn keep_turns_apart() {
    // SAFETY: no instruction at all.
    #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
    unsafe {
        std::arch::asm!("", options(nomem, nostack, preserves_flags));
    }
}
