use super::bootstrap;
use super::{Curve, Estimate, gustafson_serial};

/// What a curve of growing work says: p workers were given p times the work of one.
///
/// There is nothing to fit: each worker count gives its own scaled speedup, `p T(1) / T(p)`, and
/// Gustafson's serial fraction. Where the fraction stays the same over the counts, the law holds.
#[derive(Debug, Clone, PartialEq)]
pub struct WeakReading {
    /// One entry per worker count above one, from few to many. Empty where the time of one worker is
    /// missing: then there is nothing to compare with.
    pub points: Vec<WeakPoint>,
    /// The number of samples of the worker count that has fewest.
    pub fewest_samples: usize,
    /// How many samples were left out because they are no times.
    pub dropped: usize,
}

/// What one worker count says about Gustafson's law.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeakPoint {
    /// The number of workers, and of times that the work of one worker was done.
    pub workers: usize,
    /// How many times the work of one worker was done in the time that one worker takes for it.
    pub scaled_speedup: Estimate,
    /// The fraction of the parallel time that one worker spends while the others wait. Zero where
    /// the speedup is larger than the number of workers; above one where it is a slowdown.
    pub serial: Estimate,
}

impl WeakReading {
    /// Reads `curve`, whose work grew with the workers.
    ///
    /// The intervals know the noise of the samples, and nothing else: a point that stands alone
    /// shows no misfit.
    pub fn of(curve: &Curve) -> Self {
        let medians = bootstrap::medians(curve);
        let alone = curve.median(1);
        let read = |(place, workers): (usize, usize)| {
            let scaled = |alone: f64, shared: f64| workers as f64 * alone / shared;
            // Counts are sorted: the one worker comes first.
            let redrawn =
                || medians.iter().map(|draw| scaled(draw.seconds[0], draw.seconds[place]));
            let speedup = scaled(alone?, curve.median(workers)?);
            let serial =
                |speedup: f64| gustafson_serial(speedup, workers).map(|part| part.max(0.0));
            Some(WeakPoint {
                workers,
                scaled_speedup: Estimate::of(speedup, redrawn()),
                serial: Estimate::of(serial(speedup)?, redrawn().filter_map(serial)),
            })
        };
        WeakReading {
            points: curve.counts().into_iter().enumerate().filter_map(read).collect(),
            fewest_samples: curve.fewest_samples(),
            dropped: curve.dropped(),
        }
    }

    /// Whether the serial fraction of the most workers is surely larger than that of the fewest:
    /// then it is no serial part, but a cost that comes with the workers.
    pub fn grows(&self) -> bool {
        let ends = self.points.first().zip(self.points.last());
        ends.is_some_and(|(few, many)| many.serial.low > few.serial.high)
    }
}
