//! The laws themselves. Speedups, fractions and costs are plain ratios, without a unit.

/// Amdahl's law: the speedup of a sum of fixed size.
///
/// Think of one second of work of which `serial` seconds can be done by one worker only. The rest is
/// shared, and takes `(1 - serial) / workers` seconds.
///
/// Source: G. M. Amdahl, *Validity of the single processor approach to achieving large scale
/// computing capabilities*, AFIPS 1967. That paper has the argument in words; the equation that
/// carries its name, `1 / (s + (1 - s) / p)`, was written down later.
///
/// ```
/// use laws::amdahl;
/// assert_eq!(amdahl(0.0, 8), 8.0); // nothing is serial
/// assert_eq!(amdahl(1.0, 8), 1.0); // everything is
/// assert!((amdahl(0.05, 16) - 9.14).abs() < 0.01); // 5 % cost nearly half of 16 workers
/// ```
pub fn amdahl(serial: f64, workers: usize) -> f64 {
    1.0 / (serial + (1.0 - serial) / workers as f64)
}

/// Amdahl's law of any change: the speedup of a program of which some parts have become faster. Each part
/// is its share of the old time, and how many times faster it is. Source: as [`amdahl`], where the
/// shared work is one part that becomes as many times faster as there are workers.
///
/// ```
/// use laws::{amdahl, amdahl_of_parts};
/// assert_eq!(amdahl_of_parts([(0.5, 2.0)]), 1.0 / 0.75);
/// assert_eq!(amdahl_of_parts([(0.75, 4.0)]), amdahl(0.25, 4));
/// assert_eq!(amdahl_of_parts([]), 1.0);
/// ```
pub fn amdahl_of_parts(parts: impl IntoIterator<Item = (f64, f64)>) -> f64 {
    let saved: f64 = parts.into_iter().map(|(share, faster)| share * (1.0 - 1.0 / faster)).sum();
    1.0 / (1.0 - saved)
}

/// The speedup that no number of workers reaches, by Amdahl's law: `1 / serial`; infinite where
/// nothing is serial. Source: as [`amdahl`].
///
/// ```
/// assert_eq!(laws::amdahl_limit(0.05), 20.0);
/// ```
pub fn amdahl_limit(serial: f64) -> f64 {
    1.0 / serial
}

/// Gustafson's law: the scaled speedup of a sum that grows with the workers.
///
/// Think of one second of the parallel run, of which `serial` seconds are spent by one worker while
/// the others wait. One worker alone would take `serial + (1 - serial) * workers` seconds for the
/// same work. Mind that this is a fraction of the *parallel* time; Amdahl's is one of the sequential
/// time.
///
/// Source: J. L. Gustafson, *Reevaluating Amdahl's law*, Communications of the ACM 31(5), 1988:
/// scaled speedup = `N + (1 - N) s`.
///
/// ```
/// use laws::gustafson;
/// assert_eq!(gustafson(0.0, 8), 8.0);
/// assert!((gustafson(0.05, 16) - 15.25).abs() < 1e-12);
/// ```
pub fn gustafson(serial: f64, workers: usize) -> f64 {
    let workers = workers as f64;
    workers + (1.0 - workers) * serial
}

/// The serial fraction of the parallel time, from a scaled speedup: [`gustafson`] solved for it,
/// `(p - speedup) / (p - 1)`. `None` for one worker, whose speedup says nothing.
///
/// ```
/// use laws::gustafson_serial;
/// assert_eq!(gustafson_serial(4.5, 8), Some(0.5));
/// assert_eq!(gustafson_serial(1.0, 1), None);
/// ```
pub fn gustafson_serial(scaled_speedup: f64, workers: usize) -> Option<f64> {
    let shared = workers as f64;
    (workers > 1).then(|| (shared - scaled_speedup) / (shared - 1.0))
}

/// The Karp-Flatt metric: the serial fraction that would explain one measured speedup.
///
/// It is [`amdahl`] solved for the serial fraction. Its use is over several worker counts: where it
/// stays the same, the work has a serial part; where it grows, the cost comes from the workers
/// (starting them, waiting, talking). `None` for one worker, whose speedup says nothing. Below zero
/// where the speedup is larger than the number of workers.
///
/// Source: A. H. Karp and H. P. Flatt, *Measuring parallel processor performance*, Communications of
/// the ACM 33(5), 1990: `f = (1/s - 1/p) / (1 - 1/p)`.
///
/// ```
/// use laws::karp_flatt;
/// assert_eq!(karp_flatt(4.0, 4), Some(0.0));
/// assert!((karp_flatt(9.14, 16).unwrap() - 0.05).abs() < 1e-3);
/// assert_eq!(karp_flatt(1.0, 1), None);
/// ```
pub fn karp_flatt(speedup: f64, workers: usize) -> Option<f64> {
    let share = 1.0 / workers as f64;
    (workers > 1).then(|| (1.0 / speedup - share) / (1.0 - share))
}

/// The universal scalability law: the speedup with contention and coherence.
///
/// `contention` is the fraction of the work that waits in one line (a lock, one memory bus): it does
/// what Amdahl's serial fraction does. `coherence` is what every worker loses to every other, to
/// agree on shared data, as a fraction of the time of one worker. There are `p (p - 1)` such pairs,
/// so it is small at first, and wins in the end.
///
/// Source: N. J. Gunther, *A simple capacity model of massively parallel transaction systems*, CMG
/// 1993, and *Guerrilla Capacity Planning*, Springer 2007: `p / (1 + sigma (p - 1) + kappa p (p - 1))`.
///
/// ```
/// use laws::{amdahl, universal};
/// assert!((universal(0.05, 0.0, 16) - amdahl(0.05, 16)).abs() < 1e-12);
/// assert!(universal(0.05, 0.001, 64) < universal(0.05, 0.001, 31)); // beyond the peak
/// ```
pub fn universal(contention: f64, coherence: f64, workers: usize) -> f64 {
    let p = workers as f64;
    p / (1.0 + contention * (p - 1.0) + coherence * p * (p - 1.0))
}

/// The number of workers with the largest speedup by the universal scalability law, not rounded:
/// `sqrt((1 - sigma) / kappa)`, and never below one. Infinite where the coherence costs nothing.
/// Source: Gunther 2007, as [`universal`].
///
/// ```
/// use laws::universal_peak;
/// assert!((universal_peak(0.05, 0.001) - 30.8).abs() < 0.1);
/// assert_eq!(universal_peak(0.05, 0.0), f64::INFINITY);
/// assert_eq!(universal_peak(2.0, 0.001), 1.0); // every further worker only disturbs
/// ```
pub fn universal_peak(contention: f64, coherence: f64) -> f64 {
    match (contention, coherence) {
        (crowded, _) if crowded >= 1.0 => 1.0,
        (_, 0.0) => f64::INFINITY,
        _ => ((1.0 - contention) / coherence).sqrt().max(1.0),
    }
}
