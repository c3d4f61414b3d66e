//! What is summed, in your own words: the trait [`Parts`], for the file `yours/src/lib.rs`.

#![warn(missing_docs)]

use std::fmt::Debug;
use std::ops::Range;

/// Work that can be cut into ranges of numbered terms, and whose partials join: a sum in the widest sense.
///
/// A partial is whatever the terms of one range come to: a float, the smallest value and its place, a struct of
/// several sums, a histogram. It needs no zero, for a range without terms is never asked for.
///
/// ```
/// use std::ops::Range;
///
/// use parts::Parts;
///
/// /// The smallest value, and where it was first.
/// struct Smallest(Vec<u32>);
///
/// impl Parts for Smallest {
///     type Partial = (u32, u64);
///     const TITLE: &'static str = "the smallest of some numbers";
///
///     fn new(terms: u64) -> Self {
///         Smallest((0..terms).map(|i| (i as u32).wrapping_mul(2_654_435_761)).collect())
///     }
///
///     fn sum(&self, range: Range<u64>) -> (u32, u64) {
///         let places = range.map(|i| (self.0[i as usize], i));
///         places.min().expect("a range without terms is never asked for")
///     }
///
///     fn join(one: (u32, u64), other: (u32, u64)) -> (u32, u64) {
///         one.min(other)
///     }
///
///     fn same(one: &(u32, u64), other: &(u32, u64)) -> bool {
///         one == other
///     }
/// }
///
/// let numbers = Smallest::new(100);
/// assert_eq!(Smallest::join(numbers.sum(0..30), numbers.sum(30..100)), numbers.sum(0..100));
/// ```
pub trait Parts: Send + Sync + Sized + 'static {
    /// What the terms of a range come to.
    type Partial: Clone + Debug + Send + Sync + 'static;

    /// What is summed, in a few words: `a dot product of two vectors of f64`.
    const TITLE: &'static str;

    /// The number of terms when none is asked for: so many that one core has milliseconds to do.
    const TERMS: u64 = 10_000_000;

    /// The bytes of memory that one term is read from, 0 if none: what is needed is then refused where it is not
    /// there, and the bytes per second are shown.
    const BYTES_PER_TERM: u64 = 0;

    /// Whether all terms take about the same time, so that equal ranges are fair.
    const EVEN: bool = true;

    /// Whether [`join`](Parts::join) wants its partials in the order of their terms. Rows that join in any order are
    /// then left out.
    const ORDERED: bool = false;

    /// The work, with its data if it has any. This is not timed. A worker process makes its own, so the same
    /// number of terms has to give the same data each time.
    fn new(terms: u64) -> Self;

    /// What the terms of `range` come to, as fast as one core can: the hot loop.
    fn sum(&self, range: Range<u64>) -> Self::Partial;

    /// The partial of two ranges that touch, `left` before `right`; in any order unless it is
    /// [`ORDERED`](Parts::ORDERED). Cutting a range and joining its parts must lose nothing, wherever it is cut.
    fn join(left: Self::Partial, right: Self::Partial) -> Self::Partial;

    /// Whether two partials count as the same: `==`, or within a tolerance for what rounds.
    fn same(one: &Self::Partial, other: &Self::Partial) -> bool;

    /// The right answer, from elsewhere; `None`: what one core gets.
    fn expected(&self) -> Option<Self::Partial> {
        None
    }

    /// A partial as a reader wants to see it.
    fn show(partial: &Self::Partial) -> String {
        format!("{partial:?}")
    }

    /// A partial as bytes, in which a child process sends it; `None`: it cannot travel, and rows of processes are
    /// left out.
    fn encode(_partial: &Self::Partial) -> Option<Vec<u8>> {
        None
    }

    /// The partial that [`encode`](Parts::encode) made these bytes of; `None` where they are something else.
    fn decode(_bytes: &[u8]) -> Option<Self::Partial> {
        None
    }
}
