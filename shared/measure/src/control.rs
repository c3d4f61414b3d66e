use std::hint::black_box;
use std::ops::Range;

use kernels::{Kernel, Workers, split};

use crate::{Context, Error, time_together};

/// How many cores the machine gives to the workers of `context` just now.
///
/// Each thread does the *whole* sum, `calls` times, and none waits for another. If all of it takes
/// as long as one thread took alone (`alone` seconds for one sum), the machine gave one core to
/// each. Every thread begins at another place of the terms and goes round, so that none finds in a
/// shared cache what another has just read. Threads beyond the usable cores would get no more
/// cores, so they are left out.
///
/// # Errors
///
/// Where the system refuses a thread.
pub fn cores_given<K: Kernel>(
    kernel: &K,
    terms: &Range<u64>,
    context: &Context,
    calls: u32,
    alone: f64,
) -> Result<f64, Error> {
    let threads = context.workers().min(Workers::usable());
    let places: Vec<u64> = split::ranges(terms, threads).map(|range| range.start).collect();
    let all = time_together(&context.with_workers(threads), |worker| {
        let place = places[worker];
        for _ in 0..calls {
            black_box(black_box(kernel).sum(black_box(place..terms.end)));
            black_box(black_box(kernel).sum(black_box(terms.start..place)));
        }
    })?;
    Ok(threads.get() as f64 * f64::from(calls) * alone / all.as_secs_f64())
}
