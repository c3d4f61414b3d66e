//! Where does a program spend its time?
//!
//! The program (`program`) reads a file of records, parses it (`record`), sums, and writes. It has four
//! parts (`parts`), and each row of the table is a variant of it (`variants`), with other parts in the
//! place of the first ones. The lesson makes the file (`made`) or takes one (`input`), profiles and times
//! the variants in one session (`session`, `profile`, `counting`), checks each against an answer that is found in
//! another way (`known`), and reports (`document`, `report`). The same question of a Python program is `python`.

pub mod parts;
pub mod record;

pub mod first;
pub mod hot_faster;
pub mod hot_parallel;
pub mod parse_faster;
pub mod your_turn;

pub mod known;
pub mod made;
pub mod program;
mod variants;

mod options;

mod folder;
mod input;

mod workers;

mod capacity;
mod counting;
mod profile;
mod session;

mod change;
mod document;
mod flamegraph;
mod guess;
mod python;
mod report;

mod lesson;

pub use lesson::Hotspots;
pub use parts::{Part, Parts};
pub use program::Job;
pub use record::{BadLine, Parsed, Record};
pub use variants::{VARIANTS, Variant};

/// What the lesson asks.
const QUESTION: &str = "where does a program spend its time?";
