//! `cargo run -p python`: see the chapter in `lessons/python/README.md`.

use std::process::ExitCode;

fn main() -> ExitCode {
    course::main::<python::Python>()
}
