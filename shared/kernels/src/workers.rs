use std::fmt;
use std::num::NonZeroUsize;
use std::thread::available_parallelism;

use crate::system::{Here, System};

/// How many workers share a sum: never zero, at most [`Workers::MOST`].
///
/// ```
/// use kernels::Workers;
/// assert_eq!(Workers::new(3).unwrap().get(), 3);
/// assert!(Workers::new(0).is_none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Workers(NonZeroUsize);

impl Workers {
    /// One worker: the sequential case.
    pub const ONE: Workers = Workers(NonZeroUsize::MIN);

    /// The largest worker count that a lesson accepts.
    pub const MOST: usize = 1024;

    /// `count` workers; `None` for zero and for more than [`Workers::MOST`].
    pub fn new(count: usize) -> Option<Self> {
        NonZeroUsize::new(count).filter(|count| count.get() <= Self::MOST).map(Workers)
    }

    /// The count as a plain number.
    pub fn get(self) -> usize {
        self.0.get()
    }

    /// The cores that this process may use, at least one.
    ///
    /// The standard library counts the affinity mask and the cgroup's CPU quota, which it rounds
    /// *down*; `num_cpus` rounds the same quota *up*. On Windows it does not count the mask: that is done here. A machine with more usable cores than
    /// [`Workers::MOST`] counts as that many.
    pub fn usable() -> Self {
        let usable = available_parallelism().map_or(1, NonZeroUsize::get);
        let allowed = Here::allowed_cores().unwrap_or(usize::MAX);
        Workers::new(usable.min(allowed).min(Self::MOST)).unwrap_or(Workers::ONE)
    }

    /// The doubling counts 1, 2, 4, ... up to `top`, and `top` itself.
    ///
    /// ```
    /// use kernels::Workers;
    /// let six = Workers::new(6).unwrap();
    /// let counts: Vec<usize> = Workers::doubling(six).iter().map(|count| count.get()).collect();
    /// assert_eq!(counts, [1, 2, 4, 6]);
    /// ```
    pub fn doubling(top: Workers) -> Vec<Workers> {
        let doubled = std::iter::successors(Some(1), |count| Some(count * 2));
        let mut counts: Vec<Workers> =
            doubled.take_while(|count| *count < top.get()).filter_map(Workers::new).collect();
        counts.push(top);
        counts
    }
}

impl fmt::Display for Workers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}
