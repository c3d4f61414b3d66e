use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, Instant};

use measure::Error;

use crate::TokioPool;

/// What the timer asks for, over and over.
const TICK: Duration = Duration::from_millis(1);

/// So long nothing else happens.
const QUIET: Duration = Duration::from_millis(20);

/// By how much a timer of a millisecond is late at worst, in seconds: while the runtime has nothing else to do, and
/// while `sum` is called, on its threads or elsewhere.
///
/// # Errors
///
/// Those of `sum`.
pub(crate) fn delays(
    pool: &TokioPool,
    sum: &mut dyn FnMut() -> Result<(), Error>,
) -> Result<[f64; 2], Error> {
    let nothing = &mut || {
        thread::sleep(QUIET);
        Ok(())
    };
    Ok([longest(pool, nothing)?, longest(pool, sum)?])
}

// ANCHOR: timer
fn longest(pool: &TokioPool, work: &mut dyn FnMut() -> Result<(), Error>) -> Result<f64, Error> {
    let over = Arc::new(AtomicBool::new(false));
    let theirs = Arc::clone(&over);
    let timer = pool.runtime.spawn(async move {
        let mut longest = Duration::ZERO;
        while !theirs.load(Relaxed) {
            let asked = Instant::now();
            tokio::time::sleep(TICK).await;
            longest = longest.max(asked.elapsed().saturating_sub(TICK));
        }
        longest
    });
    thread::sleep(TICK * 3); // It ticks by then.
    let done = work();
    over.store(true, Relaxed);
    let longest = pool.runtime.block_on(timer).expect("it has no panics, and nobody cancels it");
    done.map(|()| longest.as_secs_f64())
}
// ANCHOR_END: timer
