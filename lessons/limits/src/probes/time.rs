use std::time::{Duration, Instant};

/// The seconds of one call, the quickest of as many as fit into `time`; three at least.
pub(super) fn quickest(time: Duration, mut call: impl FnMut()) -> f64 {
    let end = Instant::now() + time;
    let mut best = f64::INFINITY;
    let mut calls = 0;
    while calls < 3 || Instant::now() < end {
        let start = Instant::now();
        call();
        best = best.min(start.elapsed().as_secs_f64());
        calls += 1;
    }
    best
}

/// The middle one of some times.
pub(super) fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}
