//! C, C++ and Rust give the same bits, for any range.

use std::hint::black_box;
use std::ops::Range;

use ffi::bridge::sums;
use ffi::by_callback;
use ffi::c;
use ffi::plain_kernel::PlainKernel;
use kernels::{Integers, Known, Memory, Pi, Primes, Workers};
use measure::Context;
use proptest::prelude::*;

const TERMS: u64 = 20_000;

/// All languages on one range of one kernel.
fn all_agree<K: Known<Partial = u64>>(terms: Range<u64>) {
    let kernel = K::new(TERMS).expect("few terms");
    let plain = PlainKernel::of(&kernel, &Context::new(Workers::ONE)).expect("few numbers");
    let expected = kernel.sum(terms.clone());
    assert_eq!(c::sum(&plain, terms.clone()), expected, "C, {} {terms:?}", K::NAME);
    let (low, high) = (terms.start, terms.end);
    let (rust, whole, template) = match &plain {
        PlainKernel::Integers { mask } => (
            summing::integers(low, high, *mask),
            sums::integers(low, high, *mask),
            sums::any_integers(low, high, *mask),
        ),
        PlainKernel::Memory(numbers) => {
            let part = &numbers.all()[low as usize..high as usize];
            (summing::memory(part), sums::memory(part), sums::any_memory(part))
        }
        PlainKernel::Pi { step, four } => (
            summing::pi(terms.clone(), *step, *four),
            sums::pi(low, high, *step, *four),
            sums::any_pi(low, high, *step, *four),
        ),
        PlainKernel::Primes => {
            (summing::primes(terms.clone()), sums::primes(low, high), sums::any_primes(low, high))
        }
    };
    let all = [("Rust", rust), ("C++", whole), ("the template", template)];
    for (language, sum) in all {
        assert_eq!(sum, expected, "{language}, {} {terms:?}", K::NAME);
    }
    let called = by_callback(terms, |i| kernel.term(i));
    assert_eq!(called.expect("no panic"), expected, "called back");
}

fn range() -> impl Strategy<Value = Range<u64>> {
    (0..=TERMS, 0..=TERMS).prop_map(|(a, b)| a.min(b)..a.max(b))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn on_any_range(terms in range()) {
        all_agree::<Integers>(terms.clone());
        all_agree::<Memory>(terms.clone());
        all_agree::<Pi>(terms.clone());
        all_agree::<Primes>(terms);
    }

    /// Any numbers, also such whose sum wraps round; and any mask.
    #[test]
    fn on_any_numbers(numbers: Vec<u64>, low in 0..1_u64 << 50, count in 0..500_u64, mask: u64) {
        let expected = numbers.iter().fold(0, |sum: u64, number| sum.wrapping_add(*number));
        prop_assert_eq!(c::memory(&numbers), expected);
        prop_assert_eq!(sums::memory(&numbers), expected);
        prop_assert_eq!(sums::any_memory(&numbers), expected);
        prop_assert_eq!(summing::memory(&numbers), expected);
        let exact: u128 = numbers.iter().copied().map(u128::from).sum();
        prop_assert_eq!(summing::memory_checked(&numbers), u64::try_from(exact).ok());
        let (high, plain) = (low + count, PlainKernel::Integers { mask });
        let expected = (low..high).fold(0, |sum: u64, i| sum.wrapping_add(i ^ mask));
        prop_assert_eq!(c::sum(&plain, low..high), expected);
        prop_assert_eq!(sums::integers(low, high, mask), expected);
        prop_assert_eq!(sums::any_integers(low, high, mask), expected);
        prop_assert_eq!(summing::integers(low, high, mask), expected);
    }
}

/// A range that runs backwards is empty in every language.
#[test]
fn backwards_is_nothing() {
    let backwards = black_box(7)..black_box(3);
    for plain in [
        PlainKernel::Integers { mask: 0 },
        PlainKernel::Pi { step: 0.1, four: 4.0 },
        PlainKernel::Primes,
    ] {
        assert_eq!(c::sum(&plain, backwards.clone()), 0, "{plain:?}");
    }
    assert_eq!(sums::integers(7, 3, 0), 0);
    assert_eq!(sums::any_primes(7, 3), 0);
    assert_eq!(summing::integers(7, 3, 0), 0);
}
