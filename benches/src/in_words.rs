//! What the bench found, in a few plain sentences. Each of them speaks where its numbers are there,
//! and is silent everywhere else.

mod costs;
mod limits;
mod peers;

pub(crate) use costs::distance_explains;

use crate::gate::{self, doubt};
use crate::results::Results;

type Remark = fn(&Results) -> Option<String>;

/// The remarks, in reading order: what was gained and what limited it, then what sharing costs.
const ALL: [Remark; 8] = [
    limits::cores,
    limits::memory,
    limits::primes,
    limits::too_many_workers,
    limits::machine,
    costs::dispatch,
    costs::contention,
    peers::peers,
];

/// The verdict: at most eight remarks of one to three sentences; or one, where the machine was too busy for any.
pub fn in_words(results: &Results) -> Vec<String> {
    if let Some(doubt) = doubt(results) {
        return vec![gate::words(doubt)];
    }
    ALL.iter().filter_map(|remark| remark(results)).collect()
}
