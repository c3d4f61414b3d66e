//! macOS and other Unix systems: a temporary file whose name is taken away at once.

use std::fs::File;
use std::io;

use super::{System, limits};

pub(crate) struct Unix;

impl System for Unix {
    /// How much is in use already is not told here.
    fn address_space_left() -> Option<u64> {
        limits::address_space()
    }

    fn nameless_file() -> io::Result<File> {
        tempfile::tempfile()
    }
}
