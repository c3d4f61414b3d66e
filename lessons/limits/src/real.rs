//! The strategies of the other lessons, which the simulator is held against.

use course::Lesson;
use kernels::{Kernel, Workers, split};
use measure::{Error, Sum};
use threads::Threads;
use work_stealing::WorkStealing;

use crate::simulator::{Begin, Plan, Strategy};

/// The simulated strategies that have a real twin, and the name of the twin.
pub(crate) const TWINS: [(Strategy, &str); 4] = [
    (Strategy::EqualRanges, "scoped"),
    (Strategy::SelfScheduled, "self-scheduled"),
    (Strategy::Channel, "channel"),
    (Strategy::StealingHalf, "deques"),
];

/// The twin, its workers started where they stand.
pub(crate) fn started<K: Kernel>(
    name: &str,
    kernel: &K,
    workers: Workers,
) -> Result<Sum<K>, Error> {
    let rows = Threads::strategies::<K>().into_iter().chain(WorkStealing::strategies::<K>());
    let row = rows.into_iter().find(|row| row.name == name);
    row.expect("the lessons have these rows").start(kernel, workers)
}

/// The plan for the twin: `deques` puts all ranges into the deque of the caller.
pub(crate) fn plan(strategy: Strategy, workers: usize) -> Plan {
    let mut plan = Plan::new(strategy, workers);
    plan.begin = Begin::AtOne;
    plan
}

/// How many blocks the twin cuts so many terms into: halves of halves down to a grain, or blocks.
pub(crate) fn blocks<K: Kernel>(strategy: Strategy, kernel: &K, terms: u64) -> usize {
    if strategy.stands() {
        let halved = std::iter::successors(Some(1_u64), |parts| Some(parts * 2));
        let parts = halved.take_while(|parts| terms / parts > kernel.grain()).count();
        return 1 << parts;
    }
    crate::work::usual_blocks(kernel, terms)
}

/// Whether the twin shares so few terms at all.
pub(crate) fn shares<K: Kernel>(strategy: Strategy, kernel: &K, terms: u64) -> bool {
    !strategy.stands() || split::worth_sharing(kernel, &(0..terms))
}

#[cfg(test)]
mod tests {
    use kernels::{Integers, Known};

    use super::*;

    #[test]
    fn every_twin_is_there_and_sums() {
        let kernel = Integers::new(1001).expect("a small sum");
        let workers = Workers::new(2).expect("two");
        for (_, twin) in TWINS {
            let mut sum = started(twin, &kernel, workers).expect("two workers start");
            assert_eq!(sum(&kernel, 0..1001).expect("they sum"), 500_500, "{twin}");
        }
    }

    #[test]
    fn halves_of_halves_end_at_a_grain() {
        let kernel = Integers::new(1_000_000_000).expect("it fits");
        let grain = kernel.grain();
        let parts = |terms| blocks(Strategy::StealingHalf, &kernel, terms);
        assert_eq!([parts(grain), parts(2 * grain), parts(5 * grain)], [1, 2, 8]);
        assert!(!shares(Strategy::StealingHalf, &kernel, 3 * grain));
        assert!(shares(Strategy::EqualRanges, &kernel, 1));
    }
}
