//! `cargo run -p processes`: see the chapter in `lessons/processes/README.md`.

use std::process::ExitCode;

fn main() -> ExitCode {
    // A worker process is this program again. This line is where it turns off.
    if let Some(code) = processes::worker_if_asked() {
        return code;
    }
    course::main::<processes::Processes>()
}
