//! Windows: a mask of hardware threads for each process, and files that are deleted with the last handle to them.
#![expect(unsafe_code, reason = "GetProcessAffinityMask writes to memory that it is given")]

use std::fs::File;
use std::io;

use windows_sys::Win32::System::Threading::{GetCurrentProcess, GetProcessAffinityMask};

use super::System;

pub(crate) struct Windows;

impl System for Windows {
    fn address_space_left() -> Option<u64> {
        None
    }

    /// No mask is told where threads of this process are in several groups.
    fn allowed_cores() -> Option<usize> {
        let (mut own, mut all) = (0, 0);
        // SAFETY: the handle stands for this process; what is written lives here.
        let told =
            unsafe { GetProcessAffinityMask(GetCurrentProcess(), &raw mut own, &raw mut all) };
        (told != 0 && own != 0).then(|| own.count_ones() as usize)
    }

    /// No other program may open it before it is deleted.
    fn nameless_file() -> io::Result<File> {
        tempfile::tempfile()
    }
}
