use course::svg::Svg;
use units::{percent, seconds};

use super::Row;
use crate::picture::{WIDTH, picture};

/// More lanes are not drawn.
const LANES: usize = 64;
const LEFT: f64 = 44.0;
const TOP: f64 = 40.0;

/// The timeline of a row as a picture; `None` where there are no pieces to draw.
pub(super) fn timeline(row: &Row) -> Option<(String, String)> {
    let (schedule, workers) = (&row.schedule, row.plan.workers);
    if schedule.pieces.is_empty() || schedule.makespan <= 0.0 {
        return None;
    }
    let lanes = workers.min(LANES);
    let height = (320.0 / lanes as f64).clamp(5.0, 22.0);
    let bottom = TOP + height * lanes as f64;
    let width = WIDTH - LEFT - 16.0;
    let across = |time: f64| LEFT + time / schedule.makespan * width;
    let mut svg = Svg::default();
    for lane in 0..lanes {
        let top = TOP + lane as f64 * height;
        if height > 11.0 || lane % 8 == 0 {
            svg.label("end soft", LEFT - 6.0, top + height.min(14.0) - 2.0, &lane.to_string());
        }
        let bar = svg.tag("rect").is("class", "lane").at("x", LEFT).at("y", top + 1.0);
        bar.at("width", width).at("height", height - 2.0).leaf();
        for (class, lost) in [("sums", false), ("lost", true)] {
            let mine = schedule.pieces.iter();
            let mine = mine.filter(|piece| piece.worker == lane && piece.lost == lost);
            let boxes = joined(mine.map(|piece| (across(piece.start), across(piece.end))));
            if !boxes.is_empty() {
                svg.tag("path").is("class", class).boxes(&boxes, top + 1.0, height - 2.0).leaf();
            }
        }
    }
    svg.label("soft", LEFT, bottom + 18.0, "0");
    svg.label("end soft", WIDTH - 16.0, bottom + 18.0, &seconds(schedule.makespan));
    let name = row.plan.strategy.as_str();
    let reading = format!(
        "One lane for each of {lanes} workers, a box for each block that it sums. All is done after {}; \
         {} of the workers' time was idle.",
        seconds(schedule.makespan),
        percent(schedule.idle())
    );
    let title = format!("{name} with {workers} workers, simulated");
    Some(picture(&format!("timeline-{name}"), &title, &reading, bottom + 30.0, svg))
}

/// Left edge and width of boxes; those that are too narrow to tell from their neighbour are one with it.
fn joined(edges: impl Iterator<Item = (f64, f64)>) -> Vec<(f64, f64)> {
    let mut boxes: Vec<(f64, f64)> = Vec::new();
    for (left, right) in edges {
        match boxes.last_mut() {
            Some((start, width)) if left - (*start + *width) < 0.1 && right - left < 1.5 => {
                *width = right - *start;
            }
            // A gap between two blocks, so that they can be told apart.
            _ => boxes.push((left, (right - left - 0.4).max(0.4))),
        }
    }
    boxes
}
