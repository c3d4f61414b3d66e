//! Hand-ins as a program writes them: their documents are made of rounds, in the way in which those of a run are.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use course::hand_in::{LearnerFile, RowSpans, WorkerSpan};
use course::{Document, HandIn, KernelFacts, Measurements};
use kernels::{Event, Integers, Kernel, KernelName, Known, Span, WorkerId, Workers};
use measure::audit::{Audit, Audited};
use measure::machine::{Ceilings, Machine};
use measure::{Capacity, Complaint, Results, Row};
use rng::Rng;

/// What a learner did, on what machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Fast,
    Parallel,
    Alone,
    LostUpdates,
    OffByOne,
    Deadlock,
    Folded,
    Skipped,
    Noisy,
    OneCore,
    FewRounds,
    NoBaseline,
    OneBusy,
    MoreThreads,
    CheckOnly,
    OneWorker,
    Unaudited,
    Pi,
    Primes,
    Memory,
    SlowRow,
    Laptop,
    Own,
}

impl Kind {
    pub const ALL: [Kind; 23] = [
        Kind::Fast,
        Kind::Parallel,
        Kind::Alone,
        Kind::LostUpdates,
        Kind::OffByOne,
        Kind::Deadlock,
        Kind::Folded,
        Kind::Skipped,
        Kind::Noisy,
        Kind::OneCore,
        Kind::FewRounds,
        Kind::NoBaseline,
        Kind::OneBusy,
        Kind::MoreThreads,
        Kind::CheckOnly,
        Kind::OneWorker,
        Kind::Unaudited,
        Kind::Pi,
        Kind::Primes,
        Kind::Memory,
        Kind::SlowRow,
        Kind::Laptop,
        Kind::Own,
    ];
}

const TERMS: u64 = 100_000_000;

/// A hand-in of this kind.
pub fn honest(name: &str, kind: Kind, seed: u64) -> HandIn {
    let mut rng = Rng::new(seed.wrapping_mul(0x9e37_79b9).wrapping_add(kind as u64));
    let made = Made::of(kind, &mut rng);
    let text = format!("// {name}\npub fn your_turn() {{ /* {kind:?} */ }}\n");
    let path =
        if kind == Kind::Own { "yours/src/lib.rs" } else { "lessons/threads/src/your_turn.rs" };
    HandIn {
        hand_in: 1,
        name: name.to_owned(),
        lesson: "threads".to_owned(),
        version: "0.1.0".to_owned(),
        commit: Some("0123456789ab".to_owned()),
        changed: Some(vec![path.to_owned()]),
        made: "2026-12-01T12:00:00Z".to_owned(),
        arguments: Vec::new(),
        spans: Some(made.spans),
        document: Some(serde_json::to_value(&made.document).expect("plain data")),
        exercises: None,
        files: vec![LearnerFile::new(path, &text).expect("small")],
    }
}

struct Made {
    document: Document,
    spans: Vec<RowSpans>,
}

/// How a row does.
struct Doing {
    name: &'static str,
    /// The share of the capacity.
    share: f64,
    busy: usize,
}

