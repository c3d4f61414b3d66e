use std::time::{Duration, Instant};

/// How long to measure.
///
/// Who stops as soon as the numbers look good stops too often by luck. So the number of rounds is fixed
/// before the first of them, or the numbers are looked at a few times only, each time with
/// [intervals](crate::Interval::after) that allow for that.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// How many rounds; `None`: 10, 20 or 40, as many as steady medians need; fewer where `until` comes
    /// first.
    pub rounds: Option<usize>,
    /// When the measuring should be over.
    pub until: Instant,
}

/// After so many rounds the numbers are looked at, and not between.
pub(crate) const LOOKS: [usize; 3] = [10, 20, 40];

/// So many rounds make an interval.
const ENOUGH: usize = 6;

impl Plan {
    /// Exactly so many rounds.
    pub fn rounds(rounds: usize) -> Self {
        Plan { rounds: Some(rounds), until: Instant::now() }
    }

    /// Whether what the rounds show decides how many there will be.
    pub fn looks(&self) -> bool {
        self.rounds.is_none()
    }

    /// Whether so many rounds are enough: it is `now`, and `steady` says whether all medians have
    /// converged. It is asked only where the numbers may be looked at.
    pub(crate) fn is_over(&self, pace: Pace, now: Instant, steady: impl FnOnce() -> bool) -> bool {
        let done = pace.done;
        if let Some(rounds) = self.rounds {
            return done >= rounds;
        }
        let ends = |more: usize| now + pace.round(now).mul_f64(more as f64);
        // What was begun may take half as long again: an interval, or the way to the next look.
        let grace = self.until.saturating_duration_since(pace.begin) / 2;
        let next = LOOKS.into_iter().find(|look| *look > done);
        match next {
            None => true,
            Some(next) if LOOKS.contains(&done) => ends(next - done) > self.until || steady(),
            Some(_) if done < ENOUGH || done > LOOKS[0] => ends(1) > self.until + grace,
            Some(_) => ends(1) > self.until,
        }
    }
}

/// How the rounds go on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pace {
    /// How many there were.
    pub(crate) done: usize,
    /// When they began.
    pub(crate) begin: Instant,
    /// When the first of them was over, in which everything also warmed up.
    pub(crate) warm: Instant,
}

impl Pace {
    /// How long a round takes. The first one calls most work three times.
    fn round(&self, now: Instant) -> Duration {
        match self.done {
            0 | 1 => self.warm.saturating_duration_since(self.begin) / 3,
            done => now.saturating_duration_since(self.warm).div_f64((done - 1) as f64),
        }
    }
}

#[cfg(test)]
mod tests {

    use super::*;

    /// How many rounds of one second each there are within `seconds`, if the first takes as long as three,
    /// and the medians are steady after `steady` rounds.
    fn rounds(seconds: u64, steady: usize) -> usize {
        let begin = Instant::now();
        let after = |seconds: usize| begin + Duration::from_secs(seconds as u64);
        let plan = Plan { rounds: None, until: begin + Duration::from_secs(seconds) };
        let over = |done: &usize| {
            let pace = Pace { done: *done, begin, warm: after(3) };
            plan.is_over(pace, after(*done + 2), || *done >= steady)
        };
        (1..).find(over).expect("it ends")
    }

    #[test]
    fn there_are_10_20_or_40_rounds_where_there_is_time() {
        assert_eq!(
            [0, 10, 11, 20, 21, 99].map(|steady| rounds(99, steady)),
            [10, 10, 20, 20, 40, 40]
        );
    }

    #[test]
    fn who_has_no_time_for_the_next_look_stops_at_this_one() {
        assert_eq!([21, 22, 41, 42].map(|seconds| rounds(seconds, 99)), [10, 20, 20, 40]);
    }

    #[test]
    fn the_clock_alone_decides_before_the_first_look() {
        assert_eq!([1, 4, 6, 8, 11].map(|seconds| rounds(seconds, 0)), [1, 4, 6, 6, 9]);
    }

    #[test]
    fn a_fixed_number_is_kept() {
        let begin = Instant::now();
        let pace = |done| Pace { done, begin, warm: begin };
        let over = |done: &usize| Plan::rounds(7).is_over(pace(*done), begin, || true);
        assert_eq!((1..).find(over), Some(7));
        assert!(!Plan::rounds(7).looks());
    }
}
