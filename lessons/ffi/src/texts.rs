//! Texts at the border to C, in both directions.
//!
//! A text of Rust knows its length and may hold any character; a text of C ends at the first NUL, wherever that
//! is. So one that goes to C is copied and looked through, and one that comes from C is read within the room
//! that it was given.
#![expect(unsafe_code, reason = "calls functions of another language")]

use std::ffi::{CStr, CString, c_char};

// SAFETY: these are the declarations of c/mistakes.h.
unsafe extern "C" {
    fn text_length(text: *const c_char) -> usize;
    fn text_name(to: *mut c_char, room: usize);
}

/// How long C thinks that `text` is.
///
/// ```
/// assert_eq!(ffi::texts::length("0..100"), Ok(6));
/// assert!(ffi::texts::length("0..1\0").is_err());
/// ```
///
/// # Errors
///
/// Where there is a NUL inside: C would see less than all of it.
pub fn length(text: &str) -> Result<usize, String> {
    let ended = CString::new(text).map_err(|error| error.to_string())?;
    // SAFETY: a `CString` ends in NUL, and lives until the end of this function.
    Ok(unsafe { text_length(ended.as_ptr()) })
}

/// The name that C writes into `room` bytes.
///
/// ```
/// assert_eq!(ffi::texts::name(20).as_deref(), Ok("kernels.c"));
/// ```
///
/// # Errors
///
/// Where it does not fit: C then leaves out the NUL, and reading on would leave the room.
pub fn name(room: usize) -> Result<String, String> {
    let mut bytes = vec![0xaa_u8; room];
    // SAFETY: so many bytes are there, and C writes no more than it is told.
    unsafe { text_name(bytes.as_mut_ptr().cast(), bytes.len()) };
    let text = CStr::from_bytes_until_nul(&bytes).map_err(|error| error.to_string())?;
    text.to_str().map(str::to_owned).map_err(|error| error.to_string())
}
