//! Kernels such as a reader brings along, with partials that are no numbers, in every row of a lesson that takes
//! them.

use std::ops::Range;

use course::Table;
use kernels::{AnyKernel, AnyKnown, KernelName, Known, Own, Workers};
use measure::check::Reach;
use measure::{Context, Subject};
use parts::Parts;

use crate::strategies::check;

/// The smallest of some numbers, and its place.
pub struct Smallest(Vec<u32>);

/// A sum of complex numbers.
pub struct Complex;

/// How often each of 16 values comes up.
pub struct Histogram;

/// All terms, one after the other: these partials join in their order only.
pub struct Digits;

fn scattered(i: u64) -> u32 {
    (i as u32).wrapping_mul(2_654_435_761)
}

impl Parts for Smallest {
    type Partial = (u32, u64);
    const TITLE: &'static str = "the smallest of some numbers";

    fn new(terms: u64) -> Self {
        Smallest((0..terms).map(scattered).collect())
    }

    fn sum(&self, range: Range<u64>) -> (u32, u64) {
        range.map(|i| (self.0[i as usize], i)).min().expect("no range is empty")
    }

    fn join(left: (u32, u64), right: (u32, u64)) -> (u32, u64) {
        left.min(right)
    }

    fn same(one: &(u32, u64), other: &(u32, u64)) -> bool {
        one == other
    }
}

impl Parts for Complex {
    type Partial = [f64; 2];
    const TITLE: &'static str = "complex numbers on a circle";

    fn new(_: u64) -> Self {
        Complex
    }

    fn sum(&self, range: Range<u64>) -> [f64; 2] {
        let all = range.map(|i| (i as f64).sin_cos());
        all.fold([0.0; 2], |[re, im], (sin, cos)| [re + cos, im + sin])
    }

    fn join(left: [f64; 2], right: [f64; 2]) -> [f64; 2] {
        [left[0] + right[0], left[1] + right[1]]
    }

    fn same(one: &[f64; 2], other: &[f64; 2]) -> bool {
        one.iter().zip(other).all(|(one, other)| (one - other).abs() < 1e-9)
    }

    fn encode(partial: &[f64; 2]) -> Option<Vec<u8>> {
        Some(partial.map(f64::to_le_bytes).concat())
    }

    fn decode(bytes: &[u8]) -> Option<[f64; 2]> {
        let (halves, rest) = bytes.as_chunks::<8>();
        let halves: [[u8; 8]; 2] = halves.try_into().ok().filter(|_| rest.is_empty())?;
        Some(halves.map(f64::from_le_bytes))
    }
}

impl Parts for Histogram {
    type Partial = Vec<u64>;
    const TITLE: &'static str = "a histogram";

    fn new(_: u64) -> Self {
        Histogram
    }

    fn sum(&self, range: Range<u64>) -> Vec<u64> {
        let mut bins = vec![0; 16];
        range.for_each(|i| bins[(scattered(i) >> 28) as usize] += 1);
        bins
    }

    fn join(mut left: Vec<u64>, right: Vec<u64>) -> Vec<u64> {
        left.iter_mut().zip(right).for_each(|(left, right)| *left += right);
        left
    }

    fn same(one: &Vec<u64>, other: &Vec<u64>) -> bool {
        one == other
    }
}

impl Parts for Digits {
    type Partial = String;
    const TITLE: &'static str = "digits in a row";
    const ORDERED: bool = true;

    fn new(_: u64) -> Self {
        Digits
    }

    fn sum(&self, range: Range<u64>) -> String {
        range.map(|i| char::from(b'0' + (i % 10) as u8)).collect()
    }

    fn join(left: String, right: String) -> String {
        left + &right
    }

    fn same(one: &String, other: &String) -> bool {
        one == other
    }
}

/// Checks every row of `L` that such kernels suit, as those on the built-in kernels are checked.
pub fn all_are_right<L: Table>() {
    // A worker process makes the kernel in the reader's file, and no other.
    if L::KERNELS.contains(&KernelName::YOURS) && L::REACH == Reach::Threads {
        on::<L, Smallest>();
        on::<L, Complex>();
        on::<L, Histogram>();
        on::<L, Digits>();
    }
}

fn on<L: Table, P: Parts>() {
    let counts = if L::PARALLEL { &[1, 2, 7][..] } else { &[1] };
    for terms in [0, 1, 3, 5, 1000] {
        let kernel = Own::<P>::new(terms).expect("few terms");
        let subject = Subject::new(AnyKnown::new(kernel.clone()), terms);
        for strategy in L::strategies::<AnyKernel>() {
            let is_for_all = strategy.only.is_none();
            for count in counts {
                let context = Context::new(Workers::new(*count).expect("a small number"));
                if is_for_all && strategy.needs.unmet(&kernel, terms).is_none() {
                    check(&subject, &strategy, &context);
                }
            }
        }
    }
}
