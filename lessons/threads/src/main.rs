//! `cargo run -p threads`: see the chapter in `lessons/threads/README.md`.

use std::process::ExitCode;

fn main() -> ExitCode {
    course::main::<threads::Threads>()
}
