//! Whether one program is faster than another, as far as rounds of both can tell.

use measure::Interval;
use rng::Rng;
use serde::Serialize;

/// What is to be said of B beside A.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    Faster,
    Slower,
    CannotTell,
}

/// The difference between two programs.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Difference {
    /// The time of B over that of A.
    pub ratio: Interval,
    /// What cannot be told apart here, as a share of the time: so far the interval reaches towards 1.
    pub smallest: Option<f64>,
    /// How far A is from itself, as a share of its time.
    pub itself: f64,
    pub answer: Answer,
}

/// The times of one round: both of A, and both of B.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Round {
    pub a: [f64; 2],
    pub b: [f64; 2],
}

// ANCHOR: turns
/// Whose turn it is in a round, and which of its two times that is: A B B A, or B A A B. What a machine that becomes
/// slower by and by does to one, it does to both.
pub fn turns(rng: &mut Rng) -> [(usize, usize); 4] {
    let first = rng.below(2);
    // Which of the two runs of A is held against the other is drawn as well.
    let place = rng.below(2);
    [(first, place), (1 - first, place), (1 - first, 1 - place), (first, 1 - place)]
}
// ANCHOR_END: turns

/// The faster of two runs: what others take from one, they seldom take from both.
fn faster([one, two]: [f64; 2]) -> f64 {
    one.min(two)
}

/// The time of one of the two: the median of the faster runs of all rounds.
pub fn typical(rounds: &[Round], of: fn(&Round) -> [f64; 2]) -> Option<Interval> {
    Interval::of(&rounds.iter().map(|round| faster(of(round))).collect::<Vec<f64>>())
}
/// What these rounds tell, where there are so many comparisons. `None` where there are no rounds.
///
/// B is faster, or slower, only if the interval of the ratio leaves 1 out, and if the same rounds do not tell A from
/// itself: a machine that does that favours a place in the round, and tells nothing.
pub fn difference(rounds: &[Round], comparisons: usize) -> Option<Difference> {
    let interval = |ratio: fn(&Round) -> f64| {
        let ratios: Vec<f64> = rounds.iter().map(ratio).collect();
        // Surer than 95 %: twenty comparisons of equal programs shall not have an alarm.
        Interval::among(&ratios, comparisons)
    };
    let ratio = interval(|round| faster(round.b) / faster(round.a))?;
    let itself = interval(|round| round.a[0] / round.a[1])?;
    // As far as the interval reaches towards 1: a ratio that is further from it is told.
    let reach = |low: f64, high: f64| match ratio.median {
        slower if slower >= 1.0 => slower - low,
        faster => high - faster,
    };
    let smallest = ratio.low.zip(ratio.high).map(|(low, high)| reach(low, high));
    let off = (itself.median - 1.0).abs();
    let is_itself = !itself.is_below(1.0) && !itself.is_above(1.0);
    let is_told = is_itself && (ratio.median - 1.0).abs() > off;
    let answer = match ratio {
        faster if is_told && faster.is_below(1.0) => Answer::Faster,
        slower if is_told && slower.is_above(1.0) => Answer::Slower,
        _ => Answer::CannotTell,
    };
    Some(Difference { ratio, smallest, itself: off, answer })
}

impl Difference {
    /// The exit code of a gate that lets B take `most` longer, as a share: 1 where it surely is slower and takes more
    /// than that, 75 where so much cannot be told here.
    pub fn exit_code(&self, most: f64) -> u8 {
        match self.answer {
            Answer::Slower if self.ratio.median > 1.0 + most => 1,
            _ if self.smallest.is_none_or(|smallest| smallest > most)
                && self.ratio.high.is_none_or(|high| high > 1.0 + most) =>
            {
                75
            }
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sessions of 20 rounds with noise of about 2 % a run, in which B takes `slower` times as long; how many have
    /// an answer other than that nothing can be told.
    fn told(sessions: u64, slower: f64, load: impl Fn(usize) -> f64) -> usize {
        let session = |seed: &u64| {
            let mut rng = Rng::new(*seed);
            let mut noise =
                || (0..4).map(|_| 0.98 + 0.04 * rng.below(1000) as f64 / 1000.0).sum::<f64>() / 4.0;
            let round = |place| {
                let load = load(place);
                let mut time = |of: f64| of * load * (1.0 + 1.7 * (noise() - 1.0));
                Round { a: [time(1.0), time(1.0)], b: [time(slower), time(slower)] }
            };
            let rounds: Vec<Round> = (0..20).map(round).collect();
            difference(&rounds, 1).is_some_and(|difference| difference.answer != Answer::CannotTell)
        };
        (0..sessions).filter(session).count()
    }

    #[test]
    fn equal_programs_are_seldom_told_apart_and_unequal_ones_nearly_always() {
        assert!(told(400, 1.0, |_| 1.0) <= 20, "at most one in twenty");
        assert!(told(400, 1.05, |_| 1.0) >= 380, "nineteen in twenty");
        assert!(
            told(400, 1.0, |place| if place < 10 { 1.0 } else { 1.7 }) <= 20,
            "a load hits both"
        );
    }

    #[test]
    fn few_rounds_tell_nothing() {
        let round = Round { a: [1.0, 1.0], b: [2.0, 2.0] };
        assert!(difference(&[], 1).is_none());
        let few = difference(&[round; 6], 1).expect("some rounds");
        assert_eq!((few.answer, few.smallest), (Answer::CannotTell, None));
        assert_eq!(difference(&[round; 7], 1).expect("some rounds").answer, Answer::Slower);
    }

    #[test]
    fn a_gate_opens_only_where_it_can_see() {
        let of = |median: f64, width: f64, smallest, answer| {
            let (low, high) = (Some(median - width), Some(median + width));
            Difference {
                ratio: Interval { median, low, high },
                smallest: Some(smallest),
                itself: 0.0,
                answer,
            }
        };
        assert_eq!(of(1.10, 0.01, 0.01, Answer::Slower).exit_code(0.05), 1);
        assert_eq!(
            of(1.03, 0.01, 0.01, Answer::Slower).exit_code(0.05),
            0,
            "less than the gate allows"
        );
        assert_eq!(of(0.9, 0.01, 0.01, Answer::Faster).exit_code(0.05), 0);
        assert_eq!(of(1.0, 0.01, 0.01, Answer::CannotTell).exit_code(0.05), 0);
        assert_eq!(
            of(1.0, 0.2, 0.15, Answer::CannotTell).exit_code(0.05),
            75,
            "it would not see 5 %"
        );
        assert_eq!(of(0.5, 0.1, 0.15, Answer::Faster).exit_code(0.05), 0, "surely no slower");
    }
}
