//! All threads of a process at once. Windows documents it for single threads only, but no debugger could do
//! without: the calls are as old as Windows XP.

#![expect(unsafe_code, reason = "calls that no library offers")]

use std::io;
use std::os::windows::io::{AsRawHandle, OwnedHandle, RawHandle};

use windows_sys::Win32::Foundation::{NTSTATUS, RtlNtStatusToDosError};
use windows_sys::Win32::System::Threading::{GetCurrentProcess, INFINITE, WaitForSingleObject};

#[link(name = "ntdll", kind = "raw-dylib")]
unsafe extern "system" {
    fn NtResumeProcess(process: RawHandle) -> NTSTATUS;
    fn NtSuspendProcess(process: RawHandle) -> NTSTATUS;
}

/// Lets a process run that was started suspended.
pub(super) fn resume(process: RawHandle) -> io::Result<()> {
    // SAFETY: whatever the handle is, the system checks it.
    done(unsafe { NtResumeProcess(process) })
}

/// Stops this process; comes back when another one resumes it.
pub(super) fn suspend_this() -> io::Result<()> {
    // SAFETY: the handle is a constant that means this process.
    let this = unsafe { GetCurrentProcess() };
    // SAFETY: as above; and what this thread does while it is suspended, it does later.
    done(unsafe { NtSuspendProcess(this) })
}

/// Waits for the end of a process.
pub(super) fn await_end(process: &OwnedHandle) {
    // SAFETY: the handle is open, and stays so through the call.
    unsafe { WaitForSingleObject(process.as_raw_handle(), INFINITE) };
}

fn done(status: NTSTATUS) -> io::Result<()> {
    if status >= 0 {
        return Ok(());
    }
    // SAFETY: it takes any number.
    let code = unsafe { RtlNtStatusToDosError(status) };
    Err(io::Error::from_raw_os_error(code.cast_signed()))
}
