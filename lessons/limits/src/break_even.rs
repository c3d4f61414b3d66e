//! `break-even`: from how many terms on is a strategy faster than one core, here and elsewhere?

mod text;

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use kernels::{AnyKnown, Home, Kernel, KernelName, Workers};
use laws::{break_even, break_even::BreakEven};
use measure::{Board, Capacity, Context, Error, Interval, Plan, Referee, Rounds, Row, Subject};
use serde::{Serialize, Serializer};

use crate::counterpart;
use crate::description::Description;
use crate::probes::{memory_feeds, prices};
use crate::section::Section;
use crate::simulator::{self, Strategy, simulate};
use crate::workload::{self, Workload, reads_memory};

/// Options of `break-even`.
#[derive(Debug, Clone, Args)]
pub(crate) struct BreakEvenOptions {
    /// What to sum: integers, memory, pi, primes or yours
    #[arg(
        short,
        long,
        value_name = "NAME",
        default_value = "integers",
        allow_hyphen_values = true
    )]
    kernel: KernelName,

    /// A file that describes another machine
    #[arg(long, value_name = "FILE")]
    machine: Option<PathBuf>,
}

/// The answer, for one kernel.
#[derive(Debug, Serialize)]
struct BreakEvenTable {
    kernel: KernelName,
    /// How many workers there are here.
    workers: usize,
    /// The other machine, if there is one.
    machine: Option<Description>,
    /// The sizes that were tried.
    terms: Vec<u64>,
    /// What one core takes for each of them.
    one_core: Vec<f64>,
    rows: Vec<BreakEvenRow>,
}

/// One strategy.
#[derive(Debug, Serialize)]
struct BreakEvenRow {
    strategy: Strategy,
    #[serde(rename = "twin")]
    counterpart: &'static str,
    #[serde(serialize_with = "in_words")]
    measured: Option<BreakEven>,
    #[serde(serialize_with = "in_words")]
    simulated: Option<BreakEven>,
    #[serde(serialize_with = "in_words")]
    elsewhere: Option<BreakEven>,
    /// The speedup elsewhere at the largest size.
    elsewhere_speedup: Option<f64>,
}

const ROUNDS: usize = 5;
/// From a sixteenth of a grain on, doubled so often.
const SIZES: u32 = 12;

/// Measures and simulates a row of sizes.
pub(crate) fn break_even(options: &BreakEvenOptions) -> Result<Section, Error> {
    let machine = options.machine.as_deref().map(Description::read).transpose()?;
    let table = table(options.kernel, machine)?;
    Ok(Section::new("break_even", text::text(&table), &table))
}

fn table(kernel: KernelName, machine: Option<Description>) -> Result<BreakEvenTable, Error> {
    let context = Context::new(Workers::usable());
    let workers = context.workers().get();
    let here = prices()?;
    let costs = here.costs();
    let elsewhere = machine.as_ref().map(|machine| machine.costs(|| Ok(here))).transpose()?;
    let elsewhere = elsewhere.map(|(costs, _)| costs);
    let fed = match &machine {
        Some(machine) if reads_memory(kernel) => {
            machine.memory_feeds.map_or_else(memory_feeds, |cores| Ok(Some(cores)))?
        }
        _ => None,
    };
    let grain = workload::kernel(kernel, 1_000_000)?.kernel().grain();
    let terms: Vec<u64> = (0..SIZES).map(|step| (grain << step) / 16).collect();
    let counterparts: Vec<(Strategy, &str)> = counterpart::of(kernel).collect();
    let mut points: Vec<Points> = counterparts.iter().map(|_| Points::default()).collect();
    let mut one_core = Vec::new();
    for terms in &terms {
        let subject = Subject::new(AnyKnown::with_home(kernel, *terms, Home::Private)?, *terms);
        let Times { alone, given, shared } = measured(&subject, &context)?;
        one_core.push(alone);
        for ((strategy, _), (points, time)) in
            counterparts.iter().zip(points.iter_mut().zip(&shared))
        {
            points.measured.push((*terms, alone / time));
            let simulation = Simulation::of(&subject, *strategy, alone);
            let mut plan = counterpart::plan(*strategy, workers);
            (plan.costs, plan.speed) = (costs, given / workers as f64);
            points.simulated.push((*terms, alone / simulation.seconds(&plan, 1.0)));
            if let Some((machine, costs)) = machine.as_ref().zip(elsewhere) {
                let mut plan = machine.plan(*strategy, kernel);
                (plan.costs, plan.ceiling) = (costs, fed);
                let there = simulation.seconds(&plan, machine.speed);
                points.elsewhere.push((*terms, alone / machine.speed / there));
            }
        }
    }
    let rows =
        counterparts.iter().zip(points).map(|((strategy, counterpart), points)| BreakEvenRow {
            strategy: *strategy,
            counterpart,
            measured: break_even::of_points(&points.measured),
            simulated: break_even::of_points(&points.simulated),
            elsewhere: break_even::of_points(&points.elsewhere),
            elsewhere_speedup: points.elsewhere.last().map(|(_, speedup)| *speedup),
        });
    let rows = rows.collect();
    Ok(BreakEvenTable { kernel, workers, machine, terms, one_core, rows })
}

