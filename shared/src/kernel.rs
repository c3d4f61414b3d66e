//! What is summed: the trait [`Kernel`] and the four kernels, each of which shows one limit.

mod integers;
mod memory;
mod pi;
mod primes;
mod sieve;
pub mod simd;

use std::fmt;
use std::fs::File;
use std::ops::Range;
use std::str::FromStr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

pub use integers::Integers;
pub use memory::{Memory, sum_of_bytes, sum_of_numbers};
pub use pi::Pi;
pub use primes::Primes;

use crate::Error;

/// A sum of numbered terms: how to add a range of them, fast.
///
/// Every partial is a `u64` that adds exactly in any order, so any strategy may cut the terms as
/// it likes and must get the same bits. A clone is a handle to the same terms and the same data,
/// and costs next to nothing.
///
/// ```
/// use shared::Kernel;
/// use shared::kernel::{Integers, Known};
/// let kernel = Integers::new(101)?;
/// assert_eq!(kernel.sum(0..101), 5050);
/// assert_eq!(kernel.sum(0..50) + kernel.sum(50..101), 5050);
/// # Ok::<(), shared::Error>(())
/// ```
pub trait Kernel: Clone + Send + Sync + 'static {
    /// The sum of the terms in `range`, as fast as one core can: the hot loop.
    fn sum(&self, range: Range<u64>) -> u64;

    /// Term `i` alone, for the strategies that add one at a time.
    fn term(&self, i: u64) -> u64;

    /// The number of terms worth about 50 microseconds on one core.
    fn grain(&self) -> u64;

    /// The plain data from which another process makes the same kernel.
    fn spec(&self) -> Spec;

    /// News from a strategy that does not call [`sum`](Kernel::sum) on this side, or that knows
    /// more than its calls show. Does nothing, except in the [audit](crate::audit).
    fn heard(&self, _news: News) {}

    /// Whether news is [heard](Kernel::heard): a strategy whose workers take notes far away asks for
    /// these notes only then.
    fn listens(&self) -> bool {
        false
    }
}

/// What a strategy may tell the audit.
#[derive(Debug, Clone)]
pub enum News {
    /// A worker elsewhere, or one that adds floats, has summed a range.
    Summed(Piece),
    /// The strategy will tell of every steal; so no news of one means that there was none.
    TellsSteals,
    /// The calling thread took work from another worker's store.
    Stole,
    /// A phase of the whole sum took this long.
    Phase(Phase, Duration),
}

/// A range that one worker summed, and when.
#[derive(Debug, Clone)]
pub struct Piece {
    /// Who summed it.
    pub worker: WorkerId,
    /// The terms.
    pub range: Range<u64>,
    /// When the worker began, on this process's clock.
    pub start: Instant,
    /// When the worker was done.
    pub end: Instant,
}

impl Piece {
    /// A piece that the calling thread summed, from `start` until now.
    pub fn mine(range: Range<u64>, start: Instant) -> Self {
        Piece { worker: WorkerId::ThisThread, range, start, end: Instant::now() }
    }
}

/// Who summed a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkerId {
    /// The thread that brings the news.
    ThisThread,
    /// A child process, by its process id.
    Process(u32),
    /// A thread of a child process: the process id, and the thread's number in it, from 1.
    ThreadOf(u32, u32),
}

/// The four parts of a sum that is shared among processes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Until every child has said that it is ready.
    Starting,
    /// Until every child has its work.
    Sending,
    /// The longest time that a child was busy.
    Summing,
    /// The rest: waiting for the answers and adding them.
    Collecting,
}

/// The plain data from which another process makes the same kernel.
#[derive(Debug, Clone)]
pub struct Spec {
    /// Which kernel.
    pub kernel: KernelName,
    /// How many terms it has.
    pub terms: u64,
    /// The numbers of `memory`, where they lie in a file that other processes can map.
    pub data: Option<Arc<File>>,
}

/// Where a kernel keeps its data, if it has any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Home {
    /// In this process's own memory.
    Private,
    /// In a nameless file that child processes can map.
    Shared,
}

/// A kernel that the programs know by name, with the answer from an independent source.
pub trait Known: Kernel {
    /// Its name on the command line.
    const NAME: KernelName;
    /// The most terms whose sum surely fits.
    const LARGEST: u64;
    /// The number of terms when none is asked for.
    const DEFAULT_TERMS: u64;
    /// The bytes that one term is read from.
    const BYTES_PER_TERM: u64;

    /// The kernel with `terms` terms, its data private.
    ///
    /// # Errors
    ///
    /// When the sum would not fit, or the data would not.
    fn new(terms: u64) -> Result<Self, Error> {
        Self::with_home(terms, Home::Private)
    }

    /// The kernel with `terms` terms and its data, if any, in `home`.
    ///
    /// # Errors
    ///
    /// When the sum would not fit, or the data would not.
    fn with_home(terms: u64, home: Home) -> Result<Self, Error>;

    /// The known answer, from a source that adds no terms one by one.
    fn expected(&self) -> Expected;

    /// The sum as a reader wants it: exact digits, or the shortest ones that read back the same.
    fn show(&self, sum: u64) -> String {
        sum.to_string()
    }

    /// The numbers that it reads from memory, if it does.
    fn numbers(&self) -> Option<&[u64]> {
        None
    }

    /// Which instructions its hot loop uses.
    fn level(&self) -> simd::Level;

    /// Refuses a number of terms whose sum may not fit.
    ///
    /// # Errors
    ///
    /// [`Error::TooManyTerms`] above [`Known::LARGEST`].
    fn check_terms(terms: u64) -> Result<(), Error> {
        let (kernel, largest) = (Self::NAME, Self::LARGEST);
        if terms > largest { Err(Error::TooManyTerms { kernel, terms, largest }) } else { Ok(()) }
    }
}

/// A known answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Expected {
    /// The sum is this number.
    Exact(u64),
    /// The sum, read as a float, is within `error` of `value`.
    Near {
        /// The value that the sum approaches.
        value: f64,
        /// The largest distance that mathematics and rounding explain.
        error: f64,
    },
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Expected::Exact(sum) => sum.fmt(f),
            Expected::Near { value, .. } => value.fmt(f),
        }
    }
}

/// The names of the four kernels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KernelName {
    /// 0 + 1 + 2 + ...: additions.
    Integers,
    /// The same numbers, read from memory: bandwidth.
    Memory,
    /// 4/(1+x^2) at n midpoints: divisions.
    Pi,
    /// The primes below n by trial division: uneven.
    Primes,
}

impl KernelName {
    /// All of them, in reading order.
    pub const ALL: [KernelName; 4] =
        [KernelName::Integers, KernelName::Memory, KernelName::Pi, KernelName::Primes];

    /// The name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            KernelName::Integers => "integers",
            KernelName::Memory => "memory",
            KernelName::Pi => "pi",
            KernelName::Primes => "primes",
        }
    }

    /// One line about it, for `--list`.
    pub fn about(self) -> &'static str {
        match self {
            KernelName::Integers => "0 + 1 + 2 + ...; the limit is how fast a core adds",
            KernelName::Memory => "the same numbers read from memory; the limit is bandwidth",
            KernelName::Pi => "4/(1+x^2) over n midpoints; the limit is how fast a core divides",
            KernelName::Primes => "the primes below n by trial division; later terms cost more",
        }
    }
}

impl fmt::Display for KernelName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for KernelName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = KernelName::ALL.into_iter().find(|name| name.as_str() == text);
        found.ok_or_else(|| {
            "the kernels are integers, memory, pi and primes; for example: -k pi".to_owned()
        })
    }
}
