use serde::{Deserialize, Serialize};

/// Who the workers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// Threads, a range each.
    Threads,
    /// Threads that take ranges from each other.
    WorkStealing,
    /// Child processes, a range each.
    Processes,
}

impl Place {
    /// All of them, in reading order.
    pub const ALL: [Place; 3] = [Place::Threads, Place::WorkStealing, Place::Processes];

    /// Its name in the table: that of the lesson whose strategy runs there.
    pub fn as_str(self) -> &'static str {
        match self {
            Place::Threads => "threads",
            Place::WorkStealing => "work-stealing",
            Place::Processes => "processes",
        }
    }
}
