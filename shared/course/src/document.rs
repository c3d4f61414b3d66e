use kernels::{Ceiling, Expected, KernelName, Known, Phase};
use measure::audit::{Audit, AuditedWorker};
use measure::{
    Interval, Measured, Results,
    machine::Machine,
    verdict::{Verdict, impossible},
};
use serde::Serialize;

/// The result of one run of a lesson: the JSON of `--json`, schema 1.
///
/// Counts and times are numbers, sums are strings. Fields that do not apply are null.
#[derive(Debug, Clone, Serialize)]
pub struct Document {
    /// 1.
    pub schema: u32,
    /// The lesson's name.
    pub lesson: String,
    /// The version of the program.
    pub version: &'static str,
    /// Where it ran.
    pub machine: Machine,
    /// What was summed.
    pub kernel: KernelFacts,
    /// The best sequential run.
    pub baseline: Option<WholeBaseline>,
    /// How many cores the machine gave.
    pub controls: Option<Vec<Control>>,
    /// Whether workers were pinned to cores; null if nobody asked, false if the system refused.
    pub pinned: Option<bool>,
    /// What else there is to say of the whole run.
    pub notes: Vec<String>,
    /// One entry per strategy and worker count.
    pub runs: Vec<Run>,
}

/// The kernel and its known answer.
#[derive(Debug, Clone, Serialize)]
pub struct KernelFacts {
    /// Its name.
    pub name: KernelName,
    /// How many terms.
    pub terms: u64,
    /// The bytes that one term is read from.
    pub bytes_per_term: u64,
    /// The known answer.
    pub expected: String,
    /// The instruction set that its hot loop uses here.
    pub simd: &'static str,
}

impl KernelFacts {
    /// The facts of a kernel with so many terms.
    pub fn of<K: Known>(kernel: &K, terms: u64, expected: Expected) -> Self {
        KernelFacts {
            name: K::NAME,
            terms,
            bytes_per_term: K::BYTES_PER_TERM,
            expected: expected.to_string(),
            simd: kernel.level().name(),
        }
    }
}

/// The sequential run that all others are compared with.
#[derive(Debug, Clone, Serialize)]
pub struct WholeBaseline {
    /// Always `simd`: the kernel's own loop.
    pub strategy: &'static str,
    /// How long it took.
    pub seconds: Interval,
}

/// How many cores the machine gave to so many independent sums.
#[derive(Debug, Clone, Serialize)]
pub struct Control {
    /// How many sums were under way.
    pub workers: usize,
    /// How many cores they got.
    pub cores: Interval,
}

/// An interval and the samples behind it.
#[derive(Debug, Clone, Serialize)]
pub struct Seconds {
    /// Median and interval.
    #[serde(flatten)]
    pub interval: Interval,
    /// Every sample, in the order of the rounds.
    pub samples: Vec<f64>,
}

/// One strategy at one worker count.
#[derive(Debug, Clone, Serialize)]
pub struct Run {
    /// Its name.
    pub strategy: String,
    /// How many workers it was given.
    pub workers: usize,
    /// How many terms it summed.
    pub terms: u64,
    /// Seconds of one sum.
    pub seconds: Option<Seconds>,
    /// Terms per second.
    pub terms_per_second: Option<f64>,
    /// Bytes read per second, of a kernel that reads.
    pub bytes_per_second: Option<f64>,
    /// The rate over the ceiling that the kernel names.
    pub ceiling_fraction: Option<f64>,
    /// Time of the baseline over time of this run, per term.
    pub speedup: Option<Interval>,
    /// Speedup over the cores that the control got in the same round.
    pub of_control: Option<Interval>,
    /// Speedup over workers.
    pub efficiency: Option<f64>,
    /// CPU seconds of one sum, child processes included.
    pub cpu_seconds: Option<f64>,
    /// The sum; null unless it is right.
    pub sum: Option<String>,
    /// The judgement.
    pub verdict: Verdict,
    /// Whether the sum has the bits of the exact one.
    pub same_bits: bool,
    /// How often a lost range was given to another worker.
    pub retries: u32,
    /// What else there is to say.
    pub note: Option<String>,
    /// Longest busy time over the mean.
    pub imbalance: Option<f64>,
    /// Seconds of the four phases of a sum among processes.
    pub phases: Option<Phases>,
    /// Seconds that pass once, before the first sum, where the lesson tells them.
    pub stages: Option<Stages>,
    /// Per worker: how often it took work from another.
    pub steals: Option<Vec<u64>>,
    /// What every worker did in the audited run.
    pub audit: Vec<AuditEntry>,
}

/// Seconds of the four phases of a sum among processes, from the audited run.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Phases {
    /// Starting the children. Of a pool: once, before any sum.
    pub starting: f64,
    /// Sending them their work.
    pub sending: f64,
    /// The longest time that one was busy.
    pub summing: f64,
    /// Waiting for the answers, and adding them.
    pub collecting: f64,
}

/// Seconds that pass once in the life of a worker that is made ready for many sums.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Stages {
    /// Until its process can be asked.
    pub start: f64,
    /// Until the libraries that it needs are in place.
    pub import: f64,
    /// Until its own code is in place; some code is compiled then.
    pub load: f64,
    /// The first call, of a few terms; some code is compiled then.
    pub first_call: f64,
    /// Compiling it beforehand, once for all runs; null where nothing was to do.
    pub build: Option<f64>,
}

/// What one worker did in the audited run.
#[derive(Debug, Clone, Serialize)]
pub struct AuditEntry {
    /// Its number, from 0.
    pub worker: usize,
    /// `thread 1`, `process 4711`, `thread 1 of process 4711` or `idle`.
    pub id: String,
    /// How many terms it summed.
    pub terms: u64,
    /// In how many stretches.
    pub ranges: usize,
    /// How long it was busy with them.
    pub busy_seconds: f64,
    /// When it began, from the start of the run.
    pub start: f64,
    /// When it was done, from the start of the run.
    pub end: f64,
}

