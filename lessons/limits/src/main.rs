//! `cargo run -p limits`: see the chapter in `lessons/limits/README.md`.

use std::process::ExitCode;

fn main() -> ExitCode {
    // Some prices need another process, and it is this program.
    limits::probes::as_other_process().unwrap_or_else(course::main::<limits::Limits>)
}
