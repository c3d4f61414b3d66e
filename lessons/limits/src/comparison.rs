//! `compare`: the simulator against the same strategies, run here.

mod text;

use std::hint::black_box;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::time::{Duration, Instant};

use clap::Args;
use course::options::values;
use kernels::{AnyKernel, AnyKnown, Kernel, KernelName, Workers};
use measure::{Context, Error, Interval, time, together};
use serde::Serialize;

use crate::counterpart;
use crate::probes::prices;
use crate::section::Section;
use crate::simulator::{Costs, Plan, Strategy, simulate};
use crate::workload::{self, Workload};

/// Options of `compare`.
#[derive(Debug, Clone, Args)]
pub(crate) struct ComparisonOptions {
    /// What to sum: integers, memory, pi, primes or yours
    #[arg(short, long, value_name = "NAME", default_value = "primes", allow_hyphen_values = true)]
    kernel: KernelName,

    /// How many terms [default: some 20 milliseconds of work]
    #[arg(short = 'n', long, value_name = "N", value_parser = values::terms,
          allow_hyphen_values = true)]
    terms: Option<u64>,

    /// Timed rounds
    #[arg(long, value_name = "R", value_parser = values::rounds, default_value = "9",
          allow_hyphen_values = true)]
    rounds: NonZeroUsize,
}

/// All that was compared.
#[derive(Debug, Serialize)]
struct Comparison {
    kernel: KernelName,
    terms: u64,
    rounds: usize,
    costs: Costs,
    runs: Vec<ComparedRun>,
}

/// One strategy with one number of workers.
#[derive(Debug, Serialize)]
struct ComparedRun {
    /// The strategy on paper.
    strategy: Strategy,
    /// The row that does the same for real.
    #[serde(rename = "twin")]
    counterpart: &'static str,
    workers: usize,
    /// How many rounds there were, and in how many of them the machine stayed the same.
    rounds: usize,
    steady_rounds: usize,
    /// How many cores the machine gave: the control.
    cores_given: f64,
    /// Seconds of the counterpart: the median over the rounds.
    measured: f64,
    /// Seconds by the simulator where the counterpart takes these: with the error on them. A median of ratios is
    /// not the ratio of two medians, so one of the three follows from the others.
    simulated: f64,
    /// How much longer it takes by the simulator, round by round: 0.1 for 10 %. The median over the rounds.
    error: Interval,
}

/// Runs and simulates in turn, round by round.
pub(crate) fn comparison(options: &ComparisonOptions) -> Result<Section, Error> {
    let terms = options.terms.unwrap_or(options.kernel.description().default_terms);
    let kernel = workload::kernel(options.kernel, terms)?;
    let (sums, costs, rounds) = (kernel.kernel(), prices()?.costs(), options.rounds.get());
    let mut runs = Vec::new();
    for workers in Workers::doubling(Workers::usable()) {
        let context = Context::new(workers);
        let mut pairs = counterpart::of(options.kernel)
            .map(|pair| Pair::new(pair, &kernel, terms, &context, costs))
            .collect::<Result<Vec<Pair>, Error>>()?;
        let parts = pairs.first().map(|pair| pair.work.parts(workers.get())).unwrap_or_default();
        let start = Instant::now();
        for done in 0..TRIES * rounds {
            let enough = pairs.iter().all(|pair| pair.steady().count() >= rounds);
            if enough || (done >= rounds && start.elapsed() > PATIENCE) {
                break;
            }
            round(&sums, terms, &parts, &context, &mut pairs)?;
        }
        runs.extend(pairs.into_iter().filter_map(|pair| pair.compared(workers.get())));
    }
    let comparison = Comparison { kernel: options.kernel, terms, rounds, costs, runs };
    Ok(Section::new("comparison", text::text(&comparison), &comparison))
}

/// A strategy on paper, its counterpart, and what both took in each round.
struct Pair {
    counterpart: &'static str,
    sum: measure::Work<'static>,
    plan: Plan,
    work: Workload,
    rounds: Vec<ComparedRound>,
}

struct ComparedRound {
    given: f64,
    measured: f64,
    simulated: f64,
    /// Whether the machine was the same before and after.
    steady: bool,
}

/// So few rounds say nothing.
const FEW: usize = 3;

/// A machine that differs by more than this is another one.
const CHANGED: f64 = 0.1;

/// Where the machine changes in the middle of a round, there is another one: up to so many for each, and
/// not for longer than this.
const TRIES: usize = 3;
const PATIENCE: Duration = Duration::from_secs(8);

