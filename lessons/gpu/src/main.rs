//! `cargo run -p gpu`: see the chapter in `lessons/gpu/README.md`.

use std::process::ExitCode;

/// A driver runs in this process.
const CRASHED: &str = "gpu: error: the driver of the device crashed, as some do where they get no memory; raise the limit \
                       (ulimit -v), or take another device with --device\n";

fn main() -> ExitCode {
    gpu::quieten();
    course::signals::crashes_are_failures(CRASHED);
    // Who watches races is this program again.
    if let Some(code) = gpu::witness_if_asked() {
        return code;
    }
    course::main::<gpu::Gpu>()
}