impl From<&AuditedWorker> for AuditEntry {
    fn from(worker: &AuditedWorker) -> Self {
        AuditEntry {
            worker: worker.worker,
            id: worker.id.clone(),
            terms: worker.terms,
            ranges: worker.ranges,
            busy_seconds: worker.busy.as_secs_f64(),
            start: worker.start.as_secs_f64(),
            end: worker.end.as_secs_f64(),
        }
    }
}

impl Document {
    /// The document of a run.
    pub fn new(
        lesson: &str,
        machine: &Machine,
        kernel: KernelFacts,
        with_baseline: bool,
        results: &Results,
    ) -> Self {
        let baseline = Interval::of(&results.baseline);
        let controls = results.controls.iter().filter_map(|(workers, cores)| {
            Some(Control { workers: workers.get(), cores: Interval::of(cores)? })
        });
        let run = |row: &Measured| Run::new(row, &kernel, machine);
        Document {
            schema: 1,
            lesson: lesson.to_owned(),
            version: env!("CARGO_PKG_VERSION"),
            machine: machine.clone(),
            baseline: baseline.map(|seconds| WholeBaseline { strategy: "simd", seconds }),
            controls: with_baseline.then(|| controls.collect()),
            pinned: None,
            notes: Vec::new(),
            runs: results.rows.iter().map(run).collect(),
            kernel,
        }
    }
}

impl Run {
    fn new(row: &Measured, kernel: &KernelFacts, machine: &Machine) -> Self {
        let seconds = Interval::of(&row.seconds);
        let cores = row.workers.get().min(machine.usable_cores);
        let folded = seconds.is_some_and(|time| impossible(row.terms, time.median, cores));
        let verdict = match row.verdict {
            Some(verdict) => verdict,
            // Timed but not audited, or not even timed: nobody can say that it is right.
            None if row.audit.is_none() => Verdict::Skipped,
            None if folded => Verdict::Folded,
            None => Verdict::Right,
        };
        let good = matches!(verdict, Verdict::Right | Verdict::Folded);
        let compared = verdict == Verdict::Right;
        let rate = seconds.map(|time| row.terms as f64 / time.median).filter(|_| good);
        let speedup = Interval::of(&row.speedups).filter(|_| compared);
        let audit = row.audit.as_ref();
        let note = row.note.clone().or_else(|| note(row, kernel, verdict));
        let elsewhere = audit.map_or(0.0, Audit::busy_elsewhere);
        Run {
            strategy: row.strategy.clone(),
            workers: row.workers.get(),
            terms: row.terms,
            seconds: seconds.map(|interval| Seconds { interval, samples: row.seconds.clone() }),
            terms_per_second: rate,
            bytes_per_second: rate
                .map(|rate| rate * kernel.bytes_per_term as f64)
                .filter(|_| kernel.bytes_per_term > 0),
            ceiling_fraction: rate
                .filter(|_| compared && row.terms > 0)
                .and_then(|rate| ceiling_fraction(rate, kernel, machine, cores)),
            speedup,
            of_control: Interval::of(&row.shares).filter(|_| compared),
            efficiency: speedup.map(|speedup| speedup.median / row.workers.get() as f64),
            cpu_seconds: Interval::of(&row.cpu_seconds)
                .filter(|_| good)
                .map(|cpu| cpu.median + elsewhere),
            sum: row.sum.clone().filter(|_| good),
            verdict,
            same_bits: row.same_bits,
            retries: row.retries,
            note,
            imbalance: audit.and_then(Audit::imbalance),
            phases: audit.and_then(|audit| phases(audit, row)),
            stages: None,
            steals: audit.and_then(Audit::steals),
            audit: audit
                .map(|audit| audit.workers.iter().map(AuditEntry::from).collect())
                .unwrap_or_default(),
        }
    }
}

fn note(row: &Measured, kernel: &KernelFacts, verdict: Verdict) -> Option<String> {
    match verdict {
        Verdict::Folded => Some("the compiler replaced the loop by a formula".to_owned()),
        Verdict::Skipped => Some("not checked: another row took too long".to_owned()),
        _ if row.terms != kernel.terms => Some(format!("on {} terms", units::grouped(row.terms))),
        _ => None,
    }
}

/// The rate over the bound that the kernel names; `None` for `primes`, which names none.
fn ceiling_fraction(
    rate: f64,
    kernel: &KernelFacts,
    machine: &Machine,
    cores: usize,
) -> Option<f64> {
    let ceilings = &machine.ceilings;
    Some(match kernel.name.description().ceiling? {
        Ceiling::Additions => rate / (ceilings.additions_per_second_per_core * cores as f64),
        Ceiling::Divisions => rate / (ceilings.divisions_per_second_per_core * cores as f64),
        Ceiling::Bandwidth => rate * kernel.bytes_per_term as f64 / ceilings.read_bytes_per_second,
    })
}

fn phases(audit: &Audit, row: &Measured) -> Option<Phases> {
    if audit.phases.is_empty() {
        return None;
    }
    let mut phases =
        Phases { starting: row.start.unwrap_or_default().as_secs_f64(), ..Phases::default() };
    for (phase, time) in &audit.phases {
        let seconds = match phase {
            Phase::Starting => &mut phases.starting,
            Phase::Sending => &mut phases.sending,
            Phase::Summing => &mut phases.summing,
            Phase::Collecting => &mut phases.collecting,
        };
        *seconds = time.as_secs_f64();
    }
    Some(phases)
}
