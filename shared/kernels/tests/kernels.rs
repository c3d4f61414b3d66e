//! Every kernel, at every level of this processor, against plain arithmetic and known answers.

use std::hint::black_box;

use kernels::{
    Error, Expected, Home, Integers, Kernel, Known, Memory, Pi, Primes, peaks, simd::Level,
    sum_of_bytes,
};

const SIZES: [u64; 12] = [0, 1, 2, 3, 5, 7, 31, 32, 33, 1000, 4097, 100_003];

fn new<K: Known>(terms: u64) -> K {
    K::new(terms).expect("few terms")
}

/// The sum of a range at every level is that of its terms one by one, bit for bit, wherever it begins. The box
/// around the sum keeps the compiler from adding them in vectors, too.
fn levels_agree<K: Known<Partial = u64>>(at: fn(K, Level) -> K) {
    let levels = Level::available();
    assert_eq!(levels.first(), Some(&Level::baseline()));
    for terms in SIZES {
        let kernel: K = new(terms);
        for range in [0..terms, terms / 3..terms, terms / 2..terms / 2, 1.min(terms)..terms / 2 + 1]
        {
            let range = range.start..range.end.clamp(range.start, terms);
            let one_by_one = range.clone().fold(0, |sum, i| black_box(sum) + kernel.term(i));
            for level in &levels {
                let sum = at(kernel.clone(), *level).sum(range.clone());
                assert_eq!(sum, one_by_one, "{} {range:?} of {terms}, {}", K::NAME, level.name());
            }
        }
    }
}

#[test]
fn every_level_adds_the_same() {
    levels_agree::<Integers>(Integers::at);
    levels_agree::<Memory>(Memory::at);
    levels_agree::<Pi>(Pi::at);
    // This one is not compiled for every level.
    levels_agree::<Primes>(|primes, _| primes);
}

/// What the baseline is called: two lanes, on every processor of these architectures.
#[test]
fn the_plainest_level_is_named_after_its_instructions() {
    let (name, lanes) = match std::env::consts::ARCH {
        "x86_64" => ("sse2", 2),
        "aarch64" => ("neon", 2),
        _ => ("scalar", 1),
    };
    let baseline = Level::baseline();
    assert_eq!((baseline.name(), baseline.lanes()), (name, lanes));
    if std::env::consts::ARCH != "x86_64" {
        assert_eq!(Level::available(), [baseline], "there is one level");
    }
}

/// The loops that measure the ceilings, at every level, against the same sums without vectors.
#[test]
fn every_level_does_what_its_ceiling_is_measured_by() {
    let numbers: Vec<u64> = (0..1003).map(|i| i * i).collect();
    let mut sum = 0_u64;
    for number in &numbers {
        sum = black_box(sum) + number;
    }
    for level in Level::available() {
        let counted = |mask, turns| {
            let numbers = 0..turns * peaks::additions_in_a_turn(level);
            numbers.fold(0, |sum, i| black_box(sum) + (i ^ mask))
        };
        assert_eq!(peaks::read(level, &numbers), sum, "{}", level.name());
        for (mask, turns) in [(0, 0), (0, 1), (0, 5), (u64::from(u32::MAX), 1000)] {
            assert_eq!(peaks::add(level, mask, turns), counted(mask, turns), "{}", level.name());
        }
    }
}

/// Trial division with the remainder operator, as anybody would write it.
fn is_prime(i: u64) -> bool {
    i >= 2 && (2..).take_while(|d| d * d <= i).all(|d| !i.is_multiple_of(d))
}

#[test]
fn the_primes_are_the_primes() {
    let kernel = new::<Primes>(100_000);
    for i in (0..5000).chain(99_000..100_000) {
        assert_eq!(kernel.term(i), if is_prime(i) { i } else { 0 }, "{i}");
    }
    assert_eq!(kernel.sum(10..20), 11 + 13 + 17 + 19);
}

#[test]
fn large_numbers_are_divided_exactly() {
    let kernel = new::<Primes>(Primes::LARGEST);
    // The largest prime below 2.9e10 and its neighbours, a square of a prime, a product of twins.
    for i in [28_999_999_999, 28_999_999_997, 170_267_u64.pow(2), 170_351 * 170_353, 28_999_999_991]
    {
        for near in i - 3..i + 4 {
            assert_eq!(kernel.term(near) != 0, is_prime(near), "{near}");
        }
    }
}

#[test]
fn sums_of_integers_are_gauss_s() {
    for terms in SIZES {
        let gauss = if terms == 0 { 0 } else { terms * (terms - 1) / 2 };
        let (integers, memory) = (new::<Integers>(terms), new::<Memory>(terms));
        assert_eq!(integers.sum(0..terms), gauss);
        assert_eq!(memory.sum(0..terms), gauss);
        assert_eq!(integers.expected(), Expected::Exact(gauss.into()));
        assert_eq!(memory.expected(), Expected::Exact(gauss.into()));
    }
}