impl Pair {
    fn new(
        (strategy, counterpart): (Strategy, &'static str),
        kernel: &AnyKnown,
        terms: u64,
        context: &Context,
        costs: Costs,
    ) -> Result<Self, Error> {
        let sums = kernel.kernel();
        let plan = Plan { costs, ..counterpart::plan(strategy, context.workers().get()) };
        let work = Workload::measured(kernel, terms, counterpart::blocks(strategy, &sums, terms));
        let mut sum = counterpart::start(counterpart, &sums, terms, context)?;
        // Once uncounted, so that its data is near and its workers are awake.
        sum()?;
        Ok(Pair { counterpart, sum, plan, work, rounds: Vec::new() })
    }

    fn steady(&self) -> impl Iterator<Item = &ComparedRound> {
        self.rounds.iter().filter(|round| round.steady)
    }

    /// Of the steady rounds; of all, where hardly any is steady.
    fn compared(self, workers: usize) -> Option<ComparedRun> {
        let steady = self.steady().count();
        let counts = |round: &&ComparedRound| round.steady || steady < FEW;
        let medians = Medians::of(self.rounds.iter().filter(counts))?;
        Some(ComparedRun {
            strategy: self.plan.strategy,
            counterpart: self.counterpart,
            workers,
            rounds: self.rounds.len(),
            steady_rounds: steady,
            cores_given: medians.given,
            measured: medians.measured,
            simulated: medians.measured * (1.0 + medians.error.median),
            error: medians.error,
        })
    }
}

/// What is shown of some rounds.
struct Medians {
    given: f64,
    measured: f64,
    error: Interval,
}

impl Medians {
    fn of<'r>(rounds: impl Iterator<Item = &'r ComparedRound> + Clone) -> Option<Self> {
        let median = |of: fn(&ComparedRound) -> f64| {
            Interval::of(&rounds.clone().map(of).collect::<Vec<f64>>())
        };
        Some(Medians {
            given: median(|round| round.given)?.median,
            measured: median(|round| round.measured)?.median,
            error: median(|round| round.simulated / round.measured - 1.0)?,
        })
    }
}

/// What the machine gave at one moment.
#[derive(Debug, Clone, Copy)]
struct Snapshot {
    /// What one core takes for the sum.
    alone: f64,
    /// The control: how many cores the workers got, each with a sum of its own.
    given: f64,
}

impl Snapshot {
    /// The sums of the control are the parts of the whole, one a worker, first one after the other and then
    /// all at once. They take about as long as a strategy does: a host that lends a core for a moment then
    /// lends it to both alike. And no worker reads what another has just read.
    fn take(kernel: &AnyKernel, parts: &[Range<u64>], context: &Context) -> Result<Self, Error> {
        let sum = |part: &Range<u64>| {
            time(|| black_box(kernel).sum(black_box(part.clone()))).1.as_secs_f64()
        };
        let alone: Vec<f64> = parts.iter().map(sum).collect();
        let control = together(context, |worker| sum(&parts[worker]))?;
        let given = alone.iter().zip(&control).map(|(alone, control)| alone / control).sum();
        Ok(Snapshot { alone: alone.iter().sum(), given })
    }

    /// Whether the machine is the same as it was then, but for some percent.
    fn is_like(self, other: Snapshot) -> bool {
        let like = |one: f64, other: f64| (one / other - 1.0).abs() < CHANGED;
        like(self.alone, other.alone) && like(self.given, other.given)
    }

    fn between(self, other: Snapshot) -> Self {
        Snapshot {
            alone: f64::midpoint(self.alone, other.alone),
            given: f64::midpoint(self.given, other.given),
        }
    }
}

/// Each counterpart between two looks at the machine. The simulator is given what these found: what one
/// core takes, and how many cores there are for all workers together.
fn round(
    kernel: &AnyKernel,
    terms: u64,
    parts: &[Range<u64>],
    context: &Context,
    pairs: &mut [Pair],
) -> Result<(), Error> {
    // ANCHOR: round
    let mut before = Snapshot::take(kernel, parts, context)?;
    for pair in pairs {
        let (sum, measured) = time(&mut pair.sum);
        sum?;
        let after = Snapshot::take(kernel, parts, context)?;
        let Snapshot { alone, given } = before.between(after);
        let simulated = if counterpart::shares(pair.plan.strategy, kernel, terms) {
            pair.plan.ceiling = Some(given);
            simulate(&pair.plan, &pair.work.scaled_to(alone), false).makespan
        } else {
            alone
        };
        let (measured, steady) = (measured.as_secs_f64(), before.is_like(after));
        pair.rounds.push(ComparedRound { given, measured, simulated, steady });
        before = after;
    }
    // ANCHOR_END: round
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The machine became slower from round to round, and the simulator was told each time.
    #[test]
    fn the_error_is_that_of_each_round() {
        let round = |measured: f64, error: f64| ComparedRound {
            given: 2.0,
            measured,
            simulated: measured * (1.0 + error),
            steady: true,
        };
        let rounds = [round(0.010, 0.3), round(0.020, -0.1), round(0.040, 0.0)];
        let medians = Medians::of(rounds.iter()).expect("there are rounds");
        assert!((medians.measured - 0.020).abs() < 1e-12 && medians.error.median.abs() < 1e-12);
        assert!(Medians::of([].iter()).is_none());
    }
}
