#![cfg_attr(
    target_arch = "x86_64",
    expect(unsafe_code, reason = "calls the copy of the hot loop that this processor can run")
)]

use std::f64::consts::PI;
use std::ops::Range;

use crate::simd::{Level, at_every_level};
use crate::{Ceiling, Error, Expected, Home, Kernel, KernelName, Known, Spec};

/// The area under 4/(1+x^2) from 0 to 1, which is pi, by the midpoint rule: n divisions.
///
/// Floats do not add associatively: (a+b)+c and a+(b+c) may differ in the last bits, so a float sum
/// depends on who added what. Here each term is rounded once, to a whole number of 2^-k, and these
/// whole numbers are added: exactly, in any order, by any number of workers, always to the same
/// bits. k is as large as lets the whole sum fit 64 bits.
#[derive(Debug, Clone)]
pub struct Pi {
    terms: u64,
    curve: Curve,
    level: Level,
}

/// What the hot loop needs.
#[derive(Debug, Clone, Copy)]
struct Curve {
    /// The distance of two midpoints, 1/n.
    step: f64,
    /// 4 * 2^k: the numerator of every term, in units of 2^-k.
    four: f64,
    /// k, the number of binary places.
    places: u32,
}

impl Pi {
    /// The same kernel with the hot loop of another level.
    pub fn at(self, level: Level) -> Self {
        Pi { level, ..self }
    }

    /// Term `i` as a float, before it is rounded: 4/(1+x^2) at the i-th midpoint.
    #[inline]
    pub fn float_term(&self, i: u64) -> f64 {
        let x = (i as f64 + 0.5) * self.curve.step;
        4.0 / (1.0 + x * x)
    }

    /// A sum of [float terms](Pi::float_term) in the fixed point of this kernel, rounded once.
    pub fn fixed(&self, float_sum: f64) -> u64 {
        (float_sum * self.unit()).round() as u64
    }

    /// The value that a sum in fixed point stands for: the sum of all terms divided by n.
    ///
    /// ```
    /// use kernels::Kernel;
    /// use kernels::{Known, Pi};
    /// let pi = Pi::new(1000)?;
    /// assert!((pi.value(pi.sum(0..1000)) - std::f64::consts::PI).abs() < 1e-7);
    /// # Ok::<(), kernels::Error>(())
    /// ```
    pub fn value(&self, sum: u64) -> f64 {
        if self.terms == 0 { 0.0 } else { sum as f64 / self.unit() / self.terms as f64 }
    }

    /// The distance of two midpoints, 1/n: half of what another language needs to make the same terms.
    pub fn step(&self) -> f64 {
        self.curve.step
    }

    /// 4 in the unit of the fixed point, 4 * 2^k: the other half.
    pub fn four(&self) -> f64 {
        self.curve.four
    }

    /// 2^k.
    fn unit(&self) -> f64 {
        (1_u64 << self.curve.places) as f64
    }
}

impl Known for Pi {
    const NAME: KernelName = KernelName::new("pi");
    const LARGEST: u64 = 1_000_000_000_000;
    const DEFAULT_TERMS: u64 = 100_000_000;
    const ABOUT: &'static str = "4/(1+x^2) over n midpoints; the limit is how fast a core divides";
    const CEILING: Option<Ceiling> = Some(Ceiling::Divisions);

    fn title(terms: u64) -> String {
        format!("the area under 4/(1+x^2) at {} points", units::grouped(terms))
    }

    fn with_home(terms: u64, _home: Home) -> Result<Self, Error> {
        Self::check_terms(terms)?;
        // A term is at most 4 and the mean term is pi, so the sum of n of them is below
        // 4 * 2^bits * 2^k. It fits 64 bits with k = 62 - bits; and one term must fit the
        // 52 bits of `round_to_integer`, so k is at most 49.
        let bits = u64::BITS - terms.leading_zeros();
        let places = 49.min(62 - bits);
        let four = 4.0 * (1_u64 << places) as f64;
        let curve = Curve { step: 1.0 / terms.max(1) as f64, four, places };
        Ok(Pi { terms, curve, level: Level::best_up_to_256_bits() })
    }

    fn expected(&self) -> Expected {
        if self.terms == 0 {
            return Expected::Near { value: 0.0, error: 0.0 };
        }
        // The midpoint rule is off by less than h^2/24 * |f'(1) - f'(0)| = h^2/12. Each term
        // is rounded by 2^-(k+1) at most, and by a few units in the last place of a float.
        let step = self.curve.step;
        let rounding = 0.5 / self.unit() + 16.0 * f64::EPSILON;
        Expected::Near { value: PI, error: step * step / 12.0 + rounding }
    }

    fn show(&self, sum: &u64) -> String {
        self.value(*sum).to_string()
    }

    fn level(&self) -> Level {
        self.level
    }
}

impl Kernel for Pi {
    type Partial = u64;

    fn sum(&self, range: Range<u64>) -> u64 {
        sum_curve(self.level, range, self.curve)
    }

    #[inline]
    fn term(&self, i: u64) -> u64 {
        self.curve.term(i)
    }

    fn grain(&self) -> u64 {
        80_000 // 0.55 to 0.65 ns a term, on the machines where this was tried.
    }

    fn spec(&self) -> Spec {
        Spec { kernel: Self::NAME, terms: self.terms, data: None }
    }
}

/// 2^52: between it and 2^53 a float has no binary places, and its low 52 bits count units.
const TWO_TO_52: f64 = 4_503_599_627_370_496.0;

impl Curve {
    #[inline(always)]
    fn term(self, i: u64) -> u64 {
        let x = (to_float(i) + 0.5) * self.step;
        round_to_integer(self.four / (1.0 + x * x))
    }
}

/// `i as f64` for i below 2^52, in instructions that every vector unit has.
#[inline(always)]
fn to_float(i: u64) -> f64 {
    f64::from_bits(i | TWO_TO_52.to_bits()) - TWO_TO_52
}

/// A float in 0..2^52 rounded to the nearest integer: adding 2^52 pushes the places out.
#[inline(always)]
fn round_to_integer(x: f64) -> u64 {
    (x + TWO_TO_52).to_bits() - TWO_TO_52.to_bits()
}

at_every_level! {
    fn sum_curve(range: Range<u64>, curve: Curve) -> u64 {
        range.map(|i| curve.term(i)).sum()
    }
}
