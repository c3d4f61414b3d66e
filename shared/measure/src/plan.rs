use std::ops::Range;
use std::time::{Duration, Instant};

/// How long to measure.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// How many rounds; `None`: as many as steady medians need before `until`.
    pub rounds: Option<usize>,
    /// When the measuring should be over.
    pub until: Instant,
}

/// Six rounds at least make an interval; more than forty change little.
const ENOUGH_ROUNDS: Range<usize> = 6..40;

impl Plan {
    /// Exactly so many rounds.
    pub fn rounds(rounds: usize) -> Self {
        Plan { rounds: Some(rounds), until: Instant::now() }
    }

    /// Whether `done` rounds are enough: they began at `begin`, one more takes as long as `round`, and
    /// `steady` says whether all medians have converged.
    pub fn is_over(
        &self,
        done: usize,
        begin: Instant,
        round: Duration,
        steady: impl FnOnce() -> bool,
    ) -> bool {
        let next_round_ends = Instant::now() + round;
        match self.rounds {
            Some(rounds) => done >= rounds,
            // The rounds that an interval needs may take half as long again.
            None if done < ENOUGH_ROUNDS.start => {
                let grace = self.until.saturating_duration_since(begin) / 2;
                next_round_ends > self.until + grace
            }
            None => next_round_ends > self.until || done >= ENOUGH_ROUNDS.end || steady(),
        }
    }
}
