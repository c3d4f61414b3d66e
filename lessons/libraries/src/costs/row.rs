use std::hint::black_box;
use std::time::Duration;

use kernels::{AnyKernel, Kernel, Known, Primes, Total};
use measure::{Context, Error, Sum, idle_burn, time};

use super::fine;
use crate::library::{Library, Nested, libraries};

/// A sample is the mean of so many calls: of the shortest sums, and of those of 50 microseconds.
const CALLS_OF_NOTHING: u32 = 50;
const CALLS_OF_A_SHORT_SUM: u32 = 20;

/// Between two calls nobody asks for so long; and so often in a round.
const GAP: Duration = Duration::from_millis(1);
const GAPS: u32 = 5;

/// The primes below this take one core some milliseconds: a hundred grains, of which the last cost most.
const UNEVEN: u64 = 200_000;

/// And below this some tens of milliseconds: long enough for a timer of one to be late by many.
const LONG: u64 = 600_000;

/// What one library showed in one round.
#[derive(Debug, Clone)]
pub(super) struct Sample {
    pub(super) dispatch: f64,
    pub(super) short: f64,
    pub(super) short_alone: f64,
    pub(super) idle_cores: Option<f64>,
    pub(super) uneven: f64,
    /// How late timers were, without a sum and beside one.
    pub(super) timer: Option<[f64; 2]>,
}

/// The library whose row has this name.
fn library(name: &str) -> Library<AnyKernel> {
    let mut all = libraries().into_iter();
    all.find(|library| library.row.name == name).expect("the name is that of a row of the table")
}

/// Why this library cannot sum within a sum, if so.
pub(super) fn never_nested(name: &str) -> Option<&'static str> {
    match library(name).nested {
        Nested::Never(why) => Some(why),
        Nested::Row(_) => None,
    }
}

/// Starts the library, measures it, and ends it: no other one is alive meanwhile, so none that spins takes a core.
///
/// # Errors
///
/// Where a worker cannot be started, or fails.
pub(super) fn sample(name: &str, context: &Context) -> Result<Sample, Error> {
    let library = library(name);
    let (nothing, few) = fine::nothing(context.workers())?;
    let (short, terms) = fine::short(context.workers())?;
    let mut sum = library.row.start(&nothing, context)?;
    // Once for nothing: its threads begin, and have run.
    mean(&mut sum, &nothing, few, CALLS_OF_NOTHING)?;
    let dispatch = mean(&mut sum, &nothing, few, CALLS_OF_NOTHING)?;
    mean(&mut sum, &short, terms, 1)?;
    let quick = mean(&mut sum, &short, terms, CALLS_OF_A_SHORT_SUM)?;
    let (uneven, _) = one(&mut sum, &primes(UNEVEN)?, UNEVEN)?;
    let mut work = || sum(&nothing, 0..few).map(drop);
    let idle_cores = idle_burn(GAP, GAPS, &mut work)?;
    drop(sum);
    Ok(Sample {
        dispatch,
        short: quick,
        short_alone: alone(&short, terms),
        idle_cores,
        uneven,
        timer: library.timers.map(|timers| timers(&primes(LONG)?, 0..LONG, context)).transpose()?,
    })
}

/// The time of a sum by tasks that ask for sums.
///
/// # Errors
///
/// As [`sample`]; and where the sum is not that of one core.
pub(super) fn nested(name: &str, context: &Context) -> Result<f64, Error> {
    let Nested::Row(strategy) = library(name).nested else {
        unreachable!("nobody asks the others")
    };
    let kernel = primes(UNEVEN)?;
    let mut sum = strategy.start(&kernel, context)?;
    // Once for nothing.
    one(&mut sum, &kernel, UNEVEN)?;
    let (seconds, total) = one(&mut sum, &kernel, UNEVEN)?;
    if total != kernel.sum(0..UNEVEN) {
        let fault = format!("the nested sum of {name} is not that of one core");
        return Err(Error::WrongSum { terms: UNEVEN, fault });
    }
    Ok(seconds)
}

/// Work whose last terms cost most.
fn primes(terms: u64) -> Result<AnyKernel, Error> {
    Ok(AnyKernel::new(Primes::new(terms)?))
}

/// Seconds of a call: the mean of so many.
fn mean(
    sum: &mut Sum<AnyKernel>,
    kernel: &AnyKernel,
    terms: u64,
    calls: u32,
) -> Result<f64, Error> {
    let (done, took) =
        time(|| (0..calls).try_for_each(|_| sum(black_box(kernel), black_box(0..terms)).map(drop)));
    done.map(|()| took.as_secs_f64() / f64::from(calls))
}

fn one(sum: &mut Sum<AnyKernel>, kernel: &AnyKernel, terms: u64) -> Result<(f64, Total), Error> {
    let (done, took) = time(|| sum(kernel, 0..terms));
    Ok((took.as_secs_f64(), done?.sum))
}

/// The same sum of 50 microseconds on one core.
fn alone(kernel: &AnyKernel, terms: u64) -> f64 {
    let sum = || black_box(black_box(kernel).sum(black_box(0..terms)));
    sum();
    let ((), took) = time(|| (0..CALLS_OF_A_SHORT_SUM).for_each(|_| drop(sum())));
    took.as_secs_f64() / f64::from(CALLS_OF_A_SHORT_SUM)
}
