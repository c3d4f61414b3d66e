use std::time::{Duration, Instant};

use course::Lesson;
use kernels::{Kernel, Known, Primes, Workers};
use measure::{Error, watch};
use processes::Pool;
use threads::Threads;
use work_stealing::WorkStealing;

use crate::faulty::last_range;
use crate::{Fault, Faulty, Place};

/// The sum by a strategy of another lesson, under a time limit, and how long it took.
///
/// # Errors
///
/// What the strategy noticed of the fault.
pub(crate) fn sum(
    place: Place,
    fault: Fault,
    terms: u64,
    workers: Workers,
    limit: Duration,
) -> Result<(u64, Duration), Error> {
    match place {
        Place::Threads => in_threads::<Threads>("scoped", fault, terms, workers, limit),
        Place::WorkStealing => in_threads::<WorkStealing>("deques", fault, terms, workers, limit),
        Place::Processes => in_processes(fault, terms, workers, limit),
    }
}

/// A row of a lesson's table, on a kernel that misbehaves.
fn in_threads<L: Lesson>(
    row: &'static str,
    fault: Fault,
    terms: u64,
    workers: Workers,
    limit: Duration,
) -> Result<(u64, Duration), Error> {
    let kernel = Faulty::new(Primes::new(terms)?, fault, terms, workers);
    watch::limited(limit, &format!("{row} with {workers} workers"), move || {
        let table = L::strategies::<Faulty<Primes>>();
        let strategy = table.into_iter().find(|strategy| strategy.name == row);
        let mut sum = strategy.expect("the lesson has this row").start(&kernel, workers)?;
        let start = Instant::now();
        Ok((sum(&kernel, 0..terms)?, start.elapsed()))
    })
}

/// The pool, one worker of which is told to misbehave at its next request.
fn in_processes(
    fault: Fault,
    terms: u64,
    workers: Workers,
    limit: Duration,
) -> Result<(u64, Duration), Error> {
    let kernel = Primes::new(terms)?;
    watch::limited(limit, &format!("pool with {workers} workers"), move || {
        let mut pool = Pool::start(&kernel, workers)?;
        let faulty = last_range(terms, workers).map(|(number, _)| number);
        for (number, (child, _)) in pool.with_ranges(&(0..terms)).enumerate() {
            if let Some(fault) = fault.of_a_process().filter(|_| Some(number) == faulty) {
                child.misbehave(fault)?;
            }
        }
        let start = Instant::now();
        Ok((processes::pool(&kernel, 0..terms, &mut pool)?, start.elapsed()))
    })
}

/// The known answer.
pub(crate) fn expected(terms: u64) -> Result<u64, Error> {
    let kernel = Primes::new(terms)?;
    Ok(match kernel.expected() {
        kernels::Expected::Exact(sum) => sum,
        kernels::Expected::Near { .. } => kernel.sum(0..terms),
    })
}
