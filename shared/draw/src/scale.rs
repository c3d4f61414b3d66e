//! From values to places in the drawing.

/// An axis: values from `low` to `high` lie between the places `start` and `end`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
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
    pub fn linear(values: (f64, f64), places: (f64, f64)) -> Self {
        let (low, high) = ordered(values, (0.0, 1.0));
        let high = if high > low { high } else { low + low.abs().max(1.0) };
        Scale { kind: Kind::Linear, low, high, start: places.0, end: places.1 }
    }

    /// A logarithmic axis over `values`, which are above zero, drawn over `places`.
    pub fn log(values: (f64, f64), places: (f64, f64)) -> Self {
        let (low, high) = ordered(values, (1.0, 10.0));
        // Also the ratio of the two has to be a number.
        let low = low.clamp(1e-150, 1e150);
        let high = high.clamp(low * 1.01, 1e152);
        Scale { kind: Kind::Log, low, high, start: places.0, end: places.1 }
    }

    /// The place of `value`; values beyond an end lie at that end.
    pub fn at(&self, value: f64) -> f64 {
        let value = if value.is_finite() { value.clamp(self.low, self.high) } else { self.low };
        let share = match self.kind {
            Kind::Linear => (value - self.low) / (self.high - self.low),
            Kind::Log => (value / self.low).ln() / (self.high / self.low).ln(),
        };
        self.start + share * (self.end - self.start)
    }

    /// The smallest value.
    pub fn low(&self) -> f64 {
        self.low
    }

    /// The largest value.
    pub fn high(&self) -> f64 {
        self.high
    }

    /// About `wanted` round values, from low to high.
    pub fn ticks(&self, wanted: usize) -> Vec<f64> {
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

    /// Powers of ten, every one or every second one or so; 1, 2 and 5 times them where they are few;
    /// equal steps where also those are fewer than three.
    fn log_ticks(&self, wanted: usize) -> Vec<f64> {
        let first = self.low.log10().floor() as i32;
        let last = self.high.log10().ceil() as i32;
        let decades = usize::try_from(last - first).unwrap_or(0);
        let every = i32::try_from(decades.div_ceil(wanted).max(1)).unwrap_or(1);
        // The bounds are of the axis, give or take what rounding loses.
        let range = self.low * 0.999_999..=self.high * 1.000_001;
        let powers = |every: i32, within: &[f64]| -> Vec<f64> {
            (first..=last)
                .filter(|exponent| exponent % every == 0)
                .flat_map(|exponent| within.iter().map(move |times| times * 10_f64.powi(exponent)))
                .filter(|tick| range.contains(tick))
                .collect()
        };
        let few = decades <= 2 && decades * 2 < wanted;
        let mut tens = (1..=every).rev().filter(|_| !few).map(|every| powers(every, &[1.0]));
        if let Some(tens) = tens.find(|ticks| ticks.len() >= LEAST) {
            return tens;
        }
        let between = powers(1, &[1.0, 2.0, 5.0]);
        if between.len() >= LEAST {
            return between;
        }
        let mut equal = (wanted..wanted + 20).map(|wanted| self.linear_ticks(wanted));
        equal.find(|ticks| ticks.len() >= LEAST).unwrap_or(between)
    }
}

/// The fewest ticks that tell equal steps from equal ratios.
const LEAST: usize = 3;

/// The next 1, 2 or 5 times a power of ten that is not below `value`.
fn round_up(value: f64) -> f64 {
    let value = if value.is_finite() { value.clamp(1e-300, 1e300) } else { 1.0 };
    let power = 10_f64.powf(value.log10().floor());
    let times = [1.0, 2.0, 5.0].into_iter().find(|times| times * power >= value * 0.999_999);
    times.unwrap_or(10.0) * power
}

/// The smallest and the largest of `values`, where there are any numbers among them.
pub fn extent(values: impl IntoIterator<Item = f64>) -> Option<(f64, f64)> {
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
        let shifted = Scale::log((5e-8, 1e-3), (0.0, 1.0)).ticks(5);
        assert_eq!(shifted.len(), 5, "every power of ten: {shifted:?}");
        let few = Scale::log((0.8, 6.0), (0.0, 1.0)).ticks(6);
        assert_eq!(few, [1.0, 2.0, 5.0]);
        let around_one = Scale::log((0.8, 1.25), (0.0, 1.0)).ticks(5);
        assert_eq!(
            around_one.iter().map(|tick| (tick * 10.0).round()).collect::<Vec<f64>>(),
            [8.0, 9.0, 10.0, 11.0, 12.0]
        );
    }

    #[test]
    fn an_axis_around_one_has_it_and_two_more() {
        for farthest in [1.01, 1.1, 1.25, 1.6, 1.9, 2.0, 3.0, 7.0, 15.0, 200.0, 1e4, 1e6, 1e18] {
            let ticks = Scale::log((1.0 / farthest, farthest), (0.0, 1.0)).ticks(5);
            assert!((3..=12).contains(&ticks.len()), "{farthest}: {ticks:?}");
            assert!(ticks.iter().any(|tick| (tick - 1.0).abs() < 1e-9), "{farthest}: {ticks:?}");
        }
    }

    #[test]
    fn the_extent_is_that_of_the_numbers() {
        assert_eq!(extent([2.0, f64::NAN, 0.5, f64::INFINITY, 9.0]), Some((0.5, 9.0)));
        assert_eq!(extent([]), None);
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
