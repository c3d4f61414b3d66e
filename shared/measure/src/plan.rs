use std::time::Instant;

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

    /// Whether `done` rounds are enough: they began at `begin`, it is `now`, and `steady` says whether
    /// all medians have converged. It is asked only where the numbers may be looked at.
    pub fn is_over(
        &self,
        done: usize,
        begin: Instant,
        now: Instant,
        steady: impl FnOnce() -> bool,
    ) -> bool {
        if let Some(rounds) = self.rounds {
            return done >= rounds;
        }
        let round = now.saturating_duration_since(begin).div_f64(done as f64);
        let ends = |more: usize| now + round.mul_f64(more as f64);
        // What was begun may take half as long again: an interval, or the way to the next look.
        let grace = self.until.saturating_duration_since(begin) / 2;
        let next = LOOKS.into_iter().find(|look| *look > done);
        match next {
            None => true,
            Some(next) if LOOKS.contains(&done) => ends(next - done) > self.until || steady(),
            Some(_) if done < ENOUGH || done > LOOKS[0] => ends(1) > self.until + grace,
            Some(_) => ends(1) > self.until,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// How many rounds of one second each there are within `seconds`, if the medians are steady after
    /// `steady` rounds.
    fn rounds(seconds: u64, steady: usize) -> usize {
        let begin = Instant::now();
        let plan = Plan { rounds: None, until: begin + Duration::from_secs(seconds) };
        let over = |done: &usize| {
            let now = begin + Duration::from_secs(*done as u64);
            plan.is_over(*done, begin, now, || *done >= steady)
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
        assert_eq!([19, 20, 39, 40].map(|seconds| rounds(seconds, 99)), [10, 20, 20, 40]);
    }

    #[test]
    fn the_clock_alone_decides_before_the_first_look() {
        assert_eq!([1, 2, 4, 6, 9].map(|seconds| rounds(seconds, 0)), [1, 3, 6, 6, 9]);
    }

    #[test]
    fn a_fixed_number_is_kept() {
        let begin = Instant::now();
        let over = |done: &usize| Plan::rounds(7).is_over(*done, begin, begin, || true);
        assert_eq!((1..).find(over), Some(7));
        assert!(!Plan::rounds(7).looks());
    }
}
