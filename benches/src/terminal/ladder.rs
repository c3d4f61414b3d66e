use measure::Interval;
use units::{seconds, three_digits};

use super::canvas::Canvas;
use super::dots::Axis;
use crate::figures::median;
use crate::ladder::reading;
use crate::results::Results;
use crate::text::{cut, plain};

/// The time of each rung, in their order, how many times as fast as the one above it is, and what they say.
pub(super) fn draw(canvas: &mut Canvas, results: &Results) {
    let Some(ladder) = results.ladder.as_ref().filter(|ladder| !ladder.steps.is_empty()) else {
        return;
    };
    canvas.heading("The ladder: time of one term, times as fast as the rung above");
    let sound = |time: &Interval| median(Some(*time)).is_some();
    let steps = ladder.steps.iter().map(|step| (step, step.per_term()));
    let steps: Vec<_> = steps.filter(|(_, time)| sound(time)).collect();
    let times = || steps.iter().map(|(_, time)| time.median);
    let (low, high) = (times().fold(f64::MAX, f64::min), times().fold(0.0, f64::max));
    let room = canvas.width().saturating_sub(48);
    let axis = Axis { low, high, log: true, room };
    let mut above: Option<f64> = None;
    for (step, time) in &steps {
        let name = cut(&plain(&step.name()), 28);
        let ratio = above.replace(time.median).map(|above| above / time.median);
        let ratio = ratio.map(|ratio| cut(&(three_digits(ratio) + "x"), 8)).unwrap_or_default();
        let row = axis.row(*time, None);
        canvas.line(&format!("{name:28} {:>9} {ratio:>8} {row}", cut(&seconds(time.median), 9)));
    }
    reading(ladder).iter().for_each(|sentence| canvas.item(sentence));
}
