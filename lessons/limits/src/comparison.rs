//! `compare`: the simulator against the same strategies, run here.

mod text;

use std::hint::black_box;
use std::ops::Range;
use std::time::{Duration, Instant};

use kernels::{KernelName, Known, Workers};
use measure::{Error, Interval, Sum, together};
use serde::Serialize;

use crate::options::Compare;
use crate::probes::prices;
use crate::real::{self, TWINS};
use crate::simulator::{Costs, Plan, Strategy, simulate};
use crate::told::Told;
use crate::with_kernel::with_kernel;
use crate::work::Work;

/// All that was compared.
#[derive(Debug, Serialize)]
struct Comparison {
    kernel: KernelName,
    terms: u64,
    rounds: usize,
    costs: Costs,
    runs: Vec<Compared>,
}

/// One strategy with one number of workers.
#[derive(Debug, Serialize)]
struct Compared {
    /// The strategy on paper.
    strategy: Strategy,
    /// Its twin.
    twin: &'static str,
    workers: usize,
    /// How many rounds there were, and in how many of them the machine stayed the same.
    rounds: usize,
    steady_rounds: usize,
    /// How many cores the machine gave: the control.
    cores_given: f64,
    /// Seconds of the twin.
    measured: f64,
    /// Seconds that the simulator says.
    simulated: f64,
    /// How much longer the simulator says it takes: 0.1 for 10 %. The median over the rounds.
    error: Interval,
}

/// Runs and simulates in turn, round by round.
///
/// # Errors
///
/// Where the terms do not fit, or the system refuses a thread.
pub(crate) fn comparison(options: &Compare) -> Result<Told, Error> {
    with_kernel!(options.kernel, K => of::<K>(options.terms, options.rounds.get()))
}

fn of<K: Known>(terms: Option<u64>, rounds: usize) -> Result<Told, Error> {
    let terms = terms.unwrap_or(K::DEFAULT_TERMS);
    let kernel = K::new(terms)?;
    let costs = prices()?.costs();
    let mut runs = Vec::new();
    for workers in Workers::ladder(Workers::usable()) {
        let mut pairs = Vec::new();
        for (strategy, twin) in TWINS {
            pairs.push(Pair::new(strategy, twin, &kernel, terms, workers, costs)?);
        }
        let parts = pairs.first().map(|pair| pair.work.parts(workers.get())).unwrap_or_default();
        let start = Instant::now();
        for done in 0..TRIES * rounds {
            let enough = pairs.iter().all(|pair| pair.steady().count() >= rounds);
            if enough || (done >= rounds && start.elapsed() > PATIENCE) {
                break;
            }
            round(&kernel, terms, &parts, &mut pairs)?;
        }
        runs.extend(pairs.into_iter().filter_map(|pair| pair.compared(workers.get())));
    }
    let comparison = Comparison { kernel: K::NAME, terms, rounds, costs, runs };
    Ok(Told {
        name: "comparison",
        text: text::text(&comparison),
        json: serde_json::to_value(&comparison).expect("plain data"),
        pictures: Vec::new(),
    })
}

/// A strategy on paper, its twin, and what both said in each round.
struct Pair<K> {
    twin: &'static str,
    sum: Sum<K>,
    plan: Plan,
    work: Work,
    rounds: Vec<Round>,
}

struct Round {
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

impl<K: Known> Pair<K> {
    fn new(
        strategy: Strategy,
        twin: &'static str,
        kernel: &K,
        terms: u64,
        workers: Workers,
        costs: Costs,
    ) -> Result<Self, Error> {
        let mut plan = real::plan(strategy, workers.get());
        plan.costs = costs;
        let work = Work::measured::<K>(terms, real::blocks(strategy, kernel, terms))?;
        let mut sum = real::started(twin, kernel, workers)?;
        // Once uncounted, so that its data is near and its workers are awake.
        black_box(sum(kernel, 0..terms)?);
        Ok(Pair { twin, sum, plan, work, rounds: Vec::new() })
    }

