use units::seconds;

use super::canvas::Canvas;
use crate::figures::median;
use crate::ladder::reading;
use crate::results::Results;
use crate::text::{cut, plain};

/// The time of each rung, in their order, and what they say.
pub(super) fn draw(canvas: &mut Canvas, results: &Results) {
    let Some(ladder) = results.ladder.as_ref().filter(|ladder| !ladder.steps.is_empty()) else {
        return;
    };
    canvas.heading("The ladder: time of one term");
    for step in &ladder.steps {
        let Some(time) = median(Some(step.per_term())) else { continue };
        let name = cut(&plain(&step.name()), 28);
        canvas.line(&format!("{name:28} {:>9}", cut(&seconds(time), 9)));
    }
    reading(ladder).iter().for_each(|sentence| canvas.item(sentence));
}
