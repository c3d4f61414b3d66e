//! The sum of the primes below n from an independent source: published figures, and the sieve of
//! Eratosthenes, which never divides.

/// The sums of the primes below 10^1, 10^2, ..., published as sequence A046731 of the On-Line
/// Encyclopedia of Integer Sequences.
const BELOW_POWERS_OF_TEN: [u64; 10] = [
    17,
    1_060,
    76_127,
    5_736_396,
    454_396_537,
    37_550_402_023,
    3_203_324_994_356,
    279_209_790_387_276,
    24_739_512_092_254_535,
    2_220_822_432_581_729_238,
];

/// How many numbers the sieve looks at in one go: few enough for the second-level cache.
const WINDOW: u64 = 1 << 18;

/// The sum of the primes below `n`.
pub(crate) fn sum_of_primes_below(n: u64) -> u64 {
    let published = (1..).zip(BELOW_POWERS_OF_TEN).find(|(power, _)| 10_u64.pow(*power) == n);
    published.map_or_else(|| sieve(n), |(_, sum)| sum)
}

/// Window by window, strikes out the multiples of every prime up to the square root of `n`, and
/// adds what is left.
fn sieve(n: u64) -> u64 {
    let small = primes_up_to(n.isqrt());
    let mut sum = 0;
    let mut composite = vec![false; WINDOW as usize];
    for lo in (0..n).step_by(WINDOW as usize) {
        let hi = (lo + WINDOW).min(n);
        composite.fill(false);
        for &prime in small.iter().take_while(|prime| **prime * **prime < hi) {
            let first = lo.div_ceil(prime).max(prime) * prime;
            for multiple in (first..hi).step_by(prime as usize) {
                composite[(multiple - lo) as usize] = true;
            }
        }
        let numbers = (lo..hi).zip(&composite).skip_while(|(number, _)| *number < 2);
        sum += numbers.filter(|(_, composite)| !**composite).map(|(number, _)| number).sum::<u64>();
    }
    sum
}

/// The primes up to and with `top`, by the same idea on one small window.
fn primes_up_to(top: u64) -> Vec<u64> {
    let mut composite = vec![false; top as usize + 1];
    let mut primes = Vec::new();
    for number in 2..=top {
        if !composite[number as usize] {
            primes.push(number);
            for multiple in (number * number..=top).step_by(number as usize) {
                composite[multiple as usize] = true;
            }
        }
    }
    primes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sieve_agrees_with_the_published_sums() {
        for (power, published) in (1..=7).zip(BELOW_POWERS_OF_TEN) {
            assert_eq!(sieve(10_u64.pow(power)), published, "below 10^{power}");
        }
    }

    #[test]
    fn the_sieve_knows_the_first_primes() {
        let below: Vec<u64> = (0..13).map(sieve).collect();
        assert_eq!(below, [0, 0, 0, 2, 5, 5, 10, 10, 17, 17, 17, 17, 28]);
    }

    #[test]
    fn a_prime_on_the_edge_of_a_window_counts_once() {
        // 262,147 is the first prime after 2^18 = 262,144.
        assert_eq!(sieve(WINDOW + 4) - sieve(WINDOW + 3), WINDOW + 3);
        assert_eq!(sieve(WINDOW + 3), sieve(WINDOW));
    }
}
