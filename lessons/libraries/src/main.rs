//! `cargo run -p libraries`: see the chapter in `lessons/libraries/README.md`.

use std::process::ExitCode;

fn main() -> ExitCode {
    course::main::<libraries::Libraries>()
}
