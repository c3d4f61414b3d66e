use measure::threads_now;
use rng::Rng;

use crate::{Lane, Row, Speed, Stage, wire};

/// What a step of the [`Rules`](crate::Rules) is given: the seed, and where to note what else is worth showing.
#[derive(Debug)]
pub struct Trial {
    /// What everything random is drawn from.
    pub seed: u64,
    pub(crate) stage: Stage,
    /// How many threads there were before the attempt was called; `None` where the system does not tell.
    pub(crate) threads: Option<usize>,
    pub(crate) speed: Option<Speed>,
    pub(crate) rows: Vec<Row>,
    pub(crate) against: String,
    pub(crate) lanes: Vec<Lane>,
}

impl Trial {
    pub(crate) fn new(seed: u64) -> Self {
        Trial {
            seed,
            stage: Stage::Ends,
            threads: threads_now().map(|threads| threads.len()),
            speed: None,
            rows: Vec::new(),
            against: String::new(),
            lanes: Vec::new(),
        }
    }

    /// Says what is done next, such as `cut(100003, 7)`: if it never comes back, that is what was done last.
    pub fn calling(&self, what: impl Into<String>) {
        wire::began(self.stage, what);
    }

    /// A generator that begins at the seed.
    pub fn rng(&self) -> Rng {
        Rng::new(self.seed)
    }
}
