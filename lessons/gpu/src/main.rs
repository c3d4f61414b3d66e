//! `cargo run -p gpu`: see the chapter in `lessons/gpu/README.md`.

use std::process::ExitCode;

fn main() -> ExitCode {
    gpu::quieten();
    // Who watches races is this program again.
    if let Some(code) = gpu::witness_if_asked() {
        return code;
    }
    course::main::<gpu::Gpu>()
}
