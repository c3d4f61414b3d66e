use rng::Rng;

use super::curve::{Curve, Point};

/// How often a curve is drawn again.
pub(super) const DRAWS: usize = 1000;

/// Seed of the generator. Any number would do; it only has to stay the same.
const SEED: u64 = 1967;

/// The generator for what is not drawn from the samples.
pub(super) fn rng() -> Rng {
    Rng::new(SEED + 1)
}

/// The medians of a curve that was drawn again: of each point, the time and the capacity.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Draw {
    pub(super) seconds: Vec<f64>,
    pub(super) cores: Vec<f64>,
}

/// The medians of `curve`, drawn again [`DRAWS`] times.
///
/// Each point's rounds are drawn with replacement, as many as there are, a time always with the capacity
/// beside it. That is what another measurement would have given, as far as these rounds can say.
pub(super) fn medians(curve: &Curve) -> Vec<Draw> {
    let mut rng = Rng::new(SEED);
    let mut tally = Vec::new();
    let mut draw = |point: &Point| medians_of(point, &mut rng, &mut tally);
    let mut draw_all = || curve.points().iter().map(&mut draw).unzip();
    (0..DRAWS)
        .map(|_| {
            let (seconds, cores) = draw_all();
            Draw { seconds, cores }
        })
        .collect()
}

/// The median time and the median capacity of one draw.
///
/// A tally of how often each round was drawn is as good as the sorted draw, and made sooner.
fn medians_of(point: &Point, rng: &mut Rng, tally: &mut Vec<usize>) -> (f64, f64) {
    let count = point.rounds.len();
    tally.clear();
    tally.resize(count, 0);
    for _ in 0..count {
        tally[rng.below(count)] += 1;
    }
    let (lower, upper) = ((count - 1) / 2, count / 2);
    let seconds = |rank| point.rounds[place(tally.iter(), rank)].seconds;
    let drawn_by_cores = || point.by_cores.iter().map(|place| &tally[*place]);
    let cores = |rank| point.rounds[point.by_cores[place(drawn_by_cores(), rank)]].cores;
    (f64::midpoint(seconds(lower), seconds(upper)), f64::midpoint(cores(lower), cores(upper)))
}

/// Which round has the given rank, from 0, in the sorted draw.
fn place<'t>(tally: impl Iterator<Item = &'t usize>, rank: usize) -> usize {
    let counted = tally.scan(0, |sum, times| {
        *sum += times;
        Some(*sum)
    });
    counted.take_while(|drawn| *drawn <= rank).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draw_has_the_spread_that_theory_gives() {
        // The median of 3 draws from 3 samples is the middle one in 13 of 27 draws.
        let curve = Curve::new(vec![(1, vec![1.0, 2.0, 3.0])]);
        let drawn = medians(&curve);
        let times = |value: f64| drawn.iter().filter(|draw| draw.seconds[0] == value).count();
        assert!((430..530).contains(&times(2.0)), "{}", times(2.0));
        assert_eq!(times(1.0) + times(2.0) + times(3.0), DRAWS);
        // Of two samples, half of the draws have both, and so their mean.
        let curve = Curve::new(vec![(1, vec![1.0, 3.0])]);
        let both = medians(&curve).iter().filter(|draw| draw.seconds[0] == 2.0).count();
        assert!((450..550).contains(&both), "{both}");
    }

    #[test]
    fn the_same_curve_gives_the_same_draws() {
        let curve = Curve::new(vec![(1, vec![1.0, 2.0, 4.0]), (2, vec![0.5])]);
        assert_eq!(medians(&curve), medians(&curve));
        let all = medians(&curve);
        assert!(all.iter().all(|draw| draw.seconds.len() == 2 && draw.seconds[1] == 0.5));
    }

    /// The time doubles where the cores are half, and no draw parts the two.
    #[test]
    fn a_time_is_drawn_with_the_capacity_beside_it() {
        let round = |cores: f64| crate::Round { seconds: 2.0 / cores, cores };
        let curve = Curve::of_rounds(vec![(2, [1.0, 2.0, 1.6].map(round).to_vec())]);
        let all = medians(&curve);
        assert!(all.iter().all(|draw| (draw.seconds[0] * draw.cores[0] - 2.0).abs() < 1e-12));
        assert!(all.iter().any(|draw| draw.cores[0] == 1.0));
    }
}
