//! Alone in its process, whose mask it changes.
#![cfg(windows)]
#![expect(unsafe_code, reason = "SetProcessAffinityMask")]

use kernels::Workers;
use windows_sys::Win32::System::Threading::{GetCurrentProcess, SetProcessAffinityMask};

#[test]
fn only_allowed_cores_are_usable() {
    // SAFETY: the handle stands for this process; the rest is a number.
    let done = unsafe { SetProcessAffinityMask(GetCurrentProcess(), 1) };
    assert_ne!(done, 0, "the first core is there");
    assert_eq!(Workers::usable(), Workers::ONE);
}
