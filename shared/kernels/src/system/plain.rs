//! Windows, and any system without more to offer. On Windows the file is deleted with the last handle to it, and
//! no other program may open it before.

use std::fs::File;
use std::io;

use super::System;

pub(crate) struct Plain;

impl System for Plain {
    fn address_space_left() -> Option<u64> {
        None
    }

    fn nameless_file() -> io::Result<File> {
        tempfile::tempfile()
    }
}
