//! `cargo run -p threads`: see the chapter in `lessons/threads/README.md`.

use std::process::ExitCode;

fn main() -> ExitCode {
    shared::main::<threads::Threads>()
}
