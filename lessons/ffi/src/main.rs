//! `cargo run -p ffi`: see the chapter in `lessons/ffi/README.md`.

use std::process::ExitCode;

fn main() -> ExitCode {
    course::main::<ffi::Ffi>()
}
