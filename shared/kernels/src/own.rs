use std::fmt;
use std::hint::black_box;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Range};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Instant;

use parts::Parts;

use crate::available::check_available;
use crate::simd::Level;
use crate::{Ceiling, Error, Expected, Home, Kernel, KernelName, Known, Partial, Spec, Total};

/// The kernel in the reader's own file.
pub type Yours = Own<yours::Yours>;

/// Anybody's [`Parts`] as a kernel.
///
/// Its grain is measured, and its known answer is what one core gets, unless it knows a better one.
pub struct Own<P: Parts> {
    parts: Arc<P>,
    terms: u64,
    found: Arc<Found<P>>,
}

/// What is found out once for all handles.
struct Found<P: Parts> {
    grain: OnceLock<u64>,
    answer: OnceLock<Joined<P>>,
}

/// A partial, or that of no terms.
pub struct Joined<P: Parts>(Option<P::Partial>);

/// So many seconds a grain takes one core; or more, so that making and joining its partial is a small part of it.
const GRAIN: f64 = 50e-6;
const TIMES_THE_PARTIAL: f64 = 10.0;

impl<P: Parts> Own<P> {
    /// As many terms as one core does in the time of a grain.
    fn measured_grain(&self) -> u64 {
        const FEW: u64 = 8;
        let (one, several) = (self.seconds(1), self.seconds(FEW));
        let term = (several - one).max(0.0) / (FEW - 1) as f64;
        let range = self.middle(1);
        let joined = seconds(|| drop(black_box(self.sum(range.clone()) + self.sum(range.clone()))));
        // What is left of one term without the term, and of two without both.
        let partial = (one - term).max(0.0) + (joined - 2.0 * one).max(0.0);
        let wanted = GRAIN.max(TIMES_THE_PARTIAL * partial);
        let mut terms = 1;
        loop {
            let took = self.seconds(terms);
            if took >= wanted || terms >= self.terms {
                return ((terms as f64 * wanted / took.max(1e-9)) as u64).max(1);
            }
            terms *= 2;
        }
    }

    fn seconds(&self, terms: u64) -> f64 {
        let range = self.middle(terms);
        seconds(|| drop(black_box(self.sum(black_box(range.clone())))))
    }

    /// So many terms in the middle of all: at the ends they may cost least.
    fn middle(&self, terms: u64) -> Range<u64> {
        let start = self.terms.saturating_sub(terms) / 2;
        start..(start + terms).min(self.terms)
    }
}

/// The best of three.
fn seconds(work: impl Fn()) -> f64 {
    let once = || {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64()
    };
    (0..3).map(|_| once()).fold(f64::INFINITY, f64::min)
}

impl<P: Parts> Known for Own<P> {
    const NAME: KernelName = KernelName::YOURS;
    const LARGEST: u64 = 1 << 53;
    const DEFAULT_TERMS: u64 = P::TERMS;
    const BYTES_PER_TERM: u64 = P::BYTES_PER_TERM;
    const ABOUT: &'static str = P::TITLE;
    const CEILING: Option<Ceiling> =
        if P::BYTES_PER_TERM > 0 { Some(Ceiling::Bandwidth) } else { None };
    const EVEN: bool = P::EVEN;
    const ORDERED: bool = P::ORDERED;

    fn title(terms: u64) -> String {
        format!("{}, {}", P::TITLE, units::count(terms, "term"))
    }

    fn with_home(terms: u64, _home: Home) -> Result<Self, Error> {
        Self::check_terms(terms)?;
        check_available(terms.saturating_mul(P::BYTES_PER_TERM))?;
        let found = Arc::new(Found { grain: OnceLock::new(), answer: OnceLock::new() });
        Ok(Own { parts: Arc::new(P::new(terms)), terms, found })
    }

    fn expected(&self) -> Expected {
        let answer = self.found.answer.get_or_init(|| match self.parts.expected() {
            Some(known) if self.terms > 0 => Joined(Some(known)),
            _ => self.sum(0..self.terms),
        });
        Expected::Exact(answer.clone().erased())
    }

    fn show(&self, sum: &Joined<P>) -> String {
        sum.0.as_ref().map_or_else(|| "0".to_owned(), P::show)
    }

    fn level(&self) -> Level {
        Level::baseline()
    }
}

impl<P: Parts> Kernel for Own<P> {
    type Partial = Joined<P>;

    fn sum(&self, range: Range<u64>) -> Joined<P> {
        Joined((!range.is_empty()).then(|| self.parts.sum(range)))
    }

    fn term(&self, i: u64) -> Joined<P> {
        Joined(Some(self.parts.sum(i..i + 1)))
    }

    fn grain(&self) -> u64 {
        *self.found.grain.get_or_init(|| self.measured_grain())
    }

    fn spec(&self) -> Spec {
        Spec { kernel: Self::NAME, terms: self.terms, data: None }
    }
}

impl<P: Parts> Partial for Joined<P> {
    type Atomic = Mutex<Self>;
    const IS_NUMBER: bool = false;

    fn erased(self) -> Total {
        if self.0.is_some() { Total::Other(Box::new(self)) } else { Total::default() }
    }

    fn of(total: &Total) -> Self {
        match total {
            Total::Number(_) => Joined(None),
            Total::Other(_) => total.get::<Self>().expect("a partial of this kernel").clone(),
        }
    }

    /// The first byte says whether there were any terms.
    fn encode(&self) -> Option<Vec<u8>> {
        match &self.0 {
            None => Some(vec![0]),
            Some(partial) => Some([&[1], &P::encode(partial)?[..]].concat()),
        }
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        match bytes.split_first()? {
            (0, []) => Some(Joined(None)),
            (1, bytes) => P::decode(bytes).map(|partial| Joined(Some(partial))),
            _ => None,
        }
    }
}

impl<P: Parts> Add for Joined<P> {
    type Output = Self;

    fn add(self, next: Self) -> Self {
        Joined(match (self.0, next.0) {
            (Some(left), Some(right)) => Some(P::join(left, right)),
            (one, other) => one.or(other),
        })
    }
}

impl<P: Parts> AddAssign for Joined<P> {
    fn add_assign(&mut self, next: Self) {
        *self = Joined(self.0.take()) + next;
    }
}

impl<P: Parts> Sum for Joined<P> {
    fn sum<I: Iterator<Item = Self>>(partials: I) -> Self {
        partials.fold(Self::default(), Add::add)
    }
}

/// For rows that only know whole numbers: they are left out where partials are something else.
impl<P: Parts> From<u64> for Joined<P> {
    fn from(_: u64) -> Self {
        unreachable!("a row of whole numbers is not for this kernel")
    }
}

impl<P: Parts> PartialEq for Joined<P> {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Some(one), Some(other)) => P::same(one, other),
            (one, other) => one.is_none() && other.is_none(),
        }
    }
}

impl<P: Parts> Default for Joined<P> {
    fn default() -> Self {
        Joined(None)
    }
}

impl<P: Parts> Clone for Joined<P> {
    fn clone(&self) -> Self {
        Joined(self.0.clone())
    }
}

impl<P: Parts> fmt::Debug for Joined<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(partial) => partial.fmt(f),
            None => f.write_str("nothing"),
        }
    }
}

impl<P: Parts> Clone for Own<P> {
    fn clone(&self) -> Self {
        let (parts, found) = (Arc::clone(&self.parts), Arc::clone(&self.found));
        Own { parts, terms: self.terms, found }
    }
}
