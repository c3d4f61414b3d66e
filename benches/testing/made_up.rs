//! Made-up results of a whole bench, for tests and for looking at charts: the same at every call.

#[path = "made_up/timelines.rs"]
mod timelines;

use benches::ladder::{RUNGS, Rung};
use benches::results::{Ladder, Measured, Peer, Question, Results, Step, Trouble};
use course::Device;
use measure::Interval;
use measure::machine::{Ceilings, Machine};

use timelines::timelines;

/// The strategies that share work.
const STRATEGIES: [&str; 8] = [
    "scoped",
    "rayon-join",
    "deques",
    "channel",
    "self-scheduled",
    "pool",
    "rayon-chunks",
    "chili",
];

/// The kernels, and how many seconds the best sequential sum of each takes.
const KERNELS: [(&str, f64); 4] =
    [("integers", 0.004), ("memory", 0.03), ("pi", 0.08), ("primes", 0.05)];

/// All questions answered on `usable` cores; `scaling` for `simd`, and for the first `strategies` that
/// share work at each of `counts`.
pub fn results(strategies: usize, counts: &[usize], usable: usize) -> Results {
    let mut measured = Vec::new();
    for (kernel, alone) in KERNELS {
        measured.push(one(Question::Scaling, kernel, "simd", 1, alone, 1.0));
        for (place, strategy) in STRATEGIES.iter().take(strategies).enumerate() {
            for &workers in counts {
                let cores = workers.min(usable) as f64;
                let loss = 1.0 - 0.01 * place as f64;
                let speedup = match kernel {
                    "memory" => cores.min(1.5) * loss,
                    "primes" if *strategy == "scoped" => (0.7 * cores).max(1.0),
                    _ => cores * loss,
                };
                measured.push(one(Question::Scaling, kernel, strategy, workers, alone, speedup));
            }
        }
    }
    measured.extend(weak(counts, usable));
    measured.extend(costs(usable));
    measured.extend(sizes(usable));
    measured.extend(contention(usable));
    measured.extend(peers(usable));
    Results {
        schema: Results::SCHEMA,
        kind: Results::KIND.into(),
        version: "0.1.0".into(),
        began: "2026-03-01T12:00:00Z".into(),
        took: 312.0,
        commit: Some("0123456789ab".into()),
        seed: Some(7),
        arguments: Vec::new(),
        complete: true,
        load: Some([0.12, 0.2, 0.3]),
        machine: machine(usable),
        measured,
        timelines: timelines(usable),
        ladder: Some(ladder(usable)),
        troubles: vec![Trouble {
            id: "peers/*/openmp-static".into(),
            failed: false,
            reason: "no C++ compiler was found; install gcc or clang".into(),
        }],
    }
}

/// One id with ten samples that differ by a percent.
pub fn one(
    question: Question,
    kernel: &str,
    strategy: &str,
    workers: usize,
    alone: f64,
    speedup: f64,
) -> Measured {
    let wobble = |sample: usize| 1.0 + 0.002 * ((sample * 7 % 5) as f64 - 2.0);
    Measured {
        terms: 50_000_000,
        seconds: (0..10).map(|sample| alone / speedup * wobble(sample)).collect(),
        baseline_terms: 50_000_000,
        baseline: vec![alone; 10],
        // Independent readers wait for the same memory.
        cores: vec![(workers.min(8) as f64).min(if kernel == "memory" { 1.5 } else { 8.0 }); 10],
        ..Measured::nothing(question, kernel, strategy, workers)
    }
}

/// Every rung but the last; each is twice as fast as the one before it.
fn ladder(usable: usize) -> Ladder {
    let shared = ["threads", "work-stealing", "processes"];
    let step = |(number, rung): (i32, &Rung)| {
        let median = 6.0 / 2_f64.powi(number);
        Step {
            lesson: rung.lesson.to_owned(),
            row: rung.row.to_owned(),
            workers: if shared.contains(&rung.lesson) { usable } else { 1 },
            terms: 100_000_000,
            seconds: Interval { median, low: Some(median * 0.97), high: Some(median * 1.04) },
            device: (rung.lesson == "gpu").then(|| Device {
                name: "A graphics card".to_owned(),
                kind: "discrete".to_owned(),
                driver: "its driver 1.0".to_owned(),
            }),
        }
    };
    let (last, steps) = RUNGS.split_last().expect("there are rungs");
    Ladder {
        began: "2026-03-01T12:10:00Z".to_owned(),
        cpu: "A processor with a name as long as they are".to_owned(),
        usable_cores: usable,
        steps: (0..).zip(steps).map(step).collect(),
        missing: vec![(format!("{}: {}", last.lesson, last.row), "MPI is missing".to_owned())],
    }
}

