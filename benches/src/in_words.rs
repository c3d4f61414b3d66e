//! What the bench found, in a few plain sentences. Each of them speaks where its numbers are there,
//! and is silent everywhere else.

mod answer;
mod costs;
mod limits;
mod peers;

pub use answer::answer;
pub(crate) use costs::distance_explains;

use crate::gate::{self, doubt};
use crate::results::Results;

type Remark = fn(&Results) -> Option<String>;

/// What was gained, and what limited it.
const LIMITS: [Remark; 5] =
    [limits::cores, limits::memory, limits::primes, limits::too_many_workers, limits::machine];

/// What sharing costs, and how it compares.
const COSTS: [Remark; 3] = [costs::dispatch, costs::contention, peers::peers];

/// The verdict: at most eight remarks of one to three sentences; or one, where the machine was too busy for any.
pub fn in_words(results: &Results) -> Vec<String> {
    if let Some(doubt) = doubt(results) {
        return vec![gate::words(doubt)];
    }
    [limits(results), costs(results)].concat()
}

/// What limits each kernel; nothing, where the machine was too busy for it.
pub(crate) fn limits(results: &Results) -> Vec<String> {
    remarks(results, &LIMITS)
}

/// What sharing costs, and how it compares; nothing, where the machine was too busy for it.
pub(crate) fn costs(results: &Results) -> Vec<String> {
    remarks(results, &COSTS)
}

fn remarks(results: &Results, of: &[Remark]) -> Vec<String> {
    match doubt(results) {
        Some(_) => Vec::new(),
        None => of.iter().filter_map(|remark| remark(results)).collect(),
    }
}
