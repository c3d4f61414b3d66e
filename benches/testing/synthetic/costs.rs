//! What sharing costs on no machine: dispatches, sizes, contention, peers.

use benches::results::{Measured, Peer, Question};

use super::{KERNELS, noisy, plain};

pub(super) fn overheads(usable: usize) -> impl Iterator<Item = Measured> {
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

pub(super) fn sizes(usable: usize) -> impl Iterator<Item = Measured> {
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

pub(super) fn contended(worker_counts: &[usize], usable: usize) -> Vec<Measured> {
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

pub(super) fn peers(usable: usize) -> impl Iterator<Item = Measured> {
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
