//! `simulate`: the plan is put together, simulated, and reported.

mod options;
mod picture;
mod text;
mod timeline;

use measure::Error;
use serde::Serialize;
use serde_json::json;
use units::{count, grouped};

use crate::description::Description;
use crate::probes::{memory_feeds, prices};
use crate::section::Section;
use crate::simulator::{Begin, Bounds, Costs, Plan, Schedule, Strategy, simulate};
use crate::workload::{self, Workload, reads_memory, usual_blocks};

pub(crate) use options::SimulationOptions;

/// One strategy with one number of workers.
#[derive(Debug, Serialize)]
pub(crate) struct SimulatedRun {
    pub(crate) plan: Plan,
    pub(crate) schedule: Schedule,
    pub(crate) bounds: Bounds,
    /// Over one core of the same machine that only sums.
    pub(crate) speedup: f64,
}

/// The answer to a question.
#[derive(Debug)]
pub(crate) struct Simulation {
    pub(crate) machine: Description,
    pub(crate) work: Workload,
    pub(crate) counts: Vec<usize>,
    pub(crate) rows: Vec<SimulatedRun>,
    pub(crate) costs: Costs,
    /// Whether the price of the counter is that of one core alone, as no others met it here.
    pub(crate) take_alone: bool,
    pub(crate) seed: u64,
}

/// Without --blocks, blocks that are made up are so many.
const MADE_UP: usize = 1024;

/// Answers what the options ask.
pub(crate) fn simulation(options: &SimulationOptions) -> Result<Section, Error> {
    let described = options.machine.as_deref().map(Description::read).transpose()?;
    let counts = match (&options.workers, &described) {
        (Some(counts), _) => counts.0.clone(),
        (None, Some(machine)) => doubling(machine.cores),
        (None, None) => doubling(64),
    };
    let largest = counts.last().copied().unwrap_or(1);
    let machine = described.unwrap_or_else(|| Description::with_cores(largest));
    let blocks = options.blocks.unwrap_or(MADE_UP);
    if let Some(cause) = options.contradiction(largest, blocks) {
        return Err(Error::Usage(cause));
    }
    let work = match options.even {
        Some(cost) => Workload::even(blocks, cost),
        None => measured(options)?,
    };
    let (costs, take_alone) = machine.costs(prices)?;
    // Blocks that are made up read as `memory` does, where the file or an option speaks of memory.
    let reads = work.kernel.is_none_or(reads_memory);
    let fed = match machine.memory_feeds {
        _ if !reads => None,
        Some(cores) => Some(cores),
        None if options.ceiling.is_none() && work.kernel.is_some() => memory_feeds()?,
        None => None,
    };
    let mut rows = Vec::new();
    for strategy in options.strategies() {
        for workers in &counts {
            let mut plan = Plan::new(strategy, *workers);
            (plan.costs, plan.ceiling, plan.speed) = (costs, fed, machine.speed);
            (plan.nodes, plan.distance) = (machine.nodes, machine.distance);
            plan.reads = reads;
            plan.begin = if options.at_one { Begin::AtOne } else { Begin::Dealt };
            options.apply(&mut plan);
            rows.push(SimulatedRun::of(plan, &work.costs));
        }
    }
    let seed = options.seed;
    let simulation = Simulation { machine, work, counts, rows, costs, take_alone, seed };
    Ok(simulation.section())
}

impl SimulatedRun {
    /// How near the schedule comes to the best possible one.
    fn of_the_best(&self) -> f64 {
        let makespan = self.schedule.makespan;
        if makespan > 0.0 { self.bounds.best / makespan } else { 1.0 }
    }

    /// The speedup of the best possible schedule.
    fn most(&self) -> f64 {
        let alone = self.bounds.one_worker / self.plan.speed;
        if self.bounds.best > 0.0 { alone / self.bounds.best } else { 1.0 }
    }

    /// The schedule of a plan. Its timeline is kept where the blocks are few.
    fn of(plan: Plan, costs: &[f64]) -> Self {
        let schedule = simulate(&plan, costs, costs.len() <= MOST_DRAWN);
        let bounds = Bounds::of(&plan, costs);
        let alone = bounds.one_worker / plan.speed;
        // Where there is no work, nobody is faster.
        let speedup = if alone > 0.0 { alone / schedule.makespan } else { 1.0 };
        SimulatedRun { plan, schedule, bounds, speedup }
    }
}

/// More blocks than these make no picture.
const MOST_DRAWN: usize = 200_000;

impl Simulation {
    /// The row of a strategy and a worker count.
    fn row(&self, strategy: Strategy, workers: usize) -> Option<&SimulatedRun> {
        self.rows.iter().find(|row| row.plan.strategy == strategy && row.plan.workers == workers)
    }

    /// The rows with the most workers.
    fn widest(&self) -> impl Iterator<Item = &SimulatedRun> + Clone {
        let most = self.counts.last().copied().unwrap_or(1);
        self.rows.iter().filter(move |row| row.plan.workers == most)
    }

    fn section(&self) -> Section {
        Section {
            name: "simulation",
            text: text::text(self),
            json: json!({
                "machine": self.machine,
                "costs": self.costs,
                "kernel": self.work.kernel,
                "terms": self.work.terms,
                "blocks": self.work.costs.len(),
                "blocks_timed": self.work.timed,
                "one_worker_seconds": self.work.total(),
                "seed": self.seed,
                "runs": self.rows,
            }),
            pictures: picture::timelines(self.widest()),
        }
    }

    /// What is summed, in words.
    fn what(&self) -> String {
        let blocks = count(self.work.costs.len() as u64, "block");
        match self.work.kernel {
            Some(kernel) => {
                format!("{kernel}: {} in {blocks}", count(self.work.terms, "term"))
            }
            None => format!("{blocks} alike, made up"),
        }
    }
}

fn measured(options: &SimulationOptions) -> Result<Workload, Error> {
    let terms = options.terms.unwrap_or(options.kernel.description().default_terms);
    let kernel = workload::kernel(options.kernel, terms)?;
    let blocks = options.blocks.unwrap_or_else(|| usual_blocks(&kernel.kernel(), terms));
    if blocks > Plan::MOST_BLOCKS {
        let (most, n) = (grouped(Plan::MOST_BLOCKS as u64), grouped(terms));
        return Err(Error::Usage(format!(
            "{n} terms are more than {most} blocks; for example: --blocks 1e6"
        )));
    }
    Ok(Workload::measured(&kernel, terms, blocks))
}

/// The doubling counts up to `top`, which may be more workers than a lesson accepts.
fn doubling(top: usize) -> Vec<usize> {
    let doubled = std::iter::successors(Some(1), |count| Some(count * 2));
    doubled.take_while(|count| *count < top).chain([top]).collect()
}
