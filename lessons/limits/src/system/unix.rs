//! macOS, and other Unix systems.

use std::hint::black_box;

use rustix::param::page_size;
use rustix::process::getppid;

use super::System;

pub(crate) struct Unix;

impl System for Unix {
    /// The number of the parent changes when that one ends, so no library keeps it.
    const CALL: Option<fn()> = Some(|| {
        black_box(getppid());
    });

    fn page_bytes() -> usize {
        page_size()
    }
}