fn weak(counts: &[usize], usable: usize) -> Vec<Measured> {
    let mut measured = Vec::new();
    for (kernel, alone) in [KERNELS[0], KERNELS[2]] {
        for strategy in &STRATEGIES[..3] {
            for &workers in counts {
                let speedup = workers.min(usable) as f64 / workers as f64 * 0.97;
                let mut it = one(Question::Weak, kernel, strategy, workers, alone, speedup);
                it.terms *= workers as u64;
                measured.push(it);
            }
        }
    }
    measured
}

fn costs(usable: usize) -> Vec<Measured> {
    let costs = [
        ("thread", 1, 20e-6),
        ("channel-block", usable, 0.4e-6),
        ("rayon-join", usable, 0.1e-6),
        ("deque-task", usable, 0.2e-6),
        ("child-process", 1, 900e-6),
        ("pool-round-trip", 1, 15e-6),
    ];
    let measured = costs.map(|(strategy, workers, cost)| {
        let mut it = one(Question::Overhead, "nothing", strategy, workers, cost * 100.0, 1.0);
        it.dispatches = 100;
        it.terms = 0;
        it.baseline.clear();
        it
    });
    measured.into()
}

fn sizes(usable: usize) -> Vec<Measured> {
    let mut measured = Vec::new();
    for terms in [100_u64, 10_000, 1_000_000, 100_000_000] {
        let alone = 5e-9 + terms as f64 * 4e-11;
        for (strategy, workers, cost) in
            [("simd", 1, 0.0), ("scoped", usable, 40e-6), ("deques", usable, 4e-6)]
        {
            let speedup = alone / (cost + alone / workers as f64);
            let mut it = one(Question::Size, "integers", strategy, workers, alone, speedup);
            (it.terms, it.baseline_terms) = (terms, terms);
            measured.push(it);
        }
    }
    measured
}

fn contention(usable: usize) -> Vec<Measured> {
    let mut measured = Vec::new();
    for workers in [1, usable] {
        let crowd = if workers > 1 { 8.0 } else { 1.0 };
        for (strategy, term) in [("mutex-std", 10e-9), ("atomic", 5e-9)] {
            let it = one(Question::Contention, "integers", strategy, workers, term * crowd, 1.0);
            measured.push(Measured { terms: 1, baseline: vec![], ..it });
        }
        for distance in [8, 16, 32, 64, 128, 256] {
            let term = if distance < 64 && workers > 1 { 6e-9 } else { 1e-9 };
            let name = format!("apart-{distance}");
            let it = one(Question::Contention, "integers", &name, workers, term, 1.0);
            let distance = Some(distance);
            measured.push(Measured { terms: 1, distance, baseline: vec![], ..it });
        }
    }
    measured
}

/// Every foreign way beside ours, which takes 1.04 times as long; with nothing to sum and with few terms it takes
/// longer by far.
fn peers(usable: usize) -> Vec<Measured> {
    let ways = [
        ("c", "simd", 1),
        ("openmp-static", "scoped", usable),
        ("onetbb-static", "scoped", usable),
        ("openmp-dynamic", "deques", usable),
        ("onetbb-dynamic", "deques", usable),
        ("cpp17-par", "deques", usable),
        ("rayon", "deques", usable),
    ];
    let sizes = [
        ("nothing", 0, 2e-6, 20.0),
        ("integers", 25_000_000, 0.004, 1.04),
        ("memory", 10_000, 2e-6, 10.0),
        ("memory", 100_000_000, 0.03, 1.04),
        ("pi", 20_000_000, 0.08, 1.04),
        ("primes", 1_000_000, 0.05, 1.04),
    ];
    let mut measured = Vec::new();
    for (kernel, terms, alone, ratio) in sizes {
        let shared = ways.iter().enumerate().filter(|(_, way)| terms > 0 || way.0 != "c");
        for (place, &(strategy, ours, workers)) in shared {
            // The later ways are a little slower.
            let speedup = workers as f64 / (1.0 + 0.05 * place as f64);
            let mut it = one(Question::Peers, kernel, strategy, workers, alone, speedup);
            let seconds = it.seconds.iter().map(|seconds| seconds * ratio).collect();
            it.peer = Some(Peer { strategy: ours.into(), seconds });
            measured.push(Measured { terms, baseline: vec![], cores: vec![], ..it });
        }
    }
    measured
}

fn machine(usable: usize) -> Machine {
    Machine {
        cpu: "Made-Up 9000".into(),
        os: "linux".into(),
        arch: "x86_64".into(),
        rustc: "1.95.0".into(),
        logical_cores: usable,
        physical_cores: (usable / 2).max(1),
        usable_cores: usable,
        usable_cores_num_cpus: usable,
        cpu_quota: None,
        smt: None,
        virtual_machine: Some(true),
        kinds: Vec::new(),
        core_kinds: None,
        caches: Vec::new(),
        cache_line_bytes: None,
        simd: "avx2".into(),
        memory_bytes: Some(8 << 30),
        ceilings: Ceilings {
            additions_per_second_per_core: 3e10,
            divisions_per_second_per_core: 1e9,
            read_bytes_per_second: 2.1e10,
        },
    }
}
