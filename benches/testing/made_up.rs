//! Made-up results of a whole bench, for tests: round numbers, the same at every call.

use benches::results::{Lane, LaneBox, Measured, Peer, Question, Results, Timeline, Trouble};
use measure::{
    audit::TimeShares,
    machine::{Ceilings, Machine},
};

/// The kernels, and how many seconds the best sequential sum of each takes.
pub const KERNELS: [(&str, f64); 4] =
    [("integers", 0.004), ("memory", 0.03), ("pi", 0.08), ("primes", 0.05)];

/// All questions answered for `strategies` and `counts` on `usable` cores.
pub fn results(strategies: &[&str], counts: &[usize], usable: usize) -> Results {
    let mut measured = Vec::new();
    for (kernel, alone) in KERNELS {
        measured.push(one(Question::Scaling, kernel, "simd", 1, alone, 1.0));
        for (place, strategy) in strategies.iter().enumerate() {
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
        arguments: Vec::new(),
        complete: true,
        load: Some([0.12, 0.2, 0.3]),
        machine: machine(usable),
        measured,
        timelines: ["scoped", "deques"].map(|name| timeline(name, usable)).to_vec(),
        ladder: None,
        troubles: vec![Trouble {
            id: "peers/pi/openmp-static".into(),
            failed: false,
            reason: "no C compiler was found; install gcc or clang".into(),
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
        question,
        kernel: kernel.into(),
        strategy: strategy.into(),
        workers,
        terms: 50_000_000,
        seconds: (0..10).map(|sample| alone / speedup * wobble(sample)).collect(),
        dispatches: 1,
        distance: None,
        baseline_terms: 50_000_000,
        baseline: vec![alone; 10],
        cores: vec![workers.min(8) as f64; 10],
        peer: None,
    }
}

fn weak(counts: &[usize], usable: usize) -> Vec<Measured> {
    let mut measured = Vec::new();
    for strategy in ["scoped", "rayon-join", "deques"] {
        for &workers in counts {
            let cores = workers.min(usable) as f64;
            let time = 0.004 * workers as f64 / cores / 0.97;
            let mut it = one(Question::Weak, "integers", strategy, workers, 0.004, 0.004 / time);
            it.terms *= workers as u64;
            measured.push(it);
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
        for (strategy, cost) in [("scoped", 40e-6), ("deques", 4e-6)] {
            let speedup = alone / (cost + alone / usable as f64);
            let mut it = one(Question::Size, "integers", strategy, usable, alone, speedup);
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

fn peers(usable: usize) -> Vec<Measured> {
    let mut measured = Vec::new();
    for (kernel, alone) in KERNELS {
        for (strategy, ours, workers) in [
            ("c", "simd", 1),
            ("openmp-static", "scoped", usable),
            ("openmp-dynamic", "deques", usable),
        ] {
            let mut it = one(Question::Peers, kernel, strategy, workers, alone, workers as f64);
            let seconds = it.seconds.iter().map(|seconds| seconds * 1.04).collect();
            it.peer = Some(Peer { strategy: ours.into(), seconds });
            measured.push(it);
        }
    }
    measured
}

fn timeline(strategy: &str, usable: usize) -> Timeline {
    let lanes = (0..usable).map(|lane| {
        let end =
            if strategy == "scoped" { 0.02 + 0.01 * lane as f64 / usable as f64 } else { 0.028 };
        let middle = end / 2.0;
        let stolen = strategy == "deques" && lane > 0;
        let boxes = vec![
            LaneBox { start: 0.001, end: middle, lo: 0, hi: 10, stolen: false },
            LaneBox { start: middle + 0.001, end, lo: 10, hi: 20, stolen },
        ];
        Lane { id: format!("thread {}", lane + 1), busy: end - 0.002, boxes }
    });
    Timeline {
        kernel: "primes".into(),
        strategy: strategy.into(),
        terms: 500_000,
        wall: 0.031,
        shares: TimeShares {
            starting: 0.001,
            summing: 0.024,
            waiting: 0.001,
            imbalance: 0.004,
            combining: 0.001,
        },
        lanes: lanes.collect(),
    }
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
        caches: Vec::new(),
        simd: "avx2".into(),
        memory_bytes: 8 << 30,
        ceilings: Ceilings {
            additions_per_second_per_core: 3e10,
            divisions_per_second_per_core: 1e9,
            read_bytes_per_second: 2.1e10,
        },
    }
}
