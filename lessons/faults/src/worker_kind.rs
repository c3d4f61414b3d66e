use serde::{Deserialize, Serialize};

/// Who the workers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WorkerKind {
    /// Threads, a range each.
    Threads,
    /// Threads that take ranges from each other.
    WorkStealing,
    /// Child processes, a range each.
    Processes,
}

impl WorkerKind {
    /// All of them, in reading order.
    pub const ALL: [WorkerKind; 3] =
        [WorkerKind::Threads, WorkerKind::WorkStealing, WorkerKind::Processes];

    /// Its name in the table: that of the lesson whose strategy has such workers.
    pub fn as_str(self) -> &'static str {
        match self {
            WorkerKind::Threads => "threads",
            WorkerKind::WorkStealing => "work-stealing",
            WorkerKind::Processes => "processes",
        }
    }
}
