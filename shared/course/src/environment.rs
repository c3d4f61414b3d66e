//! Variables of the environment that change what the standard library does.

use crate::system::{Here, System};

/// Takes out of the environment, for this program and those that it starts:
///
/// - `RUST_MIN_STACK`: an invalid value, or one that is too large, would make every `spawn` fail;
/// - `RUST_BACKTRACE` and `RUST_LIB_BACKTRACE`, with which Rust prints a trace where memory or stack has
///   run out. No trace is for a user to read.
///
/// To be called on the first line of a program, before any thread is started. Where nobody tells how many
/// threads there are, the program may begin anew, as the same process.
pub fn sanitize() {
    Here::forget(&["RUST_MIN_STACK", "RUST_BACKTRACE", "RUST_LIB_BACKTRACE"]);
}