impl Made {
    fn of(kind: Kind, rng: &mut Rng) -> Self {
        let cores = match kind {
            Kind::OneCore => 1,
            _ => [2, 4, 4, 8, 8, 8, 12, 16][rng.below(8)],
        };
        let workers = if matches!(kind, Kind::OneCore | Kind::OneWorker) { 1 } else { cores };
        let rounds =
            if kind == Kind::FewRounds { 1 + rng.below(3) } else { [10, 20, 40][rng.below(3)] };
        let noise = if kind == Kind::Noisy { 0.5 } else { 0.01 };
        let mine = Doing {
            name: "your-turn",
            share: match kind {
                Kind::Parallel => {
                    1.0 / workers as f64 + (0.8 - 1.0 / workers as f64) * (0.2 + 0.6 * unit(rng))
                }
                Kind::Alone | Kind::OneBusy => 1.0 / workers as f64,
                Kind::SlowRow => 0.02,
                _ => 0.93 + 0.06 * unit(rng),
            },
            busy: match kind {
                Kind::Alone | Kind::OneBusy => 1,
                Kind::MoreThreads => workers * 2,
                _ => workers,
            },
        };
        let library = Doing { name: "scoped", share: 0.98, busy: workers };
        let kernel = facts(kind);
        let alone = 0.004 + 0.008 * unit(rng);
        let mut results =
            Results { looks: rounds >= 10 && rng.below(2) == 0, ..Results::default() };
        let count = Workers::new(workers).expect("there is one");
        let mut rows = vec![row(&library, count, &kernel), row(&mine, count, &kernel)];
        for _ in 0..rounds {
            round(kind, &mut results, &mut rows, [&library, &mine], (alone, noise), rng);
        }
        rows.iter_mut().for_each(|row| row.looks = results.looks);
        spoil(kind, rows.last_mut().expect("the learner's"), rng);
        let spans = rows.iter().filter_map(spans).collect();
        results.rows = rows;
        if kind == Kind::CheckOnly {
            for row in &mut results.rows {
                (row.seconds, row.speedups, row.shares, row.sum) = (vec![], vec![], vec![], None);
            }
            (results.baseline, results.controls) = (vec![], BTreeMap::new());
        }
        let machine = machine(kind, cores);
        let with_baseline = kind != Kind::NoBaseline;
        let content = Measurements::new(machine, kernel, with_baseline, &results);
        let mut document = Document::new("threads", content);
        document.seed = Some(rng.bits() >> 12);
        for run in &mut document.runs {
            let threads =
                run.audit.iter_mut().enumerate().filter(|(_, worker)| worker.id != "idle");
            threads.for_each(|(number, worker)| worker.id = format!("thread {}", number + 1));
        }
        Made { document, spans }
    }
}

/// What is summed. The learner's own kernel has an answer that nobody else knows.
fn facts(kind: Kind) -> KernelFacts {
    let (name, terms, bytes_per_term, expected) = match kind {
        Kind::Pi => (kernels::Pi::NAME, TERMS, 0, "3.141592653589793"),
        Kind::Primes => (kernels::Primes::NAME, 500_000, 0, "9914236195"),
        Kind::Memory => (kernels::Memory::NAME, 50_000_000, 8, "1249999975000000"),
        Kind::Own => (KernelName::YOURS, 10_000_000, 16, "2617625.0000020033"),
        _ => (Integers::NAME, TERMS, 0, "4999999950000000"),
    };
    let expected = expected.to_owned();
    KernelFacts { name, terms, bytes_per_term, expected, simd: "avx2".to_owned() }
}

fn row(doing: &Doing, workers: Workers, kernel: &KernelFacts) -> Row {
    let terms = if doing.share < 0.05 { 100_000 } else { kernel.terms };
    let mut row = Row::new(doing.name, workers, terms);
    row.sum =
        Some(if terms == kernel.terms { kernel.expected.clone() } else { "4999950000".to_owned() });
    if kernel.name == kernels::Pi::NAME && doing.name == "your-turn" {
        row.sum = Some("3.1415926535904264".to_owned());
        row.same_bits = false;
    }
    row.audit = Some(audit(terms, workers, doing.busy));
    row
}

/// Baseline, control and rows, one after the other on a machine whose speed wanders.
fn round(
    kind: Kind,
    results: &mut Results,
    rows: &mut [Row],
    doings: [&Doing; 2],
    (alone, noise): (f64, f64),
    rng: &mut Rng,
) {
    let mut wander = |size: f64| (1.0 + size * rng.normal()).clamp(0.4, 2.5);
    let baseline = alone * wander(noise);
    results.baseline.push(baseline);
    let workers = rows[0].workers;
    let fast = |worker: usize| if kind == Kind::Laptop && worker % 2 == 1 { 0.4 } else { 0.97 };
    let rates: Vec<f64> = (0..workers.get()).map(|worker| fast(worker) * wander(noise)).collect();
    let capacity = Capacity {
        on_core: Some(vec![if kind == Kind::Noisy { 0.6 } else { 0.99 }; rates.len()]),
        rates,
    };
    let cores = if workers == Workers::ONE { 1.0 } else { capacity.cores() };
    if workers != Workers::ONE {
        results.controls.entry(workers).or_default().push(capacity);
    }
    for (row, doing) in rows.iter_mut().zip(doings) {
        let part = row.terms as f64
            / if row.terms < TERMS / 100 && kind == Kind::SlowRow { TERMS } else { row.terms }
                as f64;
        let time = alone * part / (doing.share * cores) * wander(noise);
        row.seconds.push(time);
        row.cpu_seconds.push(time * workers.get() as f64);
        row.speedups.push(baseline * part / time);
        row.shares.push(baseline * part / time / cores);
    }
    if kind == Kind::NoBaseline {
        results.baseline.clear();
        results.controls.clear();
        for row in rows {
            row.speedups.clear();
            row.shares.clear();
        }
    }
}

