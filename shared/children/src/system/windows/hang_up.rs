#![expect(unsafe_code, reason = "asks about a pipe, for which the library has no call")]

use std::os::windows::io::AsRawHandle;
use std::time::Duration;
use std::{io, ptr, thread};

use windows_sys::Wdk::Storage::FileSystem::{
    FILE_PIPE_CONNECTED_STATE, FILE_PIPE_LOCAL_INFORMATION, FilePipeLocalInformation,
    NtQueryInformationFile,
};
use windows_sys::Win32::System::IO::IO_STATUS_BLOCK;

/// How often it is looked.
const LOOK: Duration = Duration::from_millis(50);

/// Waits until nobody holds the other end of standard input; whether that was seen, which takes a pipe.
///
/// The state of the pipe is asked for. A peek at its bytes would not do: it goes well for as long as some are left
/// that nobody has read.
pub(super) fn wait() -> bool {
    let input = io::stdin();
    let mut state = FILE_PIPE_LOCAL_INFORMATION::default();
    let size = size_of_val(&state) as u32;
    loop {
        let (handle, mut answer) = (input.as_raw_handle(), IO_STATUS_BLOCK::default());
        let (answer, place) = (&raw mut answer, ptr::from_mut(&mut state).cast());
        let class = FilePipeLocalInformation;
        // SAFETY: the state is of this class, and both places live through the call, which does not come back
        // before they are written: standard input is no file for calls that overlap.
        let status = unsafe { NtQueryInformationFile(handle, answer, place, size, class) };
        if status < 0 {
            return false;
        }
        if state.NamedPipeState != FILE_PIPE_CONNECTED_STATE {
            return true;
        }
        thread::sleep(LOOK);
    }
}
