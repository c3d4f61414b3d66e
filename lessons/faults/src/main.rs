//! `cargo run -p faults`: see the chapter in `lessons/faults/README.md`.

use std::process::ExitCode;

fn main() -> ExitCode {
    // A worker process is this program again, and so is every run that is about to fail.
    if let Some(code) = processes::worker_if_asked().or_else(faults::case_if_asked) {
        return code;
    }
    course::main::<faults::Faults>()
}
