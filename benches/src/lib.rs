//! What the benches measure: the strategies of the lessons, by worker count.
//!
//! The ids are `<question>/<kernel>/<strategy>/<workers>`.

pub mod chart;
mod counts;
mod provenance;
pub mod results;

pub use counts::{ends_of, worker_counts};
pub use provenance::results_of_nothing;

use shared::{Kernel, Lesson, Strategy};

/// A speedup must exceed this to count as a gain; below it, the two are as good as each other.
pub const TIE: f64 = 1.03;

/// The strategies of `lesson` with the names in `wanted`, in that order.
///
/// ```
/// use shared::kernel::Integers;
/// use threads::Threads;
/// let table = benches::strategies::<Threads, Integers>(&["scoped"]);
/// assert_eq!(table[0].name, "scoped");
/// ```
///
/// # Panics
///
/// Where the lesson has no such strategy: a bench that measures nothing must not look done.
pub fn strategies<L: Lesson, K: Kernel>(wanted: &[&str]) -> Vec<Strategy<K>> {
    let mut table = L::strategies::<K>();
    let mut take = |name: &&str| {
        let place = table.iter().position(|strategy| strategy.name == *name);
        table.swap_remove(place.unwrap_or_else(|| panic!("{} has no {name}", L::NAME)))
    };
    wanted.iter().map(&mut take).collect()
}
