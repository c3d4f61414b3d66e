//! `cargo run -p interpreted`: see the chapter in `lessons/interpreted/README.md`.

use std::process::ExitCode;

fn main() -> ExitCode {
    course::main::<interpreted::Interpreted>()
}