/// Speedups over the number of terms.
#[derive(Debug, Default)]
struct Points {
    measured: Vec<(u64, f64)>,
    simulated: Vec<(u64, f64)>,
    elsewhere: Vec<(u64, f64)>,
}

/// Median seconds of one core, the control, and median seconds of each counterpart.
struct Times {
    alone: f64,
    given: f64,
    shared: Vec<f64>,
}

/// One core, the control and each counterpart in turn, round by round.
fn measured(subject: &Subject, context: &Context) -> Result<Times, Error> {
    let (board, terms) = (Board::new(Duration::MAX), subject.terms());
    let mut rounds = Rounds::new(&board)
        .with_baseline(
            terms,
            Box::new(|| Ok(subject.sum().into())),
            Box::new(|sum| subject.learn(sum)),
        )
        .with_control(&[], Box::new(|context, alone| subject.control(context, alone)));
    for (_, name) in counterpart::of(subject.kernel().name()) {
        let row = Row::new(name, context.workers(), terms);
        let referee: Referee<'_> = Box::new(|sum| subject.rule(sum, false));
        let kernel = subject.kernel().kernel();
        let start = || counterpart::start(name, &kernel, terms, context);
        rounds.add(row, true, context.clone(), Some(referee), start);
    }
    rounds.run(Plan::rounds(ROUNDS), &|| ());
    let results = board.results();
    results.all_good()?;
    let median = |times: &[f64]| Interval::of(times).map_or(f64::NAN, |interval| interval.median);
    Ok(Times {
        alone: median(&results.baseline),
        given: results.controls.values().next().map_or(1.0, |rounds| {
            median(&rounds.iter().map(Capacity::cores).collect::<Vec<f64>>())
        }),
        shared: results.rows.iter().map(|row| median(&row.seconds)).collect(),
    })
}

/// A strategy on a number of terms, to be simulated on several machines.
struct Simulation {
    /// What one core of this machine takes.
    alone: f64,
    /// The blocks; `None` where so few terms are not shared.
    blocks: Option<Vec<f64>>,
}

impl Simulation {
    fn of(subject: &Subject, strategy: Strategy, alone: f64) -> Self {
        let (kernel, terms) = (subject.kernel(), subject.terms());
        let sums = kernel.kernel();
        let blocks = counterpart::shares(strategy, &sums, terms).then(|| {
            let blocks = counterpart::blocks(strategy, &sums, terms);
            Workload::measured(kernel, terms, blocks).scaled_to(alone)
        });
        Simulation { alone, blocks }
    }

    /// Seconds on the machine of `plan`, one core of which is `faster` than one of this machine.
    fn seconds(&self, plan: &simulator::Plan, faster: f64) -> f64 {
        match &self.blocks {
            Some(blocks) => simulate(plan, blocks, false).makespan,
            None => self.alone / faster,
        }
    }
}

impl Description {
    /// The plan for the machine that is described.
    fn plan(&self, strategy: Strategy, kernel: KernelName) -> simulator::Plan {
        let mut plan = counterpart::plan(strategy, self.cores);
        plan.speed = self.speed;
        (plan.nodes, plan.distance) = (self.nodes, self.distance);
        plan.reads = reads_memory(kernel);
        plan
    }
}

/// `{"from": 240000}`, `{"already_at": 100}`, `{"not_up_to": 1000000}`.
fn in_words<S: Serializer>(found: &Option<BreakEven>, serializer: S) -> Result<S::Ok, S::Error> {
    let value = found.map(|found| match found {
        BreakEven::From(terms) => serde_json::json!({"from": terms.round()}),
        BreakEven::AlreadyAt(terms) => serde_json::json!({"already_at": terms}),
        BreakEven::NotUpTo(terms) => serde_json::json!({"not_up_to": terms}),
    });
    value.serialize(serializer)
}
