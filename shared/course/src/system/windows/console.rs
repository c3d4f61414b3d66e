use std::io;
use std::sync::{Mutex, PoisonError};

use windows_sys::Win32::Foundation::STATUS_CONTROL_C_EXIT;
use windows_sys::Win32::System::Console::SetConsoleCtrlHandler;
use windows_sys::core::BOOL;

/// What is called first.
static CANCEL: Mutex<Option<Box<dyn Fn() + Send>>> = Mutex::new(None);

/// At Ctrl-C, at Ctrl-Break and where the console, the session or the system ends: has `cancel` called, and then ends
/// the program as one without a handler ends. Ctrl-C stays ignored where the caller wants that, as it does for a group
/// of its own.
pub(super) fn when_asked_to_end(cancel: impl Fn() + Send + 'static) -> io::Result<()> {
    *CANCEL.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(cancel));
    // SAFETY: the function is there as long as the program, and may be called from any thread.
    let set = unsafe { SetConsoleCtrlHandler(Some(end), 1) };
    if set == 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// The system calls it on a thread that it makes for each event.
extern "system" fn end(_event: u32) -> BOOL {
    // A second event waits here, and the end that the first one brings is its end, too.
    let cancel = CANCEL.lock().unwrap_or_else(PoisonError::into_inner);
    cancel.iter().for_each(|cancel| cancel());
    std::process::exit(STATUS_CONTROL_C_EXIT)
}
