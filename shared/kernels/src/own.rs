use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Range};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

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

/// So long a grain takes one core.
const GRAIN: Duration = Duration::from_micros(50);

impl<P: Parts> Own<P> {
    /// As many terms as one core does in the time of a grain, in the middle of all: at the ends they may cost least.
    fn measured_grain(&self) -> u64 {
        let mut terms = 1;
        loop {
            let start = (self.terms.saturating_sub(terms)) / 2;
            let range = start..(start + terms).min(self.terms);
            let took = (0..2).map(|_| {
                let start = Instant::now();
                std::hint::black_box(self.sum(std::hint::black_box(range.clone())));
                start.elapsed()
            });
            let took = took.min().unwrap_or_default();
            if took >= GRAIN || terms >= self.terms {
                let grain = terms as f64 * GRAIN.as_secs_f64() / took.as_secs_f64().max(1e-9);
                return (grain as u64).max(1);
            }
            terms = (terms * 2).min(self.terms);
        }
    }
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
