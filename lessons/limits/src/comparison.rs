//! `compare`: the simulator against the same strategies, run here.

mod text;

use std::hint::black_box;
use std::time::Instant;

use serde::Serialize;
use shared::kernel::{KernelName, Known};
use shared::measure::Interval;
use shared::{Error, Sum, Workers, together};

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
        for _ in 0..rounds {
            round(&kernel, terms, workers, &mut pairs)?;
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
}

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

    fn compared(self, workers: usize) -> Option<Compared> {
        let median = |of: fn(&Round) -> f64| {
            let samples: Vec<f64> = self.rounds.iter().map(of).collect();
            Interval::of(&samples)
        };
        Some(Compared {
            strategy: self.plan.strategy,
            twin: self.twin,
            workers,
            cores_given: median(|round| round.given)?.median,
            measured: median(|round| round.measured)?.median,
            simulated: median(|round| round.simulated)?.median,
            error: median(|round| round.simulated / round.measured - 1.0)?,
        })
    }
}

/// What the machine gave at one moment.
#[derive(Debug, Clone)]
struct Moment {
    /// What one core takes for the sum.
    alone: f64,
    /// The control: what each worker takes for a sum of its own while the others do the same.
    control: Vec<f64>,
}

impl Moment {
    fn now<K: Known>(kernel: &K, terms: u64, workers: Workers) -> Result<Self, Error> {
        let whole = || Ok(black_box(kernel).sum(black_box(0..terms)));
        let alone = seconds(whole)?;
        let control = together(workers, |_| seconds(whole))?;
        Ok(Moment { alone, control: control.into_iter().collect::<Result<_, Error>>()? })
    }

    fn between(&self, other: &Moment) -> Self {
        let pairs = self.control.iter().zip(&other.control);
        Moment {
            alone: f64::midpoint(self.alone, other.alone),
            control: pairs.map(|(one, other)| f64::midpoint(*one, *other)).collect(),
        }
    }

    /// How many cores that is.
    fn given(&self) -> f64 {
        self.control.iter().map(|time| self.alone / time).sum()
    }

    /// The workers, and how many times as long each takes as a core that has nothing beside it.
    fn slow(&self) -> Vec<(usize, f64)> {
        self.control.iter().map(|time| time / self.alone).enumerate().collect()
    }
}

/// Each twin between two looks at the machine. The simulator is told what these said: what one core takes,
/// and how fast each core is while the others work, too.
fn round<K: Known>(
    kernel: &K,
    terms: u64,
    workers: Workers,
    pairs: &mut [Pair<K>],
) -> Result<(), Error> {
    // ANCHOR: round
    let mut before = Moment::now(kernel, terms, workers)?;
    for pair in pairs {
        let measured = seconds(|| (pair.sum)(kernel, 0..terms))?;
        let after = Moment::now(kernel, terms, workers)?;
        let moment = before.between(&after);
        let simulated = if real::shares(pair.plan.strategy, kernel, terms) {
            pair.plan.slow = moment.slow();
            simulate(&pair.plan, &pair.work.scaled_to(moment.alone), false).makespan
        } else {
            moment.alone
        };
        pair.rounds.push(Round { given: moment.given(), measured, simulated });
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
