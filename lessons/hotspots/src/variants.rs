use kernels::Workers;

use crate::first::first;
use crate::hot_faster::hot_faster;
use crate::hot_parallel::hot_parallel;
use crate::parse_faster::parse_faster;
use crate::your_turn::your_turn;
use crate::{Part, Parts};

/// One version of the program: a row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Variant {
    /// Its name, which is also that of its file.
    pub name: &'static str,
    /// One line about it, for `--list`.
    pub about: &'static str,
    /// The parts in which it differs from the first variant.
    pub changes: &'static [Part],
    /// Whether it uses all workers.
    pub parallel: bool,
    /// What it is made of.
    pub parts: fn() -> Parts,
}

impl Variant {
    /// How many workers it has, where so many are asked for.
    pub(crate) fn workers(&self, asked: Workers) -> Workers {
        if self.parallel { asked } else { Workers::ONE }
    }
}

/// All of them, in reading order.
pub const VARIANTS: [Variant; 5] = [
    Variant {
        name: "first",
        about: "the program as one writes it first",
        changes: &[],
        parallel: false,
        parts: first,
    },
    Variant {
        name: "parse-faster",
        about: "a cold part made faster: no copies, numbers from digits",
        changes: &[Part::Parse],
        parallel: false,
        parts: parse_faster,
    },
    Variant {
        name: "hot-faster",
        about: "the hot part with less work: sorted once, one walk",
        changes: &[Part::Distances],
        parallel: false,
        parts: hot_faster,
    },
    Variant {
        name: "hot-parallel",
        about: "the hot part on all cores: the same work, shared",
        changes: &[Part::Distances],
        parallel: true,
        parts: hot_parallel,
    },
    Variant {
        name: "your-turn",
        about: "yours, in your_turn.rs; it starts as the first",
        changes: &Part::ALL,
        parallel: false,
        parts: your_turn,
    },
];
