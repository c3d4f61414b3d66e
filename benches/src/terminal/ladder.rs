use super::canvas::Canvas;
use super::costs::{Bar, bars_on_a_log_scale};
use crate::chart::ladder;
use crate::figures::median;
use crate::results::Results;

/// A bar for each rung, in their order, and what they say.
pub(super) fn draw(canvas: &mut Canvas, results: &Results) {
    let Some(measured) = &results.ladder else { return };
    let bars = measured.steps.iter().filter_map(|step| {
        Some(Bar { name: ladder::name(step), value: median(Some(step.per_term()))? })
    });
    let title = "The ladder: time of one term (each step: ten times as much)";
    bars_on_a_log_scale(canvas, title, &bars.collect::<Vec<_>>());
    ladder::reading(measured).iter().for_each(|sentence| canvas.item(sentence));
}
