//! `--retries`: how often a lost worker's range may be given to another, in one sum.
//!
//! Only a strategy whose workers can be lost alone, such as a pool of processes, can make use of it.
//! It asks for a [`Budget`] per sum, and spends one for each range that it gives away again.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use crate::cleanup;

/// Set before any worker starts, so `Relaxed` is enough to read it.
static ALLOWED: AtomicU32 = AtomicU32::new(0);
/// Runs follow each other on one thread, which also reads this.
static DONE: AtomicU32 = AtomicU32::new(0);

/// From here on every sum may give lost ranges to other workers, `per_sum` times.
pub fn allow(per_sum: u32) {
    ALLOWED.store(per_sum, Relaxed);
}

/// How often one sum may still give a lost range away.
#[derive(Debug)]
pub struct Budget {
    left: u32,
}

impl Budget {
    /// What `--retries` allows to one sum.
    pub fn of_one_sum() -> Self {
        Budget { left: ALLOWED.load(Relaxed) }
    }

    /// Whether a lost range may be given to another worker now; counts it if so.
    ///
    /// Never once the run is over its time limit or the program is told to end: what is lost then was
    /// ended on purpose.
    pub fn spend(&mut self) -> bool {
        if self.left == 0 || cleanup::run_is_over() {
            return false;
        }
        self.left -= 1;
        DONE.fetch_add(1, Relaxed);
        true
    }
}

/// How many retries there were since this was last asked.
pub fn taken() -> u32 {
    DONE.swap(0, Relaxed)
}
