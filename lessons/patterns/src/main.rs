//! `cargo run -p patterns`: see the chapter in `lessons/patterns/README.md`.

use std::process::ExitCode;

fn main() -> ExitCode {
    course::main::<patterns::Patterns>()
}
