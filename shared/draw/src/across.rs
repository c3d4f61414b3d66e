//! The axes that run from left to right, with their ticks.

use std::collections::BTreeSet;

use crate::picture::text_width;
use crate::scale::Scale;
use crate::ticks::tick;

/// What lies along the bottom of a plot.
#[derive(Debug, Clone)]
pub enum Across {
    /// Counts, such as of workers. Those above `full` stand one by one in a strip of their own, because
    /// there the distance between them means nothing any more.
    Counts {
        /// All counts that are drawn.
        counts: BTreeSet<usize>,
        /// The last one before the strip.
        full: usize,
        /// What the strip is for.
        beyond: &'static str,
        /// Whether to draw equal ratios as equal distances.
        log: bool,
    },
    /// Values on a logarithmic axis, each of which has its tick.
    Log {
        /// The values, from low to high.
        values: Vec<f64>,
        /// How a value is written.
        write: fn(f64) -> String,
    },
}

/// An axis that has found its place.
pub(crate) struct Placed {
    scale: Scale,
    /// The counts beyond the full one, each with its place.
    past: Vec<(f64, f64)>,
    /// Place and text of each tick.
    pub(crate) ticks: Vec<(f64, String)>,
    /// From where to where the strip reaches.
    pub(crate) strip: Option<(f64, f64)>,
    /// What the strip is for.
    pub(crate) beyond: &'static str,
}

/// How wide the strip is with one count, and by how much each further one widens it.
const STRIP: (f64, f64) = (84.0, 34.0);

impl Across {
    /// The axis between two places.
    pub(crate) fn placed(&self, left: f64, right: f64) -> Placed {
        match self {
            Across::Counts { counts, full, beyond, log } => {
                Placed { beyond, ..self::counts(counts, *full, *log, (left, right)) }
            }
            Across::Log { values, write } => {
                let ends = (values.first().copied(), values.last().copied());
                let ends = (ends.0.unwrap_or(1.0), ends.1.unwrap_or(10.0));
                let scale = Scale::log(ends, (left + 8.0, right - 8.0));
                let ticks = values.iter().map(|value| (scale.at(*value), write(*value)));
                Placed {
                    scale,
                    past: vec![],
                    ticks: apart(ticks.collect()),
                    strip: None,
                    beyond: "",
                }
            }
        }
    }
}

impl Placed {
    /// The first and the last value within the axis; what lies in the strip is beyond.
    pub(crate) fn reach(&self) -> (f64, f64) {
        (self.scale.low(), self.scale.high())
    }

    /// The place of `value`.
    pub(crate) fn at(&self, value: f64) -> f64 {
        let strip = self.past.iter().find(|(past, _)| *past == value);
        strip.map_or_else(|| self.scale.at(value), |(_, place)| *place)
    }
}

fn counts(counts: &BTreeSet<usize>, full: usize, log: bool, (left, right): (f64, f64)) -> Placed {
    let many: Vec<usize> = counts.iter().copied().filter(|count| *count > full).collect();
    let width = match many.len() {
        0 => 0.0,
        more => (STRIP.0 + STRIP.1 * (more - 1) as f64).min((right - left) * 0.6),
    };
    let end = right - width;
    let places = (left + 10.0, end - 10.0);
    let values = (1.0, full.max(2) as f64);
    let scale = if log { Scale::log(values, places) } else { Scale::linear(values, places) };
    let step = width / many.len().max(1) as f64;
    let place =
        |(index, count): (usize, &usize)| (*count as f64, end + step * (index as f64 + 0.5));
    let past: Vec<(f64, f64)> = many.iter().enumerate().map(place).collect();

    // The full one first, then the powers of two, then what fits.
    let mut within: Vec<usize> = counts.iter().copied().filter(|count| *count <= full).collect();
    within.sort_by_key(|&count| (count != full, !count.is_power_of_two(), count));
    let ticks = within.iter().map(|&count| (scale.at(count as f64), count.to_string()));
    let outside = past.iter().map(|(count, place)| (*place, tick(*count)));
    let ticks = apart(ticks.chain(outside).collect());
    Placed { scale, past, ticks, strip: (width > 0.0).then_some((end, right)), beyond: "" }
}

/// Those ticks that do not touch an earlier one.
pub(crate) fn apart(ticks: Vec<(f64, String)>) -> Vec<(f64, String)> {
    let mut kept: Vec<(f64, String)> = Vec::new();
    for (place, text) in ticks {
        let room = |(other, its): &(f64, String)| {
            (place - other).abs() > (text_width(&text) + text_width(its)) / 2.0 + 5.0
        };
        if kept.iter().all(room) {
            kept.push((place, text));
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(counts: &[usize], full: usize) -> Placed {
        let counts = counts.iter().copied().collect();
        Across::Counts { counts, full, beyond: "too many", log: false }.placed(0.0, 300.0)
    }

    #[test]
    fn counts_beyond_the_full_one_stand_in_their_strip() {
        let axis = placed(&[1, 2, 4], 2);
        let (start, end) = axis.strip.expect("4 are more than 2");
        assert!(axis.at(2.0) < start && start < axis.at(4.0) && axis.at(4.0) < end);
        assert_eq!(placed(&[1, 2], 2).strip, None);
    }

    #[test]
    fn ticks_keep_apart_and_the_full_count_has_one() {
        let counts = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 128];
        let mut ticks = placed(&counts, 64).ticks;
        assert!(ticks.iter().any(|(_, text)| text == "64"), "{ticks:?}");
        ticks.sort_by(|one, other| one.0.total_cmp(&other.0));
        assert!(ticks.windows(2).all(|pair| pair[1].0 - pair[0].0 > 12.0), "{ticks:?}");
    }
}
