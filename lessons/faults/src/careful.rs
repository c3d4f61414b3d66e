use std::time::Duration;

use course::Table;
use kernels::{AnyKernel, AnyKnown, Expected, Kernel, Total};
use measure::{Context, Error, limited, time};
use processes::Pool;
use threads::Threads;
use units::count;
use work_stealing::WorkStealing;

use crate::faulty::last_range;
use crate::{Fault, Faulty, WorkerKind};

/// The sum by a strategy of another lesson, under a time limit, and how long it took.
///
/// # Errors
///
/// What the strategy noticed of the fault.
pub(crate) fn sum(
    kind: WorkerKind,
    fault: Fault,
    kernel: &AnyKernel,
    terms: u64,
    context: &Context,
    limit: Duration,
) -> Result<(Total, Duration), Error> {
    match kind {
        WorkerKind::Threads => {
            in_threads::<Threads>("scoped", fault, kernel, terms, context, limit)
        }
        WorkerKind::WorkStealing => {
            in_threads::<WorkStealing>("deques", fault, kernel, terms, context, limit)
        }
        WorkerKind::Processes => in_processes(fault, kernel, terms, context, limit),
    }
}

/// A row of a lesson's table, on a kernel that misbehaves.
fn in_threads<T: Table>(
    row: &'static str,
    fault: Fault,
    kernel: &AnyKernel,
    terms: u64,
    context: &Context,
    limit: Duration,
) -> Result<(Total, Duration), Error> {
    let kernel = Faulty::new(kernel.clone(), fault, terms, context.workers());
    let theirs = context.clone();
    limited(limit, &title(row, context), context.cancellation(), move || {
        let table = T::strategies::<Faulty<AnyKernel>>();
        let strategy = table.into_iter().find(|strategy| strategy.name == row);
        let mut sum = strategy.expect("the lesson has this row").start(&kernel, &theirs)?;
        let (summed, time) = time(|| sum(&kernel, 0..terms));
        Ok((summed?.sum, time))
    })
}

/// The pool, one worker of which is told to misbehave at its next request.
fn in_processes(
    fault: Fault,
    kernel: &AnyKernel,
    terms: u64,
    context: &Context,
    limit: Duration,
) -> Result<(Total, Duration), Error> {
    let (kernel, theirs) = (kernel.clone(), context.clone());
    limited(limit, &title("pool", context), context.cancellation(), move || {
        let mut pool = Pool::start(&kernel, &theirs)?;
        let faulty = last_range(terms, theirs.workers()).map(|(number, _)| number);
        for (number, (child, _)) in pool.with_ranges(&(0..terms)).enumerate() {
            if let Some(fault) = fault.of_a_process().filter(|_| Some(number) == faulty) {
                child.misbehave(fault)?;
            }
        }
        let (sum, time) = time(|| processes::pool(&kernel, 0..terms, &mut pool));
        Ok((sum?, time))
    })
}

fn title(row: &str, context: &Context) -> String {
    format!("{row} with {}", count(context.workers().get() as u64, "worker"))
}

/// The known answer.
pub(crate) fn expected(kernel: &AnyKnown, terms: u64) -> Total {
    match kernel.expected() {
        Expected::Exact(sum) => sum,
        Expected::Near { .. } => kernel.kernel().sum(0..terms),
    }
}
