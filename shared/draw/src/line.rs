//! What a plot shows: lines of points.

use crate::palette::Look;
use crate::scale::extent;

/// One series.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// Its colour and shape.
    pub look: Look,
    /// Its points, from left to right.
    pub points: Vec<Point>,
}

/// One measured point.
#[derive(Debug, Clone)]
pub struct Point {
    /// Its place on the axis along the bottom.
    pub x: f64,
    /// Its place on the axis that runs upwards.
    pub y: f64,
    /// From where to where its interval reaches.
    pub bounds: Option<(f64, f64)>,
    /// Whether it lies in the strip beyond the axis: its marker is hollow, the line to it dashed.
    pub apart: bool,
    /// What it says when it is pointed at.
    pub tip: String,
}

/// A line that the series are measured against.
#[derive(Debug, Clone)]
pub struct Reference {
    /// How it looks: `ideal`, `given`, `ceiling`; or `behind`, the same curve somewhere else, which is named
    /// where it ends.
    pub class: &'static str,
    /// Its name in the legend.
    pub name: String,
    /// Its corners.
    pub points: Vec<(f64, f64)>,
}

impl Line {
    /// The lowest and the highest value that `lines` reach, their intervals included.
    pub fn extent(lines: &[Line]) -> Option<(f64, f64)> {
        let reach = |point: &Point| {
            let (low, high) = point.bounds.unwrap_or((point.y, point.y));
            [low, point.y, high]
        };
        extent(lines.iter().flat_map(|line| &line.points).flat_map(reach))
    }
}
