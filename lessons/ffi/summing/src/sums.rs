use std::ops::Range;

/// The sum of `i ^ mask` for the `i` from `low` up to, but without, `high`.
///
/// Like all loops of this file it is compiled for any processor of its architecture, as C is.
/// A sum that does not fit wraps round.
///
/// ```
/// assert_eq!(summing::integers(0, 101, 0), 5050);
/// ```
pub fn integers(low: u64, high: u64, mask: u64) -> u64 {
    (low..high).map(|i| i ^ mask).fold(0, u64::wrapping_add)
}

/// The sum of `numbers`. One that does not fit wraps round.
pub fn memory(numbers: &[u64]) -> u64 {
    numbers.iter().copied().fold(0, u64::wrapping_add)
}

/// The sum of `numbers`; `None` where it does not fit.
///
/// A check at each addition would keep the compiler from adding several numbers at once. So a block
/// is added without one, and all its bits are collected on the way: if none above the 52nd is set,
/// the sum of 4096 numbers fits. Else the block is added again, slowly.
///
/// ```
/// assert_eq!(summing::memory_checked(&[1, 2, 3]), Some(6));
/// assert_eq!(summing::memory_checked(&[u64::MAX, 1]), None);
/// ```
pub fn memory_checked(numbers: &[u64]) -> Option<u64> {
    const BLOCK: usize = 4096;
    numbers.chunks(BLOCK).try_fold(0_u64, |total, block| {
        let bits = block.iter().fold(0, |bits, number| bits | number);
        let small = bits < u64::MAX / BLOCK as u64;
        let sum = if small { memory(block) } else { block.iter().try_fold(0, checked)? };
        total.checked_add(sum)
    })
}

fn checked(sum: u64, number: &u64) -> Option<u64> {
    sum.checked_add(*number)
}

/// The sum of the terms of 4/(1+x^2), each rounded to a whole number of the unit in which `four` is 4.
///
/// `x` is `(i + 0.5) * step`. The instructions and their order are those of the kernel `pi`.
pub fn pi(terms: Range<u64>, step: f64, four: f64) -> u64 {
    const TWO_TO_52: f64 = 4_503_599_627_370_496.0;
    let term = |i: u64| {
        let number = f64::from_bits(i | TWO_TO_52.to_bits()) - TWO_TO_52;
        let x = (number + 0.5) * step;
        (four / (1.0 + x * x) + TWO_TO_52).to_bits() - TWO_TO_52.to_bits()
    };
    terms.map(term).fold(0, u64::wrapping_add)
}

/// The sum of the primes in `terms`, by trial division with eight divisors at once.
pub fn primes(terms: Range<u64>) -> u64 {
    terms.filter(|i| is_prime(*i)).fold(0, u64::wrapping_add)
}

fn is_prime(i: u64) -> bool {
    if i < 10 {
        return matches!(i, 2 | 3 | 5 | 7);
    }
    // Divisors that are floats from the start need not be made into floats each time.
    let (number, mut first) = (i as f64, 2.0);
    while first * first <= number {
        let divides = (0..8).fold(false, |any, place| {
            let divisor = first + f64::from(place);
            any | (nearest_integer(number / divisor) * divisor == number)
        });
        if divides {
            return false;
        }
        first += 8.0;
    }
    true
}

/// A float in 0..2^51 rounded to the nearest integer, in two additions.
fn nearest_integer(x: f64) -> f64 {
    const PUSH: f64 = 6_755_399_441_055_744.0; // 2^52 + 2^51
    (x + PUSH) - PUSH
}
