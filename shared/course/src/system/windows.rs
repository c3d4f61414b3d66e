//! Windows: consoles with events, and handles.
#![expect(unsafe_code, reason = "asks the system, for which the standard library has no calls")]

mod console;

use std::fs::File;
use std::io;
use std::mem::MaybeUninit;
use std::os::windows::io::{AsRawHandle, RawHandle};

use windows_sys::Win32::Foundation::{
    ERROR_INVALID_HANDLE, ERROR_PIPE_NOT_CONNECTED, ERROR_TOO_MANY_OPEN_FILES,
};
use windows_sys::Win32::Storage::FileSystem::{
    BY_HANDLE_FILE_INFORMATION, FILE_TYPE_UNKNOWN, GetFileInformationByHandle, GetFileType,
};

/// A system of this kind.
pub(crate) struct Here;

impl super::System for Here {
    type Folder = super::plain::Folder;

    const ELSEWHERE: &'static str = "set TMP to a folder that you may write to";

    /// A pipe whose other end has let go of it.
    const CLOSED_PIPE: Option<i32> = Some(ERROR_PIPE_NOT_CONNECTED as i32);

    fn forget(variables: &[&str]) {
        for name in variables {
            // SAFETY: on Windows the environment has a lock of its own; there this is safe at any time.
            unsafe { std::env::remove_var(name) };
        }
    }

    fn when_asked_to_end(cancel: impl Fn() + Send + 'static) -> io::Result<()> {
        console::when_asked_to_end(cancel)
    }

    fn output_can_be_written() -> io::Result<()> {
        can_be_written(io::stdout().as_raw_handle())
    }

    fn host_name() -> Option<String> {
        std::env::var("COMPUTERNAME").ok()
    }

    fn is_standard_output(file: &File) -> bool {
        let ours = identity(file.as_raw_handle());
        ours.is_some() && ours == identity(io::stdout().as_raw_handle())
    }

    fn remedy(cause: &io::Error) -> Option<&'static str> {
        let too_many = cause.raw_os_error() == Some(ERROR_TOO_MANY_OPEN_FILES as i32);
        too_many.then_some("end other programs")
    }
}

/// An error where a handle is none, as in a program that was started without standard output. One that was opened for
/// reading only refuses what is written.
fn can_be_written(output: RawHandle) -> io::Result<()> {
    if output.is_null() {
        return Err(io::Error::other("standard output is closed"));
    }
    // SAFETY: any value may be asked about; what is no handle is an error.
    let kind = unsafe { GetFileType(output) };
    let error = io::Error::last_os_error();
    let is_none = error.raw_os_error() == Some(ERROR_INVALID_HANDLE as i32);
    if kind == FILE_TYPE_UNKNOWN && is_none { Err(error) } else { Ok(()) }
}

/// The volume of a file, and its number there. `None` for what is no file, such as `NUL`, a pipe or a console.
fn identity(file: RawHandle) -> Option<(u32, u32, u32)> {
    let mut information = MaybeUninit::<BY_HANDLE_FILE_INFORMATION>::zeroed();
    // SAFETY: what is no handle is an error, and the answer has its place.
    let told = unsafe { GetFileInformationByHandle(file, information.as_mut_ptr()) };
    // SAFETY: zeros are numbers, too.
    let known = unsafe { information.assume_init() };
    let (volume, high, low) =
        (known.dwVolumeSerialNumber, known.nFileIndexHigh, known.nFileIndexLow);
    (told != 0).then_some((volume, high, low))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::system::System;

    #[test]
    fn a_handle_that_is_none_is_an_error() {
        let file = tempfile::tempfile().expect("a file");
        assert!(can_be_written(file.as_raw_handle()).is_ok());
        assert!(can_be_written(std::ptr::null_mut()).is_err());
        let closed = 0x0D00_0000 as RawHandle; // No handle has so large a value.
        assert_eq!(can_be_written(closed).map_err(|error| error.raw_os_error()), Err(Some(6)));
    }

    #[test]
    fn a_file_is_known_by_its_number() {
        let folder = tempfile::tempdir().expect("a folder");
        let [one, other] = ["one", "other"].map(|name| folder.path().join(name));
        let [one_file, other_file] = [&one, &other].map(|path| File::create(path).expect("a file"));
        let again = fs::File::open(&one).expect("it is there");
        let [one, again, other] =
            [one_file, again, other_file].map(|file| identity(file.as_raw_handle()));
        assert!(one.is_some() && one == again && one != other);
        let nothing = Here::open_to_save("NUL".as_ref()).expect("it is always there");
        assert_eq!(identity(nothing.as_raw_handle()), None);
    }
}
