//! From values to places in the drawing.

/// An axis: values from `low` to `high` lie between the places `start` and `end`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    kind: Kind,
    low: f64,
    high: f64,
    start: f64,
    end: f64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    /// Equal distances are equal differences.
    Linear,
    /// Equal distances are equal ratios.
    Log,
}

impl Scale {
    /// A linear axis over `values`, drawn over `places`.
    pub(super) fn linear(values: (f64, f64), places: (f64, f64)) -> Self {
        let (low, high) = ordered(values, (0.0, 1.0));
        let high = if high > low { high } else { low + low.abs().max(1.0) };
        Scale { kind: Kind::Linear, low, high, start: places.0, end: places.1 }
    }

    /// A logarithmic axis over `values`, which are above zero, drawn over `places`.
    pub(super) fn log(values: (f64, f64), places: (f64, f64)) -> Self {
        let (low, high) = ordered(values, (1.0, 10.0));
        // Also the ratio of the two has to be a number.
        let low = low.clamp(1e-150, 1e150);
        let high = high.clamp(low * 1.01, 1e152);
        Scale { kind: Kind::Log, low, high, start: places.0, end: places.1 }
    }

    /// The place of `value`; values beyond an end lie at that end.
    pub(super) fn at(&self, value: f64) -> f64 {
        let value = if value.is_finite() { value.clamp(self.low, self.high) } else { self.low };
        let share = match self.kind {
            Kind::Linear => (value - self.low) / (self.high - self.low),
            Kind::Log => (value / self.low).ln() / (self.high / self.low).ln(),
        };
        self.start + share * (self.end - self.start)
    }

    /// The largest value.
    pub(super) fn high(&self) -> f64 {
        self.high
    }

    /// About `wanted` round values, from low to high.
    pub(super) fn ticks(&self, wanted: usize) -> Vec<f64> {
        match self.kind {
            Kind::Linear => self.linear_ticks(wanted.max(1)),
            Kind::Log => self.log_ticks(wanted.max(1)),
        }
    }

    fn linear_ticks(&self, wanted: usize) -> Vec<f64> {
        let step = round_up((self.high - self.low) / wanted as f64);
        let first = (self.low / step).ceil();
        let count = ((self.high / step).floor() - first).clamp(0.0, 50.0) as usize;
        (0..=count).map(|place| (first + place as f64) * step).collect()
    }

    /// Powers of ten, every one or every second one or so; 1, 2 and 5 times them where they are few.
    fn log_ticks(&self, wanted: usize) -> Vec<f64> {
        let first = self.low.log10().floor() as i32;
        let last = self.high.log10().ceil() as i32;
        let decades = usize::try_from(last - first).unwrap_or(0);
        let (every, within): (usize, &[f64]) = match decades {
            0..=2 if decades * 2 < wanted => (1, &[1.0, 2.0, 5.0]),
            _ => (decades.div_ceil(wanted).max(1), &[1.0]),
        };
        // The bounds are of the axis, give or take what rounding loses.
        let range = self.low * 0.999_999..=self.high * 1.000_001;
        (first..=last)
            .step_by(every)
            .flat_map(|exponent| within.iter().map(move |times| times * 10_f64.powi(exponent)))
            .filter(|tick| range.contains(tick))
            .collect()
    }
}

/// The next 1, 2 or 5 times a power of ten that is not below `value`.
pub(super) fn round_up(value: f64) -> f64 {
    let value = if value.is_finite() { value.clamp(1e-300, 1e300) } else { 1.0 };
    let power = 10_f64.powf(value.log10().floor());
    let times = [1.0, 2.0, 5.0].into_iter().find(|times| times * power >= value * 0.999_999);
    times.unwrap_or(10.0) * power
}

/// The smallest and the largest of `values`, where there are any numbers among them.
pub(super) fn extent(values: impl IntoIterator<Item = f64>) -> Option<(f64, f64)> {
    let mut numbers = values.into_iter().filter(|value| value.is_finite());
    let first = numbers.next()?;
    Some(numbers.fold((first, first), |(low, high), value| (low.min(value), high.max(value))))
}

fn ordered((one, other): (f64, f64), fallback: (f64, f64)) -> (f64, f64) {
    if !one.is_finite() || !other.is_finite() {
        return fallback;
    }
    // Differences of what is larger could overflow.
    let (one, other) = (one.clamp(-1e300, 1e300), other.clamp(-1e300, 1e300));
    (one.min(other), one.max(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_find_their_places() {
        let linear = Scale::linear((0.0, 10.0), (100.0, 0.0));
        assert_eq!((linear.at(0.0), linear.at(5.0), linear.at(20.0)), (100.0, 50.0, 0.0));
        let log = Scale::log((1.0, 100.0), (0.0, 10.0));
        assert!((log.at(10.0) - 5.0).abs() < 1e-9);
        assert_eq!(log.at(f64::NAN), 0.0);
    }

    #[test]
    fn ticks_are_round_and_inside() {
        assert_eq!(Scale::linear((0.0, 9.3), (0.0, 1.0)).ticks(5), [0.0, 2.0, 4.0, 6.0, 8.0]);
        assert_eq!(Scale::log((1.0, 1000.0), (0.0, 1.0)).ticks(6), [1.0, 10.0, 100.0, 1000.0]);
        let few = Scale::log((0.8, 6.0), (0.0, 1.0)).ticks(6);
        assert_eq!(few, [1.0, 2.0, 5.0]);
    }

    #[test]
    fn odd_ranges_still_make_an_axis() {
        let odd = [(1.0, 1.0), (0.0, 0.0), (f64::NAN, 1.0), (0.0, f64::INFINITY), (-1e308, 1e308)];
        for values in odd {
            for scale in [Scale::linear(values, (0.0, 100.0)), Scale::log(values, (0.0, 100.0))] {
                let ticks = scale.ticks(5);
                assert!(ticks.len() <= 51, "{values:?}: {} ticks", ticks.len());
                let places: Vec<f64> = ticks.into_iter().map(|tick| scale.at(tick)).collect();
                assert!(places.iter().all(|place| (0.0..=100.0).contains(place)), "{places:?}");
            }
        }
    }
}
