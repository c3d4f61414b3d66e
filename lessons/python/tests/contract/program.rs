//! The program, copied into a target folder of its own, in which nothing was set up.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use super::PROGRAM;

#[path = "../../../../shared/testing/program.rs"]
mod original;
pub use original::{Ended, finish};

pub fn command(program: &str, arguments: &[&str]) -> Command {
    original::command(meant(program), arguments)
}

pub fn run(program: &str, arguments: &[&str]) -> Ended {
    original::run(meant(program), arguments)
}

fn meant(program: &str) -> &str {
    if program == PROGRAM { alone() } else { program }
}

fn alone() -> &'static str {
    static ALONE: OnceLock<String> = OnceLock::new();
    ALONE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("alone");
        fs::create_dir_all(&folder).expect("a folder can be made");
        // By this file the program knows a target folder.
        fs::write(folder.join("CACHEDIR.TAG"), "").expect("a file can be written");
        let copy = folder.join("python");
        // One that runs just now can't be written to, but replaced.
        let new = folder.join(format!("python-{}", std::process::id()));
        fs::copy(PROGRAM, &new).and_then(|_| fs::rename(&new, &copy)).expect("a copy can be made");
        copy.to_str().expect("a plain path").to_owned()
    })
}
