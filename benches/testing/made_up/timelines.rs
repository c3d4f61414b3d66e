//! Who worked when on no machine.

use benches::results::{Lane, LaneBox, Timeline};
use measure::audit::TimeShares;

/// Who worked when, on work of which the last term costs four times the first.
pub(super) fn timelines(usable: usize) -> Vec<Timeline> {
    let shared_out: [(&str, usize, bool); 6] = [
        ("scoped", 1, false),
        ("channel", 8, false),
        ("self-scheduled", 120, false),
        ("rayon-join", 14, true),
        ("deques", 90, true),
        ("chili", 22, true),
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
