#![expect(unsafe_code, reason = "looks at a pipe, for which the library has no call")]

use std::os::windows::io::AsRawHandle;
use std::time::Duration;
use std::{io, ptr, thread};

use windows_sys::Win32::Foundation::ERROR_BROKEN_PIPE;
use windows_sys::Win32::System::Pipes::PeekNamedPipe;

/// How often it is looked.
const LOOK: Duration = Duration::from_millis(50);

/// Waits until nobody holds the other end of standard input; whether that was seen, which takes a pipe.
pub(super) fn wait() -> bool {
    let input = io::stdin();
    loop {
        let (handle, nothing) = (input.as_raw_handle(), ptr::null_mut());
        // SAFETY: it is told to write nowhere, and the system checks the handle.
        let open = unsafe {
            PeekNamedPipe(handle, ptr::null_mut(), 0, nothing, ptr::null_mut(), ptr::null_mut())
        };
        if open == 0 {
            let cause = io::Error::last_os_error().raw_os_error();
            return cause == Some(ERROR_BROKEN_PIPE.cast_signed());
        }
        thread::sleep(LOOK);
    }
}
