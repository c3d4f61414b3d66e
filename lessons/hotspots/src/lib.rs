//! Where does a program spend its time?
//!
//! The program (`program`) reads a file of records, parses it (`record`), sums, and writes. It has four
//! parts (`parts`), and each row of the table puts other parts in the place of the first ones. The lesson
//! makes the file (`made`) or takes one (`input`), lets a profiler look on (`profile`), measures the rows
//! (`measure`), checks each against an answer that is found in another way (`known`), and tells
//! (`report`).

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
mod rows;

mod amdahl;
mod folder;
mod guess;
mod input;
mod lesson;
mod measure;
mod options;
mod place;
mod profile;
mod report;

pub use lesson::main;
pub use parts::{Part, Parts};
pub use program::Job;
pub use record::{BadLine, Parsed, Record};
pub use rows::{ROWS, Row};
