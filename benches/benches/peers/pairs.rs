//! Who takes turns with whom.

use benches::cpp::{Built, Way};
use kernels::{Kernel, Workers};
use measure::Strategy;

/// Our strategy that cuts one range for each worker, and whose threads wait awake as those of OpenMP do, of the lesson
/// `threads`.
const STATIC: &str = "hot-team";

/// Our strategy that hands terms to whoever is idle, of the lesson `work-stealing`.
const DYNAMIC: &str = "deques";

/// Every foreign way, with the strategy of ours that cuts the terms alike.
pub(super) const PAIRS: [Pair; 7] = [
    Pair { way: "c", ours: Ours::Sequential },
    Pair { way: "openmp-static", ours: Ours::Static },
    Pair { way: "onetbb-static", ours: Ours::Static },
    Pair { way: "openmp-dynamic", ours: Ours::Dynamic },
    Pair { way: "onetbb-dynamic", ours: Ours::Dynamic },
    Pair { way: "cpp17-par", ours: Ours::Dynamic },
    Pair { way: "rayon", ours: Ours::Dynamic },
];

/// A foreign way, and which of ours stands beside it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair {
    /// The third part of the id.
    pub(super) way: &'static str,
    ours: Ours,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ours {
    /// One core at its best.
    Sequential,
    /// The one that cuts ranges beforehand.
    Static,
    /// The one that cuts while it runs.
    Dynamic,
}

impl Pair {
    /// Our strategy.
    pub(super) fn ours<K: Kernel>(&self) -> Strategy<K> {
        let mut found = match self.ours {
            Ours::Sequential => benches::strategies::<sequential::Sequential, K>(&["simd"]),
            Ours::Static => benches::strategies::<threads::Threads, K>(&[STATIC]),
            Ours::Dynamic => benches::strategies::<work_stealing::WorkStealing, K>(&[DYNAMIC]),
        };
        found.remove(0)
    }

    /// How many workers either side has.
    pub(super) fn workers(&self) -> Workers {
        if self.is_sequential() { Workers::ONE } else { Workers::usable() }
    }

    /// Whether nothing is shared.
    pub(super) fn is_sequential(&self) -> bool {
        self.ours == Ours::Sequential
    }

    /// Why it cannot be had here.
    pub(super) fn missing(&self, cpp: &Result<Built, String>) -> Option<String> {
        match (self.cpp(), cpp) {
            (None, _) => None,
            (Some(_), Err(why)) => Some(why.clone()),
            (Some(way), Ok(built)) => built.without(way.library?).map(str::to_owned),
        }
    }

    /// The way of the program in C++; `None` where it is one in Rust.
    pub(super) fn cpp(&self) -> Option<&'static Way> {
        Way::of(self.way)
    }
}
