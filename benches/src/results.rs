//! What one `cargo bench` measured, as plain data.
//!
//! It is saved as JSON beside the report; [benches/README.md](../README.md) documents the fields.

mod file;
mod ladder;
mod measured;
mod timeline;

use std::ops::RangeInclusive;

use measure::machine::Machine;
use serde::{Deserialize, Serialize};

pub use file::Unreadable;
pub use ladder::{Ladder, Step};
pub use measured::{Measured, Peer, Question};
pub use timeline::{Lane, LaneBox, Timeline};

/// Everything that one `cargo bench` measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Results {
    /// One of [`Results::READABLE`].
    pub schema: u32,
    /// [`Results::KIND`]: tells this file from other JSON.
    pub kind: String,
    /// The version of the workspace.
    pub version: String,
    /// When the bench began: date and time, UTC, as in RFC 3339.
    pub began: String,
    /// How long it took, in seconds.
    pub took: f64,
    /// The commit that was measured, with `+changes` where files differed from it; `None` outside
    /// of a repository.
    pub commit: Option<String>,
    /// What the order within each sample was drawn from; `None` in files of before that.
    #[serde(default)]
    pub seed: Option<u64>,
    /// The arguments after `cargo bench --`.
    pub arguments: Vec<String>,
    /// Whether everything that was asked for was measured; false after an interruption.
    pub complete: bool,
    /// The load averages of 1, 5 and 15 minutes when the bench began, where the system tells them.
    pub load: Option<[f64; 3]>,
    /// Where it ran.
    pub machine: Machine,
    /// One entry per criterion id, in the order in which they were measured.
    pub measured: Vec<Measured>,
    /// Of each scheduling strategy the quickest of some audited runs.
    pub timelines: Vec<Timeline>,
    /// The ladder of the course, where it was measured; at another time than the rest.
    #[serde(default)]
    pub ladder: Option<Ladder>,
    /// What failed, and what was skipped.
    pub troubles: Vec<Trouble>,
}

/// Something that was not measured, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// The id, or the beginning of the ids: `peers`; with `*` for any kernel: `peers/*/onetbb-static`.
    pub id: String,
    /// `true`: it failed. `false`: it was skipped, because something is missing on this machine.
    pub failed: bool,
    /// Why, in one line.
    pub reason: String,
}

impl Results {
    /// The version of the format: in schema 1, `cores` followed the slowest worker.
    pub const SCHEMA: u32 = 2;

    /// The versions that can be drawn; those that can be compared are of [`Results::SCHEMA`].
    pub const READABLE: RangeInclusive<u32> = 1..=Results::SCHEMA;

    /// What the field `kind` says.
    pub const KIND: &'static str = "sum-of-parts bench";

    /// The measurements of one question, in the order in which they were made.
    pub fn of(&self, question: Question) -> impl Iterator<Item = &Measured> {
        self.measured.iter().filter(move |measured| measured.question == question)
    }
}