    fn steady(&self) -> impl Iterator<Item = &Round> {
        self.rounds.iter().filter(|round| round.steady)
    }

    /// Of the steady rounds; of all, where hardly any is steady.
    fn compared(self, workers: usize) -> Option<Compared> {
        let steady = self.steady().count();
        let counts = |round: &&Round| round.steady || steady < FEW;
        let median = |of: fn(&Round) -> f64| {
            let samples: Vec<f64> = self.rounds.iter().filter(counts).map(of).collect();
            Interval::of(&samples)
        };
        Some(Compared {
            strategy: self.plan.strategy,
            twin: self.twin,
            workers,
            rounds: self.rounds.len(),
            steady_rounds: steady,
            cores_given: median(|round| round.given)?.median,
            measured: median(|round| round.measured)?.median,
            simulated: median(|round| round.simulated)?.median,
            error: median(|round| round.simulated / round.measured - 1.0)?,
        })
    }
}

/// What the machine gave at one moment.
#[derive(Debug, Clone, Copy)]
struct Moment {
    /// What one core takes for the sum.
    alone: f64,
    /// The control: how many cores the workers got, each with a sum of its own.
    given: f64,
}

impl Moment {
    /// The sums of the control are the parts of the whole, one a worker, first one after the other and then
    /// all at once. They take about as long as a strategy does: a host that lends a core for a moment then
    /// lends it to both alike. And no worker reads what another has just read.
    fn now<K: Known>(kernel: &K, parts: &[Range<u64>]) -> Result<Self, Error> {
        let sum =
            |part: &Range<u64>| seconds(|| Ok(black_box(kernel).sum(black_box(part.clone()))));
        let alone: Vec<f64> = parts.iter().map(sum).collect::<Result<_, Error>>()?;
        let workers = Workers::new(parts.len()).unwrap_or(Workers::ONE);
        let control = together(workers, |worker| parts.get(worker).map_or(Ok(0.0), sum))?;
        let control: Vec<f64> = control.into_iter().collect::<Result<_, Error>>()?;
        let given = alone.iter().zip(&control).map(|(alone, control)| alone / control).sum();
        Ok(Moment { alone: alone.iter().sum(), given })
    }

    /// Whether the machine is the same as it was then, but for some percent.
    fn is_like(self, other: Moment) -> bool {
        let like = |one: f64, other: f64| (one / other - 1.0).abs() < CHANGED;
        like(self.alone, other.alone) && like(self.given, other.given)
    }

    fn between(self, other: Moment) -> Self {
        Moment {
            alone: f64::midpoint(self.alone, other.alone),
            given: f64::midpoint(self.given, other.given),
        }
    }
}

/// Each twin between two looks at the machine. The simulator is told what these said: what one core takes,
/// and how many cores there are for all workers together.
fn round<K: Known>(
    kernel: &K,
    terms: u64,
    parts: &[Range<u64>],
    pairs: &mut [Pair<K>],
) -> Result<(), Error> {
    // ANCHOR: round
    let mut before = Moment::now(kernel, parts)?;
    for pair in pairs {
        let measured = seconds(|| (pair.sum)(kernel, 0..terms))?;
        let after = Moment::now(kernel, parts)?;
        let Moment { alone, given } = before.between(after);
        let simulated = if real::shares(pair.plan.strategy, kernel, terms) {
            pair.plan.ceiling = Some(given);
            simulate(&pair.plan, &pair.work.scaled_to(alone), false).makespan
        } else {
            alone
        };
        let steady = before.is_like(after);
        pair.rounds.push(Round { given, measured, simulated, steady });
        before = after;
    }
    // ANCHOR_END: round
    Ok(())
}

fn seconds(sum: impl FnOnce() -> Result<u64, Error>) -> Result<f64, Error> {
    let start = Instant::now();
    black_box(sum()?);
    Ok(start.elapsed().as_secs_f64())
}
