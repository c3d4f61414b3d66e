//! Results that nobody measured, for tests and for looking at charts: smooth curves with a little
//! noise that is the same every time.

use benches::results::{Lane, LaneBox, Measured, Peer, Question, Results, Timeline};
use shared::audit::TimeShares;
use shared::machine::{Ceilings, Machine};

/// The strategies that share work in the question `scaling`, each with the part of its work that
/// does not scale and the price of each further worker.
const SHARING: [(&str, f64, f64); 8] = [
    ("scoped", 0.012, 0.000_10),
    ("channel", 0.030, 0.000_80),
    ("self-scheduled", 0.008, 0.000_15),
    ("pool", 0.010, 0.000_05),
    ("rayon-chunks", 0.009, 0.000_06),
    ("rayon-join", 0.011, 0.000_04),
    ("deques", 0.010, 0.000_07),
    ("heartbeat", 0.014, 0.000_05),
];

/// The kernels with the seconds of a sequential sum and its terms.
const KERNELS: [(&str, f64, u64); 4] = [
    ("integers", 0.00331, 100_000_000),
    ("memory", 0.021, 50_000_000),
    ("pi", 0.061, 100_000_000),
    ("primes", 0.093, 500_000),
];

/// Samples of an id.
const SAMPLES: u64 = 10;

/// Results of a machine with `usable` cores: the sequential row and the first `strategies` of the
/// eight that share, at each of `worker_counts`; every question has its answers.
pub fn results(strategies: usize, worker_counts: &[usize], usable: usize) -> Results {
    let sharing = &SHARING[..strategies.min(SHARING.len())];
    let mut measured = Vec::new();
    for (kernel, alone, terms) in KERNELS {
        let kernel = Sum { kernel, alone, terms, usable };
        measured.push(kernel.measured(Question::Scaling, ("simd", 0.0, 0.0), 1));
        for &strategy in sharing {
            for &workers in worker_counts {
                measured.push(kernel.measured(Question::Scaling, strategy, workers));
            }
        }
        for &strategy in
            sharing.iter().take(3).filter(|_| ["integers", "pi"].contains(&kernel.kernel))
        {
            for &workers in worker_counts {
                measured.push(kernel.weak(strategy, workers));
            }
        }
    }
    measured.extend(overheads(usable));
    measured.extend(sizes(usable));
    measured.extend(contended(worker_counts, usable));
    measured.extend(peers(usable));
    Results {
        schema: Results::SCHEMA,
        kind: Results::KIND.to_owned(),
        version: "0.1.0".to_owned(),
        began: "2026-03-01T12:00:00Z".to_owned(),
        took: 240.0,
        commit: None,
        arguments: vec![],
        complete: true,
        load: Some([0.1, 0.2, 0.3]),
        machine: machine(usable),
        measured,
        timelines: timelines(usable),
        troubles: vec![],
    }
}

/// One kernel's sum on a machine.
struct Sum {
    kernel: &'static str,
    alone: f64,
    terms: u64,
    usable: usize,
}

impl Sum {
    fn measured(
        &self,
        question: Question,
        (strategy, serial, price): (&str, f64, f64),
        workers: usize,
    ) -> Measured {
        let speedup = self.speedup(serial, price, workers);
        let id = format!("{question}{}{strategy}{workers}", self.kernel);
        let cores = workers.min(self.usable) as f64 * 0.97;
        Measured {
            question,
            kernel: self.kernel.to_owned(),
            strategy: strategy.to_owned(),
            workers,
            terms: self.terms,
            seconds: noisy(&id, self.alone / speedup, 0.03),
            dispatches: 1,
            distance: None,
            baseline_terms: self.terms,
            baseline: noisy(&format!("{id}b"), self.alone, 0.01),
            cores: noisy(&format!("{id}c"), cores.max(0.99), 0.02),
            peer: None,
        }
    }

    fn weak(&self, (strategy, serial, price): (&str, f64, f64), workers: usize) -> Measured {
        let same = self.measured(Question::Weak, (strategy, serial / 4.0, price / 4.0), workers);
        let stretch = |seconds: &f64| seconds * workers as f64;
        Measured {
            terms: self.terms * workers as u64,
            seconds: same.seconds.iter().map(stretch).collect(),
            ..same
        }
    }

