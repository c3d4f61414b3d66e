//! `cargo run -p hotspots`: see the chapter in `lessons/hotspots/README.md`.

use std::process::ExitCode;

fn main() -> ExitCode {
    course::main::<hotspots::Hotspots>()
}
