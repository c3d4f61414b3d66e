//! `cargo run -p scale`: see the chapter in `lessons/scale/README.md`.

use std::process::ExitCode;

fn main() -> ExitCode {
    // What it costs to start a process is measured with this program.
    if std::env::args_os().nth(1).is_some_and(|argument| argument == scale::NOTHING) {
        return ExitCode::SUCCESS;
    }
    course::main::<scale::Scale>()
}
