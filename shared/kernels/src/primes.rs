use std::ops::Range;

use crate::simd::Level;
use crate::{Ceiling, Error, Expected, Home, Kernel, KernelName, Known, Spec, sieve};

/// The sum of the primes below n, each found by trial division: uneven work.
///
/// Term i is i if i is prime, and 0 otherwise. To know, i is divided by 2, 3, 4, ... as far as
/// the square root of i, or until a divisor is found. An even number is done at once; a prime
/// near n takes sqrt(n) divisions. So the last range of the terms costs most, and equal ranges
/// cause load imbalance.
///
/// (There are far better ways to find primes. [The known answer](Known::expected) uses one.)
#[derive(Debug, Clone)]
pub struct Primes {
    terms: u64,
}

impl Known for Primes {
    const NAME: KernelName = KernelName::new("primes");
    /// The sum of the primes below n is close to the logarithmic integral of n^2, which here is
    /// 1.78e19, below 2^64 = 1.84e19.
    const LARGEST: u64 = 29_000_000_000;
    const DEFAULT_TERMS: u64 = 500_000;
    const ABOUT: &'static str = "the primes below n by trial division; later terms cost more";
    const CEILING: Option<Ceiling> = None;
    const EVEN: bool = false;

    fn title(terms: u64) -> String {
        format!("the sum of the primes below {}", units::grouped(terms))
    }

    fn with_home(terms: u64, _home: Home) -> Result<Self, Error> {
        Self::check_terms(terms)?;
        Ok(Primes { terms })
    }

    fn expected(&self) -> Expected {
        Expected::Exact(sieve::sum_of_primes_below(self.terms).into())
    }

    /// The search for a divisor stops too soon, most of the time, for wide vectors to pay.
    fn level(&self) -> Level {
        Level::baseline()
    }
}

impl Kernel for Primes {
    type Partial = u64;

    fn sum(&self, range: Range<u64>) -> u64 {
        range.map(|i| self.term(i)).sum()
    }

    #[inline]
    fn term(&self, i: u64) -> u64 {
        if is_prime(i) { i } else { 0 }
    }

    fn grain(&self) -> u64 {
        // A prime near n takes sqrt(n) divisions and one number in ln(n) is prime; the others
        // are done after a few. A division took 1.1 ns on the machine where this was tried.
        let n = self.terms.max(100) as f64;
        let divisions = 10.0 + 0.7 * n.sqrt() / n.ln();
        (50_000.0 / (1.1 * divisions)) as u64
    }

    fn spec(&self) -> Spec {
        Spec { kernel: Self::NAME, terms: self.terms, data: None }
    }
}

/// How many divisors are tried at once.
const AT_ONCE: u64 = 8;

/// Whether `i` has no divisor from 2 to its square root.
///
/// The divisors go in blocks of eight, as floats: the processor begins a float division every few
/// cycles, while one of 64-bit integers keeps it busy for longer. That is exact: below 2^53, i/d comes
/// out as a whole number only if d divides i. A block may run past the square root, which finds no
/// divisor that is not one; only below 10 it may reach i itself.
#[inline]
fn is_prime(i: u64) -> bool {
    if i < 10 {
        return matches!(i, 2 | 3 | 5 | 7);
    }
    let number = i as f64;
    let mut first = 2;
    while first * first <= i {
        let divides = (first..first + AT_ONCE).fold(0, |any, divisor| {
            let quotient = nearest_integer(number / divisor as f64);
            any | u64::from(quotient * divisor as f64 == number)
        });
        if divides != 0 {
            return false;
        }
        first += AT_ONCE;
    }
    true
}

/// A float in 0..2^51 rounded to the nearest integer, in two additions.
#[inline]
fn nearest_integer(x: f64) -> f64 {
    const PUSH: f64 = 6_755_399_441_055_744.0; // 2^52 + 2^51
    (x + PUSH) - PUSH
}
