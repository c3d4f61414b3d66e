//! `simulate`: the question is put together, answered, and told.

mod picture;
mod text;
mod timeline;

use kernels::{Known, Memory};
use measure::Error;
use serde::Serialize;
use serde_json::json;
use units::{count, grouped};

use crate::description::Description;
use crate::options::Simulate;
use crate::probes::{memory_feeds, prices};
use crate::simulator::{Begin, Bounds, Costs, Plan, Schedule, Strategy, simulate};
use crate::told::Told;
use crate::with_kernel::with_kernel;
use crate::work::{Work, usual_blocks};

/// One strategy with one number of workers.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
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
    pub(crate) work: Work,
    pub(crate) counts: Vec<usize>,
    pub(crate) rows: Vec<Row>,
    pub(crate) costs: Costs,
    pub(crate) seed: u64,
}

/// Without --blocks, blocks that are made up are so many.
const MADE_UP: usize = 1024;

/// Answers what the options ask.
///
/// # Errors
///
/// Where the options or the file of the machine make no sense, or the system refuses what measuring needs.
pub(crate) fn simulation(options: &Simulate) -> Result<Told, Error> {
    let described = options.machine.as_deref().map(Description::read).transpose()?;
    let counts = match (&options.workers, &described) {
        (Some(counts), _) => counts.0.clone(),
        (None, Some(machine)) => ladder(machine.cores),
        (None, None) => ladder(64),
    };
    let largest = counts.last().copied().unwrap_or(1);
    let machine = described.unwrap_or_else(|| Description::with_cores(largest));
    let blocks = options.blocks.unwrap_or(MADE_UP);
    if let Some(cause) = options.refused(largest, blocks) {
        return Err(Error::Usage(cause));
    }
    let work = match options.even {
        Some(cost) => Work::even(blocks, cost),
        None => with_kernel!(options.kernel, K => measured::<K>(options)?),
    };
    let costs = machine.costs(prices)?;
    // Blocks that are made up read as `memory` does, where the file or an option speaks of memory.
    let reads = work.kernel.is_none_or(|kernel| kernel == Memory::NAME);
    let fed = match machine.memory_feeds {
        _ if !reads => None,
        Some(said) => Some(said),
        None if options.ceiling.is_none() && work.kernel.is_some() => memory_feeds()?,
        None => None,
    };
    let mut rows = Vec::new();
    for strategy in options.wanted() {
        for workers in &counts {
            let mut plan = Plan::new(strategy, *workers);
            (plan.costs, plan.ceiling, plan.speed) = (costs, fed, machine.speed);
            (plan.nodes, plan.distance) = (machine.nodes, machine.distance);
            plan.reads = reads;
            plan.begin = if options.at_one { Begin::AtOne } else { Begin::Dealt };
            options.apply(&mut plan);
            rows.push(Row::of(plan, &work.costs));
        }
    }
    let simulation = Simulation { machine, work, counts, rows, costs, seed: options.seed };
    Ok(simulation.told())
}

impl Row {
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
        Row { plan, schedule, bounds, speedup }
    }
}

/// More blocks than these make no picture.
const MOST_DRAWN: usize = 200_000;

impl Simulation {
    /// The row of a strategy and a worker count.
    fn row(&self, strategy: Strategy, workers: usize) -> Option<&Row> {
        self.rows.iter().find(|row| row.plan.strategy == strategy && row.plan.workers == workers)
    }

    /// The rows with the most workers.
    fn widest(&self) -> impl Iterator<Item = &Row> {
        let most = self.counts.last().copied().unwrap_or(1);
        self.rows.iter().filter(move |row| row.plan.workers == most)
    }

    fn told(&self) -> Told {
        Told {
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
            pictures: self.widest().filter_map(picture::timeline).collect(),
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

fn measured<K: Known>(options: &Simulate) -> Result<Work, Error> {
    let terms = options.terms.unwrap_or(K::DEFAULT_TERMS);
    let blocks =
        options.blocks.map_or_else(|| Ok(usual_blocks(&K::new(terms)?, terms)), Ok::<_, Error>)?;
    if blocks > Plan::MOST_BLOCKS {
        let (most, n) = (grouped(Plan::MOST_BLOCKS as u64), grouped(terms));
        return Err(Error::Usage(format!(
            "{n} terms are more than {most} blocks; for example: --blocks 1e6"
        )));
    }
    Work::measured::<K>(terms, blocks)
}

fn ladder(top: usize) -> Vec<usize> {
    let doubled = std::iter::successors(Some(1), |step| Some(step * 2));
    doubled.take_while(|step| *step < top).chain([top]).collect()
}
