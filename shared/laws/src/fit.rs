use super::bootstrap::Draw;
use super::curve::{Curve, Point};
use super::law::Shape;
use super::noise::{Noise, moved, sum_of_squares};
use super::squares::{self, Row};
use super::{Estimate, Law, amdahl_limit, universal_peak};

/// How far a law stands off the points that it was fitted to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Misfit {
    /// The worker count of the point that the law misses most.
    pub workers: usize,
    /// How far, over the measured time: 0.1 where the law says 10 % longer, -0.1 for 10 % shorter.
    pub off: f64,
    /// How often noise alone would miss the points by as much in all, from 0 to 1, were the law true.
    pub by_chance: f64,
}

impl Misfit {
    /// Whether noise is no good reason: it would do this in fewer than one of twenty curves.
    pub fn beyond_noise(&self) -> bool {
        self.by_chance < 0.05
    }

    /// Whether the law surely does not hold: the miss is beyond noise, and a reader would see it in
    /// a chart (2 % or more).
    pub fn matters(&self) -> bool {
        self.beyond_noise() && self.off.abs() >= 0.02
    }
}

/// Below this chance an interval no longer trusts the noise alone. Doubt is due sooner than a claim
/// ([`Misfit::beyond_noise`]): with few points, a law that does not hold often looks as if it did.
const DOUBT: f64 = 0.1;

/// A law, fitted to a curve.
///
/// The coefficients are those whose times come nearest to the medians: the sum of the squares of the
/// relative distances is smallest, with every fraction and cost at zero or above (Amdahl's fraction
/// also at one or below). The intervals come from a thousand redrawn curves; [`crate`] says
/// how far to believe them.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// Which law it is.
    pub law: Law,
    /// The time of one worker in seconds, as the law has it; the measured one may differ a little.
    pub one_worker: Estimate,
    /// Amdahl: the serial fraction, 0 to 1. Universal: the fraction that waits in line, 0 or more.
    pub contention: Estimate,
    /// What each further worker adds to the time, over the time of one worker. Zero for Amdahl.
    pub coherence: Estimate,
    /// How far the law stands off the points.
    pub misfit: Misfit,
    shape: Shape,
    redrawn: Vec<Shape>,
}

impl Fit {
    /// `law`, fitted to `curve`, of which `medians` are the redrawn ones; `None` below
    /// [`Law::least_counts`].
    pub(super) fn of(law: Law, curve: &Curve, medians: &[Draw]) -> Option<Self> {
        let points = curve.points();
        if points.len() < law.least_counts() {
            return None;
        }
        let rows: Vec<Row> =
            points.iter().map(|point| law.row(point.workers, point.cores())).collect();
        let measured: Vec<f64> = points.iter().map(Point::median).collect();
        let rows_of = |draw: &Draw| -> Vec<Row> {
            let each = points.iter().zip(&draw.cores);
            each.map(|(point, cores)| law.row(point.workers, *cores)).collect()
        };
        let solve = |rows: &[Row], times: &[f64]| {
            squares::fit(rows, times, law.supports())
                .expect("T1 alone always has an answer above zero: rows and times are positive")
        };

        let best = solve(&rows, &measured);
        let off = squares::residuals(&rows, &measured, &best);
        let noise = Noise::of(&rows, &measured, medians, &best, rows_of, solve);
        let by_chance = noise.at_least(sum_of_squares(&off));
        let freedom = points.len() - law.unknowns();
        let scatter = (sum_of_squares(&off) - noise.mean()).max(0.0) / freedom as f64;
        let workers = points.iter().map(|point| point.workers);
        let (workers, off) = workers
            .zip(off)
            .max_by(|(_, a), (_, b)| a.abs().total_cmp(&b.abs()))
            .expect("a curve that is fitted has points");
        let misfit = Misfit { workers, off, by_chance };

        let moved = moved(medians, scatter, (by_chance < DOUBT).then_some(freedom));
        let answers: Vec<Row> =
            moved.iter().map(|draw| solve(&rows_of(draw), &draw.seconds)).collect();
        let one = law.row(1, 1.0);
        let redrawn: Vec<Shape> = answers.iter().map(|answer| law.shape(answer)).collect();
        let shape = law.shape(&best);
        let estimate =
            |read: fn(&Shape) -> f64| Estimate::of(read(&shape), redrawn.iter().map(read));
        Some(Fit {
            law,
            one_worker: Estimate::of(
                squares::product(&one, &best),
                answers.iter().map(|answer| squares::product(&one, answer)),
            ),
            contention: estimate(|shape| shape.contention),
            coherence: estimate(|shape| shape.coherence),
            misfit,
            shape,
            redrawn,
        })
    }

    /// The speedup over one worker of the same strategy, as the law has it, of `workers` workers who each
    /// have a core as fast as the fastest.
    ///
    /// That is not the speedup over the best sequential run, which may be faster than one worker.
    pub fn predict(&self, workers: usize) -> Estimate {
        self.predict_on(workers, workers as f64)
    }

    /// The same of `workers` workers who together have as many `cores`.
    pub fn predict_on(&self, workers: usize, cores: f64) -> Estimate {
        self.estimate(|shape| shape.speedup(workers, cores))
    }

    /// The speedup that no number of workers reaches. Infinite where nothing waits, and of no use
    /// where the coherence is above zero: there the speedup has a peak.
    pub fn limit(&self) -> Estimate {
        self.estimate(|shape| amdahl_limit(shape.contention))
    }

    /// The number of workers with the largest speedup, not rounded; infinite without coherence.
    pub fn peak(&self) -> Estimate {
        self.estimate(|shape| universal_peak(shape.contention, shape.coherence))
    }

    fn estimate(&self, read: impl Fn(&Shape) -> f64) -> Estimate {
        Estimate::of(read(&self.shape), self.redrawn.iter().map(&read))
    }
}
