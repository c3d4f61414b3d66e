//! `break-even`: from how many terms on is a strategy faster than one core, here and elsewhere?

mod text;

use std::hint::black_box;
use std::time::Instant;

use kernels::{KernelName, Known, Memory, Workers};
use laws::{break_even, break_even::BreakEven};
use measure::{Error, Interval, cores_given};
use serde::{Serialize, Serializer};

use crate::description::Description;
use crate::options;
use crate::probes::{memory_feeds, prices};
use crate::real::{self, TWINS};
use crate::simulator::{Plan, Strategy, simulate};
use crate::told::Told;
use crate::with_kernel::with_kernel;
use crate::work::Work;

/// The answer, for one kernel.
#[derive(Debug, Serialize)]
struct Answer {
    kernel: KernelName,
    /// How many workers there are here.
    workers: usize,
    /// The other machine, if there is one.
    machine: Option<Description>,
    /// The sizes that were tried.
    terms: Vec<u64>,
    /// What one core takes for each of them.
    one_core: Vec<f64>,
    rows: Vec<Row>,
}

/// One strategy.
#[derive(Debug, Serialize)]
struct Row {
    strategy: Strategy,
    twin: &'static str,
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
/// The control works for so many seconds at least.
const CONTROL: f64 = 0.5e-3;
/// From a sixteenth of a grain on, doubled so often.
const SIZES: u32 = 12;

/// Measures and simulates a row of sizes.
///
/// # Errors
///
/// Where the file of the machine makes no sense, or the system refuses a thread.
pub(crate) fn break_even(options: &options::BreakEven) -> Result<Told, Error> {
    let machine = options.machine.as_deref().map(Description::read).transpose()?;
    let answer = with_kernel!(options.kernel, K => of::<K>(machine))?;
    Ok(Told {
        name: "break_even",
        text: text::text(&answer),
        json: serde_json::to_value(&answer).expect("plain data"),
        pictures: Vec::new(),
    })
}

fn of<K: Known>(machine: Option<Description>) -> Result<Answer, Error> {
    let workers = Workers::usable();
    let here = prices()?;
    let costs = here.costs();
    let elsewhere = machine.as_ref().map(|machine| machine.costs(|| Ok(here))).transpose()?;
    let fed = match &machine {
        Some(machine) if K::NAME == Memory::NAME => {
            machine.memory_feeds.map_or_else(memory_feeds, |said| Ok(Some(said)))?
        }
        _ => None,
    };
    let grain = K::new(1_000_000)?.grain();
    let terms: Vec<u64> = (0..SIZES).map(|step| (grain << step) / 16).collect();
    let mut points: Vec<Points> = TWINS.map(|_| Points::default()).into();
    let mut one_core = Vec::new();
    for terms in &terms {
        let kernel = K::new(*terms)?;
        let measured = measured(&kernel, *terms, workers)?;
        one_core.push(measured.alone);
        for ((strategy, _), (points, time)) in
            TWINS.iter().zip(points.iter_mut().zip(&measured.shared))
        {
            points.measured.push((*terms, measured.alone / time));
            let mut plan = real::plan(*strategy, workers.get());
            (plan.costs, plan.speed) = (costs, measured.given / workers.get() as f64);
            let here = simulated(&kernel, *terms, &plan, measured.alone, 1.0)?;
            points.simulated.push((*terms, measured.alone / here));
            if let Some((machine, costs)) = machine.as_ref().zip(elsewhere) {
                let mut plan = machine.plan(*strategy, K::NAME);
                (plan.costs, plan.ceiling) = (costs, fed);
                let there = simulated(&kernel, *terms, &plan, measured.alone, machine.speed)?;
                points.elsewhere.push((*terms, measured.alone / machine.speed / there));
            }
        }
    }
    let rows = TWINS.iter().zip(points).map(|((strategy, twin), points)| Row {
        strategy: *strategy,
        twin,
        measured: break_even::of_points(&points.measured),
        simulated: break_even::of_points(&points.simulated),
        elsewhere: break_even::of_points(&points.elsewhere),
        elsewhere_speedup: points.elsewhere.last().map(|(_, speedup)| *speedup),
    });
    Ok(Answer {
        kernel: K::NAME,
        workers: workers.get(),
        machine,
        terms,
        one_core,
        rows: rows.collect(),
    })
}

/// Speedups over the number of terms.
#[derive(Debug, Default)]
struct Points {
    measured: Vec<(u64, f64)>,
    simulated: Vec<(u64, f64)>,
    elsewhere: Vec<(u64, f64)>,
}

/// Median seconds of one core, the control, and median seconds of each twin.
struct Times {
    alone: f64,
    given: f64,
    shared: Vec<f64>,
}

/// One core, the control and each twin in turn, round by round.
fn measured<K: Known>(kernel: &K, terms: u64, workers: Workers) -> Result<Times, Error> {
    let mut sums = Vec::new();
    for (_, twin) in TWINS {
        let mut sum = real::started(twin, kernel, workers)?;
        black_box(sum(kernel, 0..terms)?);
        sums.push((sum, Vec::new()));
    }
    let (mut alone, mut given) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let start = Instant::now();
        black_box(black_box(kernel).sum(black_box(0..terms)));
        let time = start.elapsed().as_secs_f64();
        // Short sums are repeated: the control is about cores, not about starts.
        let repeats = (CONTROL / time.max(1e-9)).ceil().clamp(1.0, 1000.0) as u32;
        given.push(cores_given(kernel, &(0..terms), workers, repeats, time)?);
        alone.push(time);
        for (sum, times) in &mut sums {
            let start = Instant::now();
            black_box(sum(kernel, 0..terms)?);
            times.push(start.elapsed().as_secs_f64());
        }
    }
    let median = |times: &[f64]| Interval::of(times).map_or(f64::NAN, |interval| interval.median);
    let shared = sums.iter().map(|(_, times)| median(times)).collect();
    Ok(Times { alone: median(&alone), given: median(&given), shared })
}

/// Seconds of a plan for so many terms, which take one core of this machine `alone`; one core of that
/// machine is `faster` than it.
fn simulated<K: Known>(
    kernel: &K,
    terms: u64,
    plan: &Plan,
    alone: f64,
    faster: f64,
) -> Result<f64, Error> {
    if !real::shares(plan.strategy, kernel, terms) {
        return Ok(alone / faster);
    }
    let work = Work::measured::<K>(terms, real::blocks(plan.strategy, kernel, terms))?;
    Ok(simulate(plan, &work.scaled_to(alone), false).makespan)
}

impl Description {
    /// The plan for the machine that is described.
    fn plan(&self, strategy: Strategy, kernel: KernelName) -> Plan {
        let mut plan = real::plan(strategy, self.cores);
        plan.speed = self.speed;
        (plan.nodes, plan.distance) = (self.nodes, self.distance);
        plan.reads = kernel == Memory::NAME;
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
