//! Results that nobody measured, for tests and for looking at charts: smooth curves with a little
//! noise that is the same every time.

#[path = "synthetic/costs.rs"]
mod costs;
#[path = "synthetic/timelines.rs"]
mod timelines;

use benches::ladder::RUNGS;
use benches::results::{Ladder, Measured, Question, Results, Step};
use measure::{
    Interval,
    machine::{Ceilings, Machine},
};

use costs::{contended, overheads, peers, sizes};
use timelines::timelines;

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

/// Every rung but the last; each is twice as fast as the one before it.
fn ladder(usable: usize) -> Ladder {
    let shared = ["threads", "work-stealing", "processes"];
    let step = |(number, rung): (i32, &benches::ladder::Rung)| {
        let median = 6.0 / 2_f64.powi(number);
        Step {
            lesson: rung.lesson.to_owned(),
            row: rung.row.to_owned(),
            workers: if shared.contains(&rung.lesson) { usable } else { 1 },
            terms: 100_000_000,
            seconds: Interval { median, low: Some(median * 0.97), high: Some(median * 1.04) },
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
        ladder: Some(ladder(usable)),
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