/// What is the matter with the learner's row.
fn spoil(kind: Kind, row: &mut Row, rng: &mut Rng) {
    let complaint = match kind {
        // Lost updates: another answer each time.
        Kind::LostUpdates => {
            let by = (10_f64.powf(3.0 + 6.0 * unit(rng))) as u64;
            let by = units::grouped(by);
            Complaint::Wrong(format!(
                "the sum is {by} too small, though every term was summed once: a partial was lost or changed on its way \
                 into the total (100,003 terms by 7 workers, --seed 7); fix the code of this strategy"
            ))
        }
        Kind::OffByOne => Complaint::Wrong(
            "the sum is 300,003 too small, as much as the last 3 terms, 100,000..100,003: 3 terms too few: \
             100,000..100,003 were never summed (100,003 terms by 7 workers, --seed 7); fix the code of this strategy"
                .to_owned(),
        ),
        Kind::Deadlock => Complaint::Failed(
            "your-turn with 2 workers is stuck: no thread of it used the processor for 2 s, so all of them wait, for \
             each other (a deadlock) or for what never comes; look at its locks, channels, barriers and joins"
                .to_owned(),
            70,
        ),
        Kind::Skipped => Complaint::Missing("a GPU is missing: none was found; install a driver".to_owned()),
        Kind::Folded => {
            row.seconds.iter_mut().for_each(|time| *time = 30e-9);
            return;
        }
        Kind::Unaudited => {
            let nobody = Audited::new(Integers::new(TERMS).expect("they fit"));
            row.audit = Some(nobody.finish(row.workers));
            return;
        }
        _ => return,
    };
    row.complaint = Some(complaint);
}

/// Who summed what, if `busy` workers share the terms.
fn audit(terms: u64, workers: Workers, busy: usize) -> Audit {
    let kernel = Audited::new(Integers::new(terms).expect("they fit"));
    let begin = Instant::now();
    let (terms, shares) = (0..terms, Workers::new(busy).expect("there is one"));
    for (number, range) in kernels::split::ranges(&terms, shares).enumerate() {
        let worker = WorkerId::Process(1000 + number as u32);
        let (start, end) = (begin + Duration::from_micros(20), begin + Duration::from_millis(5));
        kernel.record(Event::Summed(Span { worker, range, start, end }));
    }
    kernel.finish(workers)
}

fn spans(row: &Row) -> Option<RowSpans> {
    let audit = row.audit.as_ref()?;
    let span = |span: &measure::audit::AuditedSpan| WorkerSpan {
        first: span.range.start,
        end: span.range.end,
        worker: span.worker,
    };
    Some(RowSpans {
        strategy: row.strategy.clone(),
        workers: row.workers.get(),
        terms: row.terms,
        spans: audit.spans.iter().map(span).collect(),
        unlisted: None,
    })
}

fn machine(kind: Kind, cores: usize) -> Machine {
    let arm = kind == Kind::Laptop;
    Machine {
        cpu: (if arm { "Made-Up M9" } else { "Made-Up 9000" }).to_owned(),
        os: (if arm { "macos" } else { "linux" }).to_owned(),
        arch: (if arm { "aarch64" } else { "x86_64" }).to_owned(),
        rustc: "1.95.0".to_owned(),
        logical_cores: cores,
        physical_cores: cores,
        usable_cores: cores,
        usable_cores_num_cpus: cores,
        simd: "avx2".to_owned(),
        ceilings: Ceilings {
            additions_per_second_per_core: 3e10,
            divisions_per_second_per_core: 1e9,
            read_bytes_per_second: 2.1e10,
        },
        ..Machine::default()
    }
}

/// From 0 to 1.
fn unit(rng: &mut Rng) -> f64 {
    rng.below(1_000_000) as f64 / 1e6
}