/// Published sums of the primes below powers of ten.
#[test]
fn sums_of_primes_are_the_published_ones() {
    for (terms, sum) in
        [(10, 17), (100, 1060), (1000, 76_127), (10_000, 5_736_396), (100_000, 454_396_537)]
    {
        let kernel = new::<Primes>(terms);
        assert_eq!(kernel.sum(0..terms), sum);
        assert_eq!(kernel.expected(), Expected::Exact(sum.into()));
    }
    assert_eq!(new::<Primes>(1_000_000).expected(), Expected::Exact(37_550_402_023.into()));
    assert_eq!(new::<Primes>(10_000_000).expected(), Expected::Exact(3_203_324_994_356.into()));
}

#[test]
fn pi_is_pi_within_the_error_of_the_midpoint_rule() {
    for terms in SIZES.into_iter().filter(|terms| *terms > 0) {
        let kernel = new::<Pi>(terms);
        let value = kernel.value(kernel.sum(0..terms));
        let Expected::Near { value: pi, error } = kernel.expected() else {
            panic!("pi is a float")
        };
        assert!((value - pi).abs() <= error, "{terms}: {value} is off by more than {error}");
        assert!(error < 0.084 / (terms * terms) as f64 + 1e-14, "{terms}: {error} is too generous");
    }
}

#[test]
fn pi_of_nothing_is_zero_and_shown_without_a_sign() {
    let kernel = new::<Pi>(0);
    assert_eq!(kernel.show(&kernel.sum(0..0)), "0");
    assert_eq!(kernel.show(&kernel.fixed(-0.0)), "0");
}

#[test]
fn pi_fits_its_fixed_point_up_to_the_largest_n() {
    // The first terms are the largest: almost 4 units each.
    for terms in [1, 2, 4096, 8191, 8192, 1 << 20, (1 << 20) - 1, Pi::LARGEST] {
        let kernel = new::<Pi>(terms);
        let largest = u128::from(kernel.term(0));
        // The mean term is pi, so the whole sum is below 3.2/4 of n times the largest term.
        assert!(largest * u128::from(terms) / 10 * 8 <= u128::from(u64::MAX), "{terms}");
    }
}

/// The sum of the primes below n is close to the logarithmic integral of n^2, the integral of t / ln t.
#[test]
fn the_largest_sum_of_primes_fits() {
    let (n, steps) = (Primes::LARGEST as f64, 1_000_000);
    let width = (n - 2.0) / f64::from(steps);
    let area: f64 = (0..steps)
        .map(|step| 2.0 + (f64::from(step) + 0.5) * width)
        .map(|t| t / t.ln() * width)
        .sum();
    assert!(area < 0.98 * u64::MAX as f64, "{area:e}");
}

#[test]
fn one_term_too_many_is_refused() {
    fn refuses<K: Known>() {
        let refused = K::new(K::LARGEST + 1);
        let Err(Error::TooManyTerms { largest, .. }) = refused else { panic!("{}", K::NAME) };
        assert_eq!(largest, K::LARGEST);
    }
    refuses::<Integers>();
    refuses::<Memory>();
    refuses::<Pi>();
    refuses::<Primes>();
    let gauss = u128::from(Integers::LARGEST) * u128::from(Integers::LARGEST - 1) / 2;
    let one_more = u128::from(Integers::LARGEST + 1) * u128::from(Integers::LARGEST) / 2;
    assert!(gauss <= u128::from(u64::MAX) && one_more > u128::from(u64::MAX));
}

#[test]
fn shared_numbers_are_the_same_numbers() {
    for terms in SIZES {
        let kernel = Memory::with_home(terms, Home::Shared).expect("few terms");
        let file = kernel.spec().data.expect("shared numbers lie in a file");
        let again = Memory::attach_lazily(file, terms).expect("the file can be mapped");
        assert_eq!(again.all(), new::<Memory>(terms).all());
        assert_eq!(again.sum(0..terms), kernel.sum(0..terms));
    }
}

/// A file that is not of the length that its numbers need is not mapped.
#[test]
fn only_numbers_of_the_right_length_are_mapped() {
    let kernel = Memory::with_home(10, Home::Shared).expect("few terms");
    let file = kernel.spec().data.expect("shared numbers lie in a file");
    for terms in [9, 11, u64::MAX] {
        let refused = Memory::attach(terms, Some(std::sync::Arc::clone(&file)));
        assert!(matches!(refused, Err(Error::NoMemory(_))), "{terms}: {refused:?}");
    }
    assert_eq!(Memory::attach(10, Some(file)).expect("its own length").all(), kernel.all());
}

#[test]
fn bytes_from_a_pipe_add_up() {
    let bytes: Vec<u8> = (0..1000_u64).flat_map(u64::to_ne_bytes).collect();
    assert_eq!(sum_of_bytes(&bytes), 499_500);
    assert_eq!(sum_of_bytes(&[]), 0);
}
