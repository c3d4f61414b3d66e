//! `cargo run -p scale`: see the chapter in `lessons/scale/README.md`.

use std::process::ExitCode;

fn main() -> ExitCode {
    // The watchdog is this program again.
    if children::watchdog::part_if_asked() {
        return ExitCode::SUCCESS;
    }
    // What it costs to start a process is measured with this program.
    if std::env::args_os().nth(1).is_some_and(|argument| argument == scale::NOTHING) {
        return ExitCode::SUCCESS;
    }
    course::main::<scale::Scale>()
}
