//! Linux.

use std::hint::black_box;

use memmap2::{Advice, MmapMut};
use rustix::param::page_size;
use rustix::process::getppid;

use super::System;

pub(crate) struct Linux;

impl System for Linux {
    /// Unlike the clock, the number of the parent is told by the kernel alone: no library keeps it.
    const CALL: Option<fn()> = Some(|| {
        black_box(getppid());
    });

    fn page_bytes() -> usize {
        page_size()
    }

    /// A kernel without large pages refuses, and that is fine: all its pages are small.
    fn small_pages(map: &MmapMut) {
        let _ = map.advise(Advice::NoHugePage);
    }
}
