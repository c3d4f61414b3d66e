//! What Python and Numba make of a source: instructions of the one, machine code of the other.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};
use measure::Error;

use crate::place;
use crate::pythons::Pythons;
use crate::rung::rung;

/// Nobody waits longer for a listing.
const MOST: Duration = Duration::from_secs(60);

/// What `--inspect` shows.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Stage {
    /// Numba's machine code of the loop.
    Asm,
    /// The form from which LLVM makes it.
    Llvm,
    /// A class of two fields, and what Numba says of a class that refers to itself.
    Classes,
}

/// Shows the instructions that Python makes of a file
#[derive(Debug, Clone, Args)]
pub(crate) struct Dis {
    /// A .py or a .pyc [default: the rung loop]
    file: Option<PathBuf>,
}

/// Shows the instructions of a file, from its text and from Python's own cache of them.
pub(crate) fn dis(asked: &Dis, pythons: &Pythons) -> Result<String, Error> {
    let own = place::lesson().join("rungs/loop.py");
    let file = asked.file.as_ref().unwrap_or(&own);
    let unreadable = |cause: String| Error::Input {
        path: file.clone(),
        cause,
        remedy: "name a .py or a .pyc file",
    };
    let known = file.extension().is_some_and(|ending| ending == "py" || ending == "pyc");
    if !known {
        return Err(unreadable("it is neither a .py nor a .pyc".to_owned()));
    }
    let file = std::path::absolute(file).map_err(|cause| unreadable(cause.to_string()))?;
    std::fs::File::open(&file).map_err(|cause| unreadable(cause.to_string()))?;
    let python = pythons.python_for(rung("loop").expect("there is a rung loop"))?;
    // Python keeps what it has compiled, but not beside the source.
    let cache = place::made().unwrap_or_else(std::env::temp_dir).join("pycache");
    let mut prefix = std::ffi::OsString::from("pycache_prefix=");
    prefix.push(cache);
    let arguments = ["-X".into(), prefix, place::lesson().join("dis_view.py").into(), file.into()];
    let command = pythons.session.command(&python, arguments);
    pythons.session.run(command, MOST, |_| {}).output().map_err(unreadable)
}

/// Shows what Numba makes of the loop, or of a class.
pub(crate) fn inspect(stage: Stage, pythons: &Pythons) -> Result<String, Error> {
    let module = "numba-signature";
    let stage = match stage {
        Stage::Asm => "asm",
        Stage::Llvm => "llvm",
        Stage::Classes => "classes",
    };
    let python = pythons.python_for(rung(module).expect("it is in the table"))?;
    let mut command = pythons.session.command(&python, [place::lesson().join("inspect_view.py")]);
    command.arg(stage);
    pythons.session.run(command, MOST, |_| {}).output().map_err(|cause| Error::Worker {
        worker: format!("the Python of {module}"),
        cause,
        remedy: "set it up again: cargo run -p python -- setup",
    })
}
