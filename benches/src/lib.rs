//! What the benches measure, and what is drawn from it.
//!
//! Data flows one way: the benches fill [`results`], from which [`chart`], [`report`], [`terminal`] and
//! [`compare`] are made. The ids are `<question>/<kernel>/<strategy>/<workers>`.

pub mod arguments;
pub mod baselines;
pub mod cpp;
pub mod order;
pub mod results;

pub mod against;
pub mod break_even;
pub mod bundle;
pub mod chart;
pub mod class;
pub mod compare;
pub mod gallery;
pub mod history;
pub mod in_words;
pub mod ladder;
pub mod law_readings;
pub mod recorded;

pub mod report;
pub mod saving;
pub mod terminal;

mod beside;
mod counts;
mod figures;
mod gate;
mod memory_limit;
mod program;
mod provenance;
mod renamed;
mod slugs;
mod text;

pub use counts::{ends_of, worker_counts};
pub use provenance::results_of_nothing;

use course::Table;
use kernels::Kernel;
pub use laws::break_even::TIE;
use measure::Strategy;

/// The strategies of `lesson` with the names in `wanted`, in that order.
///
/// ```
/// use kernels::Integers;
/// use threads::Threads;
/// let table = benches::strategies::<Threads, Integers>(&["scoped"]);
/// assert_eq!(table[0].name, "scoped");
/// ```
///
/// # Panics
///
/// Where the lesson has no such strategy: a bench that measures nothing must not look done.
pub fn strategies<L: Table, K: Kernel>(wanted: &[&str]) -> Vec<Strategy<K>> {
    let mut table = L::strategies::<K>();
    let mut take = |name: &&str| {
        let place = table.iter().position(|strategy| strategy.name == *name);
        table.swap_remove(place.unwrap_or_else(|| panic!("{} has no {name}", L::NAME)))
    };
    wanted.iter().map(&mut take).collect()
}
