//! `cargo run -p limits`: see the chapter in `lessons/limits/README.md`.

use std::process::ExitCode;

fn main() -> ExitCode {
    // What it costs to start a process is measured with this program.
    if std::env::args_os().nth(1).is_some_and(|argument| argument == limits::probes::NOTHING) {
        return ExitCode::SUCCESS;
    }
    course::main::<limits::Limits>()
}
