//! Upright marks in a plot, with their names above it in rows that do not collide.

use crate::across::Placed;
use crate::picture::text_width;
use crate::svg::Svg;

/// An upright line at a value.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// The value.
    pub at: f64,
    /// What is there.
    pub name: String,
}

const ROW: f64 = 15.0;

/// How many rows the names need between two places.
pub(crate) fn rows(marks: &[Mark], across: &Placed, between: (f64, f64)) -> usize {
    placed(marks, across, between).iter().map(|(_, row)| row + 1).max().unwrap_or(0)
}

/// Draws the marks in a plot from `top` to `bottom`.
pub(crate) fn draw(
    svg: &mut Svg,
    marks: &[Mark],
    across: &Placed,
    between: (f64, f64),
    (top, bottom): (f64, f64),
) {
    let height = |row: usize| top - 7.0 - ROW * row as f64;
    let places = placed(marks, across, between);
    for (mark, (_, row)) in marks.iter().zip(&places) {
        let x = across.at(mark.at);
        svg.line("mark", (x, height(*row) + 3.0), (x, bottom));
    }
    // Above the lines: that of a higher name passes behind the lower ones.
    for (mark, (middle, row)) in marks.iter().zip(&places) {
        svg.label("soft small mid over-lines", *middle, height(*row), &mark.name);
    }
}

/// The middle of each name, and its row counted from the plot upwards.
fn placed(marks: &[Mark], across: &Placed, (left, right): (f64, f64)) -> Vec<(f64, usize)> {
    let mut taken: Vec<(f64, f64, usize)> = Vec::new();
    marks
        .iter()
        .map(|mark| {
            let half = text_width(&mark.name) / 2.0;
            let middle = across.at(mark.at).min(right - half).max(left + half);
            let (from, to) = (middle - half - 4.0, middle + half + 4.0);
            let free = |row: &usize| {
                taken.iter().all(|(start, end, its)| its != row || *end < from || to < *start)
            };
            let row = (0..).find(free).expect("the rows do not end");
            taken.push((from, to, row));
            (middle, row)
        })
        .collect()
}
