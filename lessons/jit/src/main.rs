//! `cargo run -p jit`: see the chapter in `lessons/jit/README.md`.

use std::process::ExitCode;

fn main() -> ExitCode {
    course::main::<jit::Jit>()
}
