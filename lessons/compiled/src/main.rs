//! `cargo run -p compiled`: see the chapter in `lessons/compiled/README.md`.

use std::process::ExitCode;

fn main() -> ExitCode {
    course::main::<compiled::Compiled>()
}
