use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use crate::lock::locked;
use crate::{Results, TimeLimit};

/// What was measured so far, and the time limit: what the thread that measures shares with the one that
/// watches it.
#[derive(Debug)]
pub struct Board {
    /// The limit of every single run.
    pub limit: Arc<TimeLimit>,
    results: Mutex<Results>,
}

impl Board {
    /// An empty board; no single run may take longer than `limit`.
    pub fn new(limit: Duration) -> Self {
        Self::under(TimeLimit::new(limit))
    }

    /// An empty board under this time limit.
    pub fn under(limit: TimeLimit) -> Self {
        Board { limit: Arc::new(limit), results: Mutex::default() }
    }

    /// An empty board under the same time limit.
    #[must_use]
    pub fn beside(&self) -> Self {
        Board { limit: Arc::clone(&self.limit), results: Mutex::default() }
    }

    /// What was measured so far.
    pub fn results(&self) -> MutexGuard<'_, Results> {
        locked(&self.results)
    }
}
