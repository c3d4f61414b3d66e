//! What the plots of lines have in common.

use std::collections::BTreeSet;

use draw::{Across, Line, Plot, Point, Up, time_tick};
use measure::Interval;

/// Worker counts along the bottom, with a strip for those above the usable cores.
pub(super) fn workers(counts: BTreeSet<usize>, usable: usize, log: bool) -> (Across, &'static str) {
    let across = Across::Counts { counts, full: usable, beyond: "more workers than cores", log };
    (across, "workers")
}

/// A point at `x` with the value and the interval of `value`.
pub(super) fn point(x: f64, value: &Interval, apart: bool, tip: String) -> Point {
    Point { x, y: value.median, bounds: value.low.zip(value.high), apart, tip }
}

/// Lines of times on a logarithmic axis. `None` where they have no point.
pub(super) fn times(across: (Across, &str), title: &str, lines: Vec<Line>) -> Option<Plot> {
    let up = Up::log(Line::extent(&lines)?, time_tick);
    Some(Plot::new(across, (up, title), lines))
}
