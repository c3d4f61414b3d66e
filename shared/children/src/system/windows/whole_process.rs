//! All threads of a process at once. Windows documents it for single threads only, but no debugger could do
//! without: the calls are as old as Windows XP.

#![expect(unsafe_code, reason = "calls that no library offers")]

use std::io;
use std::os::windows::io::{AsRawHandle, OwnedHandle, RawHandle};
use std::time::Duration;

use windows_sys::Win32::Foundation::{FILETIME, NTSTATUS, RtlNtStatusToDosError};
use windows_sys::Win32::System::Threading::{
    GetCurrentProcess, GetProcessTimes, INFINITE, WaitForSingleObject,
};

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

/// The time on a core of a process, which may have ended. `None` where nobody counts, or it had less than a tick.
pub(super) fn cpu_time(process: RawHandle) -> Option<Duration> {
    let [mut created, mut exited, mut kernel, mut user] = [FILETIME::default(); 4];
    let places = [&raw mut created, &raw mut exited, &raw mut kernel, &raw mut user];
    let [created, exited, in_kernel, in_program] = places;
    // SAFETY: the system checks the handle; the places live through the call.
    let told = unsafe { GetProcessTimes(process, created, exited, in_kernel, in_program) };
    // In steps of 100 ns.
    let steps =
        |time: FILETIME| u64::from(time.dwHighDateTime) << 32 | u64::from(time.dwLowDateTime);
    let steps = steps(kernel).saturating_add(steps(user));
    (told != 0 && steps > 0).then(|| Duration::from_nanos(steps.saturating_mul(100)))
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
