//! The strategies of the other lessons, against which the simulator is held.

use course::Table;
use kernels::{AnyKernel, Kernel, KernelName, split};
use measure::{Context, Error, Work};
use threads::Threads;
use work_stealing::WorkStealing;

use crate::simulator::{Begin, Plan, Strategy};
use crate::workload::usual_blocks;

/// The simulated strategies that can be run for real, and the names of their rows.
pub(crate) const COUNTERPARTS: [(Strategy, &str); 4] = [
    (Strategy::EqualRanges, "scoped"),
    (Strategy::SelfScheduled, "self-scheduled"),
    (Strategy::Channel, "channel"),
    (Strategy::StealingHalf, "deques"),
];

/// Those that are for this kernel: where partials join in order only, ranges that stay in order.
pub(crate) fn of(kernel: KernelName) -> impl Iterator<Item = (Strategy, &'static str)> {
    let ordered = kernel.description().ordered;
    let fits = move |strategy: Strategy| !ordered || matches!(strategy, Strategy::EqualRanges);
    COUNTERPARTS.into_iter().filter(move |(strategy, _)| fits(*strategy))
}

/// The row `name`, its pool started if it has one, for so many terms.
pub(crate) fn start(
    name: &str,
    kernel: &AnyKernel,
    terms: u64,
    context: &Context,
) -> Result<Work<'static>, Error> {
    let rows = Threads::strategies().into_iter().chain(WorkStealing::strategies());
    let row = rows.into_iter().find(|row| row.name == name);
    row.expect("the lessons have these rows").whole().bind(kernel.clone(), terms, 0).start(context)
}

/// The plan for the counterpart: `deques` puts all ranges into the deque of the caller.
pub(crate) fn plan(strategy: Strategy, workers: usize) -> Plan {
    Plan { begin: Begin::AtOne, ..Plan::new(strategy, workers) }
}

/// How many blocks the counterpart cuts so many terms into: halves of halves down to a grain, or blocks.
pub(crate) fn blocks(strategy: Strategy, kernel: &AnyKernel, terms: u64) -> usize {
    if strategy.is_pool() {
        let halved = std::iter::successors(Some(1_u64), |parts| Some(parts * 2));
        let parts = halved.take_while(|parts| terms / parts > kernel.grain()).count();
        return 1 << parts;
    }
    usual_blocks(kernel, terms)
}

/// Whether the counterpart shares so few terms at all.
pub(crate) fn shares(strategy: Strategy, kernel: &AnyKernel, terms: u64) -> bool {
    !strategy.is_pool() || split::worth_sharing(kernel, &(0..terms))
}

#[cfg(test)]
mod tests {
    use kernels::{Integers, Known, Workers};

    use super::*;

    fn integers(terms: u64) -> AnyKernel {
        AnyKernel::new(Integers::new(terms).expect("it fits"))
    }

    #[test]
    fn every_counterpart_is_there_and_sums() {
        let context = Context::new(Workers::new(2).expect("two"));
        for (_, name) in COUNTERPARTS {
            let mut sum = start(name, &integers(1001), 1001, &context).expect("two workers start");
            assert_eq!(sum().expect("they sum").sum, 500_500.into(), "{name}");
        }
    }

    #[test]
    fn halves_of_halves_end_at_a_grain() {
        let kernel = integers(1_000_000_000);
        let grain = kernel.grain();
        let parts = |terms| blocks(Strategy::StealingHalf, &kernel, terms);
        assert_eq!([parts(grain), parts(2 * grain), parts(5 * grain)], [1, 2, 8]);
        assert!(!shares(Strategy::StealingHalf, &kernel, 3 * grain));
        assert!(shares(Strategy::EqualRanges, &kernel, 1));
    }
}
