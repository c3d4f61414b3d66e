use crate::first::first;
use crate::hot_faster::hot_faster;
use crate::hot_parallel::hot_parallel;
use crate::parse_faster::parse_faster;
use crate::your_turn::your_turn;
use crate::{Part, Parts};

/// One version of the program: a row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// Its name, which is also that of its file.
    pub name: &'static str,
    /// One line about it, for `--list`.
    pub about: &'static str,
    /// The parts in which it differs from the first row.
    pub changes: &'static [Part],
    /// What it is made of.
    pub parts: fn() -> Parts,
}

/// All of them, in reading order.
pub const ROWS: [Row; 5] = [
    Row { name: "first", about: "the program as one writes it first", changes: &[], parts: first },
    Row {
        name: "parse-faster",
        about: "a cold part ten times faster: no copies, numbers from digits",
        changes: &[Part::Parse],
        parts: parse_faster,
    },
    Row {
        name: "hot-faster",
        about: "the hot part with less work: sorted once, one walk",
        changes: &[Part::Distances],
        parts: hot_faster,
    },
    Row {
        name: "hot-parallel",
        about: "the hot part on all cores: the same work, shared",
        changes: &[Part::Distances],
        parts: hot_parallel,
    },
    Row {
        name: "your-turn",
        about: "yours, in your_turn.rs; it starts as the first",
        changes: &Part::ALL,
        parts: your_turn,
    },
];
