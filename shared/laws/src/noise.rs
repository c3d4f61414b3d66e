use rng::Rng;

use super::bootstrap::{self, Draw};
use super::squares::{self, Row};

/// How far noise alone makes a law miss its points: the sums of squares of curves that follow the
/// law, and have the noise of the samples.
pub(super) struct Noise(Vec<f64>);

impl Noise {
    pub(super) fn of(
        rows: &[Row],
        measured: &[f64],
        medians: &[Draw],
        law: &Row,
        rows_of: impl Fn(&Draw) -> Vec<Row>,
        solve: impl Fn(&[Row], &[f64]) -> Row,
    ) -> Self {
        let exact: Vec<f64> = rows.iter().map(|row| squares::product(row, law)).collect();
        let misses = medians.iter().map(|draw| {
            let each = exact.iter().zip(&draw.seconds).zip(measured);
            let times: Vec<f64> =
                each.map(|((exact, drawn), median)| exact * drawn / median).collect();
            let rows = rows_of(draw);
            sum_of_squares(&squares::residuals(&rows, &times, &solve(&rows, &times)))
        });
        Noise(misses.collect())
    }

    pub(super) fn mean(&self) -> f64 {
        self.0.iter().sum::<f64>() / self.0.len() as f64
    }

    /// The share of curves with a sum of at least this.
    pub(super) fn at_least(&self, sum: f64) -> f64 {
        // Rounding makes a perfect fit miss by some 1e-16.
        let count = self.0.iter().filter(|miss| **miss + 1e-24 >= sum).count();
        count as f64 / self.0.len() as f64
    }
}

/// The sum of `freedom` squared normal numbers, over `freedom`: how far off a variance may be that was
/// estimated from so few.
fn variance_of(freedom: usize, rng: &mut Rng) -> f64 {
    let squares: f64 = (0..freedom).map(|_| rng.normal().powi(2)).sum();
    squares / freedom as f64
}

pub(super) fn sum_of_squares(numbers: &[f64]) -> f64 {
    numbers.iter().map(|number| number * number).sum()
}

/// The redrawn medians, each moved by what noise does not explain: `scatter` is its variance.
///
/// Where there is surely such a scatter, it was estimated from as many points as the curve has
/// `beyond` the unknowns, and may really be larger: that makes Student's distribution out of the
/// normal one. Where noise would do (`None`), that would widen the intervals of most good curves
/// several times for nothing.
pub(super) fn moved(medians: &[Draw], scatter: f64, beyond: Option<usize>) -> Vec<Draw> {
    let mut rng = bootstrap::rng();
    let mut move_all = |draw: &Draw| {
        let estimated = beyond.map_or(1.0, |freedom| variance_of(freedom, &mut rng));
        let deviation = (scatter / estimated).sqrt();
        // Twenty times longer or shorter is further than any interval has to reach.
        let mut factor = || (deviation * rng.normal()).clamp(-3.0, 3.0).exp();
        let seconds = draw.seconds.iter().map(|median| median * factor()).collect();
        Draw { seconds, cores: draw.cores.clone() }
    };
    medians.iter().map(&mut move_all).collect()
}
