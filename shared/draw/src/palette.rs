//! Colours and shapes of series, told apart without colour too.

use crate::svg::{Svg, Tag};

/// How many colours, and how many shapes, there are.
const SLOTS: usize = 10;

/// Colour and shape of one series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    colour: usize,
    shape: usize,
}

/// The look of each of `names`, in their order; no two are alike below a hundred. Those in `known`
/// look the same in all pictures; others take what is left.
pub fn looks(names: &[&str], known: &[&str]) -> Vec<Look> {
    let place = |name: &str| known.iter().position(|known| *known == name);
    let mut next = (0..).filter(|slot| {
        let known = known.get(*slot);
        known.is_none_or(|known| !names.contains(known))
    });
    let slots = names.iter().map(|name| place(name).or_else(|| next.next()).unwrap_or_default());
    slots.map(Look::of).collect()
}

impl Look {
    fn of(slot: usize) -> Self {
        // The second ten have the same colours, on other shapes.
        Look { colour: slot % SLOTS, shape: (slot + slot / SLOTS) % SLOTS }
    }

    /// The class that sets the colour.
    pub(crate) fn class(self) -> String {
        format!("c{}", self.colour)
    }

    /// A marker at (`x`, `y`), not yet ended.
    pub(crate) fn marker(self, svg: &mut Svg, x: f64, y: f64, hollow: bool) -> Tag<'_> {
        let class = if hollow { "dot hollow" } else { "dot" };
        if self.shape == 0 {
            return svg.tag("circle").is("class", class).at("cx", x).at("cy", y).at("r", 3.8);
        }
        let corner = |(dx, dy): &(f64, f64)| (x + dx, y + dy);
        let corners: Vec<(f64, f64)> = SHAPES[self.shape - 1].iter().map(corner).collect();
        svg.tag("path").is("class", class).outline(&corners)
    }
}

/// The corners of the shapes other than the circle: square, diamond, triangles that point up, down,
/// left and right, a plus, a cross, a star.
const SHAPES: [&[(f64, f64)]; SLOTS - 1] = [
    &[(-3.3, -3.3), (3.3, -3.3), (3.3, 3.3), (-3.3, 3.3)],
    &[(0.0, -4.3), (4.3, 0.0), (0.0, 4.3), (-4.3, 0.0)],
    &[(0.0, -4.4), (4.2, 3.2), (-4.2, 3.2)],
    &[(0.0, 4.4), (4.2, -3.2), (-4.2, -3.2)],
    &[
        (-1.4, -4.2),
        (1.4, -4.2),
        (1.4, -1.4),
        (4.2, -1.4),
        (4.2, 1.4),
        (1.4, 1.4),
        (1.4, 4.2),
        (-1.4, 4.2),
        (-1.4, 1.4),
        (-4.2, 1.4),
        (-4.2, -1.4),
        (-1.4, -1.4),
    ],
    &[(-4.4, 0.0), (3.2, -4.2), (3.2, 4.2)],
    &[(4.4, 0.0), (-3.2, -4.2), (-3.2, 4.2)],
    &[
        (0.0, -1.9),
        (2.3, -4.2),
        (4.2, -2.3),
        (1.9, 0.0),
        (4.2, 2.3),
        (2.3, 4.2),
        (0.0, 1.9),
        (-2.3, 4.2),
        (-4.2, 2.3),
        (-1.9, 0.0),
        (-4.2, -2.3),
        (-2.3, -4.2),
    ],
    &[
        (0.0, -5.0),
        (1.3, -1.3),
        (5.0, 0.0),
        (1.3, 1.3),
        (0.0, 5.0),
        (-1.3, 1.3),
        (-5.0, 0.0),
        (-1.3, -1.3),
    ],
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const KNOWN: [&str; 3] = ["scoped", "deques", "simd"];

    #[test]
    fn no_two_look_alike() {
        let names: Vec<String> = (0..97).map(|number| format!("other-{number}")).collect();
        let mut all: Vec<&str> = KNOWN.to_vec();
        all.extend(names.iter().map(String::as_str));
        let looks = looks(&all, &KNOWN);
        let different: BTreeSet<(usize, usize)> =
            looks.iter().map(|look| (look.colour, look.shape)).collect();
        assert_eq!(different.len(), 100);
    }

    #[test]
    fn a_known_name_keeps_its_look() {
        assert_eq!(
            looks(&["deques", "mine"], &KNOWN)[0],
            looks(&["yours", "simd", "deques"], &KNOWN)[2]
        );
    }
}
