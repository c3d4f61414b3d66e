//! Who has started whom, as Linux and, in part, Windows tell it. Elsewhere nobody knows.

use crate::system::{Here, System};

/// The parent of a process.
pub fn parent_of(process: u32) -> Option<u32> {
    Here::parent_of(process)
}

/// Whether a process is stopped; no where the system does not tell.
pub fn is_stopped(process: u32) -> bool {
    Here::is_stopped(process).unwrap_or(false)
}

/// The processes that a process has started and has not yet waited for, and the orphans that were given
/// to it.
pub fn children_of(process: u32) -> Vec<u32> {
    Here::children_of(process)
}

/// Kills all that a process has started, and what that has started, also in other groups and also what is
/// stopped. To be called only while nobody has waited for `process`: then all their numbers are their own.
pub fn kill_descendants_of(process: u32) {
    Here::kill_descendants_of(process);
}

/// Whether a process of this group lives: one that has ended and was not waited for does not. `None` where
/// the system does not tell.
pub fn is_group_alive(group: u32) -> Option<bool> {
    Here::is_group_alive(group)
}
