#![expect(
    unsafe_code,
    reason = "sets a variable of the environment before there is a second thread"
)]

use std::env;

/// Tells a layer of Mesa to leave the choice of a device to this program, where there is no desktop: it would look for
/// one, and complain on standard error. To be called on the first line of `main`.
pub fn quieten() {
    if env::var_os("XDG_RUNTIME_DIR").is_none() {
        // SAFETY: `main` has just begun, so no other thread reads or writes the environment.
        unsafe { env::set_var("NODEVICE_SELECT", "1") };
    }
}
