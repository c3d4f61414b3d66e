//! The processes that a program leaves behind when it ends.
//!
//! Linux gives an orphan to the next of its forebears that has asked for it; so whoever is a child of this program
//! after its own children have ended was left behind by one of them. On Windows all of them are in the job of
//! this program. Elsewhere orphans go to the system itself, and nobody here can count them.

use crate::system::{Here, System};

/// From here on what the children of this program leave behind can be counted.
pub fn adopt() {
    Here::adopt_orphans();
}

/// How many of them still run; `None` where the system does not tell. To be asked only while this program has no
/// children of its own.
pub fn how_many() -> Option<usize> {
    Here::orphans()
}

/// Ends them, and waits for them.
pub fn end_all() {
    Here::end_orphans();
}
