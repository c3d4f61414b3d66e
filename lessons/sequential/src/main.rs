//! `cargo run -p sequential`: see the chapter in `lessons/sequential/README.md`.

use std::process::ExitCode;

fn main() -> ExitCode {
    course::main::<sequential::Sequential>()
}
