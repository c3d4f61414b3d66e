//! `cargo run -p distributed`: see the chapter in `lessons/distributed/README.md`.

use std::process::ExitCode;

fn main() -> ExitCode {
    // A rank is this program again, and so is what looks after `mpirun`. Here they turn off.
    if let Some(code) = distributed::part_if_asked() {
        return code;
    }
    course::main::<distributed::Distributed>()
}
