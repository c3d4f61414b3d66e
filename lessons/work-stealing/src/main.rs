//! `cargo run -p work-stealing`: see the chapter in `lessons/work-stealing/README.md`.

use std::process::ExitCode;

fn main() -> ExitCode {
    course::main::<work_stealing::WorkStealing>()
}
