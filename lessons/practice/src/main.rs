//! `cargo run -p practice`: see the chapter in `lessons/practice/README.md`.

use std::process::ExitCode;

fn main() -> ExitCode {
    // The watchdog is this program again.
    if children::watchdog::part_if_asked() {
        return ExitCode::SUCCESS;
    }
    course::main::<practice::Practice>()
}
