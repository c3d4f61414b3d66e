//! `cargo run -p gpu`: see the chapter in `lessons/gpu/README.md`.

use std::process::ExitCode;

fn main() -> ExitCode {
    course::main::<gpu::Gpu>()
}
