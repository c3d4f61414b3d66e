//! `cargo run -p practice`: see the chapter in `lessons/practice/README.md`.

use std::process::ExitCode;

fn main() -> ExitCode {
    // The watchdog and the compiler are this program again.
    if let Some(ended) = practice::compile_if_asked() {
        return ended;
    }
    if children::watchdog::part_if_asked() {
        return ExitCode::SUCCESS;
    }
    course::main::<practice::Practice>()
}