    /// Amdahl's law with a price per worker; beyond the cores there is only the price.
    fn speedup(&self, serial: f64, price: f64, workers: usize) -> f64 {
        let cores = workers.min(self.usable) as f64;
        // The second thread of a core adds a third.
        let physical = physical(self.usable) as f64;
        let power = if cores > physical { physical + (cores - physical) / 3.0 } else { cores };
        let power = match self.kernel {
            "memory" => power.min(3.1),
            // Equal ranges of unequal work: the last one takes longest.
            "primes" if serial > 0.0095 => 1.0 + (power - 1.0) * 0.72,
            _ => power,
        };
        1.0 / (serial + (1.0 - serial) / power + price * workers as f64)
    }
}

fn physical(usable: usize) -> usize {
    if usable > 2 { usable / 2 } else { usable }
}

/// Samples around `value` that differ by up to `spread` of it, the same for the same `id`.
fn noisy(id: &str, value: f64, spread: f64) -> Vec<f64> {
    // FNV-1a: any text becomes a start.
    let start = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let sample = |place: u64| {
        let mixed = start.wrapping_add(place.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mixed = (mixed ^ (mixed >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        value * (1.0 + spread * ((mixed >> 40) as f64 / (1_u64 << 23) as f64 - 1.0))
    };
    (0..SAMPLES).map(sample).collect()
}

fn plain(question: Question, kernel: &str, strategy: &str, workers: usize) -> Measured {
    Measured {
        question,
        kernel: kernel.to_owned(),
        strategy: strategy.to_owned(),
        workers,
        terms: 0,
        seconds: vec![],
        dispatches: 1,
        distance: None,
        baseline_terms: 0,
        baseline: vec![],
        cores: vec![],
        peer: None,
    }
}

fn overheads(usable: usize) -> impl Iterator<Item = Measured> {
    let costs = [
        ("thread", 1, 1.1e-5),
        ("scope", usable, 2.4e-5),
        ("channel-block", usable, 2.1e-7),
        ("self-scheduled-block", usable, 3.2e-8),
        ("rayon-join", usable, 1.4e-8),
        ("deque-task", usable, 4.5e-8),
        ("heartbeat-join", usable, 2.6e-9),
        ("child-process", 1, 1.3e-3),
        ("pool-round-trip", usable, 5.2e-6),
    ];
    costs.into_iter().map(|(strategy, workers, cost)| Measured {
        seconds: noisy(strategy, cost * 100.0, 0.05),
        dispatches: 100,
        ..plain(Question::Overhead, "nothing", strategy, workers)
    })
}

fn sizes(usable: usize) -> impl Iterator<Item = Measured> {
    let strategies =
        [("simd", 0.0), ("scoped", 3.1e-5), ("pool", 6e-6), ("rayon-join", 0.0), ("deques", 0.0)];
    strategies.into_iter().flat_map(move |(strategy, start)| {
        [100_u64, 10_000, 1_000_000, 100_000_000].map(|terms| {
            let alone = terms as f64 * 3.3e-11 + 4e-9;
            let stealing = start == 0.0 && (strategy == "simd" || terms < 5_000_000);
            let seconds = if stealing { alone } else { start + alone / usable as f64 / 0.93 };
            Measured {
                terms,
                seconds: noisy(&format!("{strategy}{terms}"), seconds, 0.01),
                baseline_terms: terms,
                baseline: noisy(&format!("{strategy}{terms}b"), alone, 0.01),
                ..plain(
                    Question::Size,
                    "integers",
                    strategy,
                    if strategy == "simd" { 1 } else { usable },
                )
            }
        })
    })
}

fn contended(worker_counts: &[usize], usable: usize) -> Vec<Measured> {
    let terms = 1_000_000;
    let of = |strategy: &str, workers: usize, per_term: f64, distance| Measured {
        terms,
        seconds: noisy(&format!("{strategy}{workers}"), per_term * terms as f64, 0.06),
        distance,
        ..plain(Question::Contention, "integers", strategy, workers)
    };
    let mut all = Vec::new();
    for (strategy, alone, crowd) in [
        ("mutex-std", 1.1e-8, 4.2e-8),
        ("mutex-parking-lot", 1.0e-8, 2.9e-8),
        ("atomic", 4.6e-9, 1.2e-8),
    ] {
        for &workers in worker_counts {
            let per_term = if workers == 1 { alone } else { crowd * (workers as f64).powf(0.4) };
            all.push(of(strategy, workers, per_term, None));
        }
    }
    for distance in [8, 16, 32, 64, 128, 256] {
        for workers in [1, usable] {
            let shares = workers > 1 && distance < 64;
            let per_term = if shares { 9.0e-9 } else { 1.3e-9 };
            all.push(of(&format!("apart-{distance}"), workers, per_term, Some(distance)));
        }
    }
    all
}

fn peers(usable: usize) -> impl Iterator<Item = Measured> {
    let pairs = [
        ("c", "simd", 1, 1.01),
        ("openmp-static", "scoped", usable, 1.12),
        ("openmp-dynamic", "deques", usable, 0.93),
    ];
    KERNELS.into_iter().flat_map(move |(kernel, alone, terms)| {
        pairs.map(|(theirs, ours, workers, ratio)| {
            let uneven = if kernel == "primes" && ours == "scoped" { 1.6 } else { ratio };
            let seconds = alone / workers as f64;
            Measured {
                terms,
                seconds: noisy(&format!("{kernel}{theirs}"), seconds, 0.02),
                peer: Some(Peer {
                    strategy: ours.to_owned(),
                    seconds: noisy(&format!("{kernel}{ours}"), seconds * uneven, 0.02),
                }),
                ..plain(Question::Peers, kernel, theirs, workers)
            }
        })
    })
}

/// Who worked when, on work of which the last term costs four times the first.
fn timelines(usable: usize) -> Vec<Timeline> {
    let shared_out: [(&str, usize, bool); 6] = [
        ("scoped", 1, false),
        ("channel", 8, false),
        ("self-scheduled", 120, false),
        ("rayon-join", 14, true),
        ("deques", 90, true),
        ("heartbeat", 22, true),
    ];
    shared_out.map(|(strategy, blocks, steals)| timeline(strategy, blocks, steals, usable)).into()
}

/// `blocks` equal ranges per worker; each goes to whoever is free first.
fn timeline(strategy: &str, blocks: usize, steals: bool, workers: usize) -> Timeline {
    let terms = 500_000_u64;
    let count = (blocks * workers) as u64;
    let (starting, pause, alone) = (120e-6, 2e-6, 0.093);
    let mut free: Vec<f64> =
        (0..workers).map(|worker| starting * (1.0 + worker as f64 * 0.4)).collect();
    let mut boxes: Vec<Vec<LaneBox>> = vec![vec![]; workers];
    for block in 0..count {
        let (lo, hi) = (terms * block / count, terms * (block + 1) / count);
        let cost = |term: u64| 0.4 * term as f64 + 0.6 * (term as f64).powi(2) / terms as f64;
        let took = alone * (cost(hi) - cost(lo)) / terms as f64;
        let first = (0..workers).min_by(|&one, &other| free[one].total_cmp(&free[other]));
        let worker = first.expect("there is a worker");
        let owner = (block * workers as u64 / count) as usize;
        let start = free[worker];
        let stolen = steals && owner != worker && block % 5 == 0;
        boxes[worker].push(LaneBox { start, end: start + took, lo, hi, stolen });
        free[worker] = start + took + pause;
    }
    let lanes: Vec<Lane> = boxes
        .into_iter()
        .enumerate()
        .map(|(worker, boxes)| Lane {
            id: format!("thread {worker}"),
            busy: boxes.iter().map(|one| one.end - one.start).sum(),
            boxes,
        })
        .collect();
    let end_of = |lane: &Lane| lane.boxes.last().map_or(0.0, |last| last.end);
    let last = lanes.iter().map(end_of).fold(0.0, f64::max);
    let combining = 30e-6;
    let mean = |part: &dyn Fn(&Lane) -> f64| lanes.iter().map(part).sum::<f64>() / workers as f64;
    let start_of = |lane: &Lane| lane.boxes.first().map_or(0.0, |first| first.start);
    let shares = TimeShares {
        starting: mean(&start_of),
        summing: mean(&|lane| lane.busy),
        waiting: mean(&|lane| end_of(lane) - start_of(lane) - lane.busy),
        imbalance: mean(&|lane| last - end_of(lane)),
        combining,
    };
    Timeline {
        kernel: "primes".to_owned(),
        strategy: strategy.to_owned(),
        terms,
        wall: last + combining,
        shares,
        lanes,
    }
}

fn machine(usable: usize) -> Machine {
    Machine {
        cpu: "Example 9000".to_owned(),
        os: "linux".to_owned(),
        arch: "x86_64".to_owned(),
        rustc: "1.95.0".to_owned(),
        logical_cores: usable,
        physical_cores: physical(usable),
        usable_cores: usable,
        usable_cores_num_cpus: usable,
        cpu_quota: None,
        smt: Some(physical(usable) < usable),
        virtual_machine: Some(false),
        caches: vec![],
        simd: "avx2".to_owned(),
        memory_bytes: 32 << 30,
        ceilings: Ceilings {
            additions_per_second_per_core: 3.1e10,
            divisions_per_second_per_core: 1.7e9,
            read_bytes_per_second: 6.1e10,
        },
    }
}
