//! What the processor itself counts while a sum runs: its cycles, its instructions, its cache misses, and the branches
//! that it mispredicted. A clock says how long something took; these performance counters say why.
//!
//! A processor has a few registers that count, and a system lends them to programs: only Linux does so to a program
//! without special rights. Most virtual machines have none to lend. What is not counted is `None`, with the reason.

mod event;
mod meters;
mod missing;
mod system;

use serde::{Deserialize, Serialize};

pub use meters::Meters;

use crate::Interval;

/// What the processors counted in one sum, all workers together, in user space: medians over several sums that were
/// not timed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Counters {
    /// Cycles of the clock of a core, while it ran the workers.
    pub cycles: Option<Interval>,
    /// Instructions that were completed.
    pub instructions: Option<Interval>,
    /// How often a line was not in the first-level data cache of the core that wanted it: also one that another core
    /// had taken away, wherever it was found.
    pub first_level_misses: Option<Interval>,
    /// How often a line was in no cache that the processor asks before memory: what it calls its last level.
    pub cache_misses: Option<Interval>,
    /// How often the core had mispredicted a branch, and threw away what it had begun.
    pub branch_misses: Option<Interval>,
    /// Whether some of these were counted for a part of the time only, and scaled up to all of it: there were more
    /// things to count than counters, or cores of another kind that do not count them.
    #[serde(default)]
    pub estimated: bool,
}

/// What came of counting.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Counted {
    /// What was counted.
    pub counters: Counters,
    /// Why some of it was not, in words, and what can be done about it.
    pub missing: Option<String>,
}

/// Why some of what was to be counted in these rows was not, in words; `None` where all of it was.
pub fn missing<'c>(rows: impl IntoIterator<Item = (&'c str, &'c Counted)>) -> Option<String> {
    missing::reasons(rows.into_iter().map(|(row, counted)| (row, counted.missing.clone())))
}

impl Counters {
    /// Of these counts, in the order of the fields.
    fn of(counts: [Option<Interval>; 5], estimated: bool) -> Self {
        let estimated = estimated && counts.iter().any(Option::is_some);
        let [cycles, instructions, first_level_misses, cache_misses, branch_misses] = counts;
        Counters {
            cycles,
            instructions,
            first_level_misses,
            cache_misses,
            branch_misses,
            estimated,
        }
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.all().iter().all(Option::is_none)
    }

    /// Instructions per cycle: how many a core completed at a time.
    pub fn instructions_per_cycle(&self) -> Option<f64> {
        Some(self.instructions?.median / self.cycles?.median).filter(|ratio| ratio.is_finite())
    }

    /// The same counts for each of so many terms.
    #[must_use]
    pub fn per(self, terms: u64) -> Self {
        let over = |count: Option<Interval>| count.map(|count| count.over(terms.max(1) as f64));
        Counters::of(self.all().map(over), self.estimated)
    }

    fn all(&self) -> [Option<Interval>; 5] {
        [
            self.cycles,
            self.instructions,
            self.first_level_misses,
            self.cache_misses,
            self.branch_misses,
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_stays_missing() {
        let count = |median| Some(Interval { median, low: None, high: None });
        let counters = Counters { instructions: count(300.0), ..Counters::default() };
        assert!(!counters.is_empty() && Counters::default().is_empty());
        assert_eq!(counters.instructions_per_cycle(), None);
        let per_term = Counters { cycles: count(100.0), ..counters }.per(100);
        assert_eq!((per_term.cycles, per_term.cache_misses), (count(1.0), None));
        assert_eq!(per_term.instructions_per_cycle(), Some(3.0));
    }
}
