//! Where the points of a plot lie.

use crate::across::Placed;
use crate::line::{Line, Point};
use crate::scale::Scale;
use crate::svg::Svg;

/// The axes of a plot in their places.
pub(crate) struct Frame {
    pub(crate) across: Placed,
    pub(crate) up: Scale,
    pub(crate) top: f64,
    pub(crate) bottom: f64,
    pub(crate) right: f64,
}

impl Frame {
    /// The place of a point.
    pub(crate) fn at(&self, x: f64, y: f64) -> (f64, f64) {
        (self.across.at(x), self.up.at(y))
    }

    /// Draws a line: what joins its points, their intervals, their markers.
    pub(crate) fn draw(&self, svg: &mut Svg, line: &Line) {
        let class = format!("series {}", line.look.class());
        svg.tag("g").is("class", &class).is("data-series", &line.name).open();
        let place = |point: &Point| self.at(point.x, point.y);
        let within: Vec<(f64, f64)> =
            line.points.iter().filter(|point| !point.apart).map(place).collect();
        let apart = line.points.iter().filter(|point| point.apart).map(place);
        let beyond: Vec<(f64, f64)> = within.last().copied().into_iter().chain(apart).collect();
        svg.path("run", &within);
        svg.path("run beyond", &beyond);
        for point in &line.points {
            let x = self.across.at(point.x);
            if let Some((low, high)) = point.bounds {
                svg.line("whisker", (x, self.up.at(low)), (x, self.up.at(high)));
            }
        }
        for point in &line.points {
            let (x, y) = place(point);
            line.look.marker(svg, x, y, point.apart).is("data-tip", &point.tip).leaf();
        }
        svg.close();
    }
}
