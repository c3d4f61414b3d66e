//! What the benches measure: the strategies of the lessons, by worker count.
//!
//! The ids are `<question>/<kernel>/<strategy>/<workers>`.

pub mod chart;
pub mod results;

use shared::{Kernel, Lesson, Strategy};

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
