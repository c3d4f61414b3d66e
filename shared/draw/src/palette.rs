//! Colours and shapes of series, told apart without colour too.

use crate::svg::{Svg, Tag, rounded};

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
        let place = format!("translate({} {})", rounded(x), rounded(y));
        svg.tag("path").is("class", class).is("transform", &place).is("d", SHAPES[self.shape - 1])
    }
}

/// The shapes other than the circle, around their middle: square, diamond, triangles that point up and
/// down, a plus, triangles that point left and right, a cross, a star.
const SHAPES: [&str; SLOTS - 1] = [
    "M-3.3-3.3h6.6v6.6h-6.6z",
    "M0-4.3l4.3 4.3-4.3 4.3-4.3-4.3z",
    "M0-4.4l4.2 7.6h-8.4z",
    "M0 4.4l4.2-7.6h-8.4z",
    "M-1.4-4.2h2.8v2.8h2.8v2.8h-2.8v2.8h-2.8v-2.8h-2.8v-2.8h2.8z",
    "M-4.4 0l7.6-4.2v8.4z",
    "M4.4 0l-7.6-4.2v8.4z",
    "M0-1.9l2.3-2.3 1.9 1.9-2.3 2.3 2.3 2.3-1.9 1.9-2.3-2.3-2.3 2.3-1.9-1.9 2.3-2.3-2.3-2.3 1.9-1.9z",
    "M0-5l1.3 3.7 3.7 1.3-3.7 1.3-1.3 3.7-1.3-3.7-3.7-1.3 3.7-1.3z",
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
