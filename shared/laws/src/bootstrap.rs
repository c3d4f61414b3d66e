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

/// The medians of `curve`, drawn again [`DRAWS`] times: one median per point in each draw.
///
/// Each point's samples are drawn with replacement, as many as there are. That is what another
/// measurement would have given, as far as these samples can say.
pub(super) fn medians(curve: &Curve) -> Vec<Vec<f64>> {
    let mut rng = Rng::new(SEED);
    let mut tally = Vec::new();
    let mut draw = |point: &Point| median(&point.samples, &mut rng, &mut tally);
    (0..DRAWS).map(|_| curve.points().iter().map(&mut draw).collect()).collect()
}

/// The median of one draw from samples that are sorted.
///
/// A tally of how often each sample was drawn is as good as the sorted draw, and made sooner.
fn median(samples: &[f64], rng: &mut Rng, tally: &mut Vec<usize>) -> f64 {
    let count = samples.len();
    tally.clear();
    tally.resize(count, 0);
    for _ in 0..count {
        tally[rng.below(count)] += 1;
    }
    let (lower, upper) = ((count - 1) / 2, count / 2);
    f64::midpoint(samples[place(tally, lower)], samples[place(tally, upper)])
}

/// Which sample has the given rank, from 0, in the sorted draw.
fn place(tally: &[usize], rank: usize) -> usize {
    let counted = tally.iter().scan(0, |sum, times| {
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
        let times = |value: f64| drawn.iter().filter(|draw| draw[0] == value).count();
        assert!((430..530).contains(&times(2.0)), "{}", times(2.0));
        assert_eq!(times(1.0) + times(2.0) + times(3.0), DRAWS);
        // Of two samples, half of the draws have both, and so their mean.
        let curve = Curve::new(vec![(1, vec![1.0, 3.0])]);
        let both = medians(&curve).iter().filter(|draw| draw[0] == 2.0).count();
        assert!((450..550).contains(&both), "{both}");
    }

    #[test]
    fn the_same_curve_gives_the_same_draws() {
        let curve = Curve::new(vec![(1, vec![1.0, 2.0, 4.0]), (2, vec![0.5])]);
        assert_eq!(medians(&curve), medians(&curve));
        assert!(medians(&curve).iter().all(|draw| draw.len() == 2 && draw[1] == 0.5));
    }
}
