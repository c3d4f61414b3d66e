//! macOS answers by name, and puts threads where it likes.
#![expect(unsafe_code, reason = "sysctlbyname writes to memory that it is given")]

use std::ffi::CString;
use std::ptr;
use std::time::Duration;

use super::{Anywhere, System, clocks};
use crate::facts::{Facts, HardwareThread};

pub(crate) struct MacOs;

impl System for MacOs {
    type Place = Anywhere;

    fn facts() -> Facts {
        Facts::of_sysctl(&sysctl)
    }

    /// A quality of service says which kind of core a thread should have, and is no promise; the affinity tags that
    /// there once were are refused on Apple's processors.
    fn pinnable() -> Result<Vec<HardwareThread>, &'static str> {
        Err("macOS keeps no thread on a core, and takes no more than a wish for a kind of core")
    }

    fn thread_time() -> Option<Duration> {
        clocks::thread()
    }

    fn process_time() -> Option<Duration> {
        clocks::process()
    }
}

/// The value of a name, as it is in memory.
fn sysctl(name: &str) -> Option<Vec<u8>> {
    let name = CString::new(name).ok()?;
    let mut length = 0;
    // SAFETY: the name ends with a zero; without memory for the value, only its length is written, to a variable that
    // lives here.
    let found = unsafe {
        libc::sysctlbyname(name.as_ptr(), ptr::null_mut(), &raw mut length, ptr::null_mut(), 0)
    };
    if found != 0 {
        return None;
    }
    let mut value = vec![0_u8; length];
    // SAFETY: the name ends with a zero; the value may have `length` bytes, and `length` becomes what it has.
    let read = unsafe {
        libc::sysctlbyname(
            name.as_ptr(),
            value.as_mut_ptr().cast(),
            &raw mut length,
            ptr::null_mut(),
            0,
        )
    };
    value.truncate(length);
    (read == 0).then_some(value)
}
