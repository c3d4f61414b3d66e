use std::io;
use std::process::Command;

use children::{NEEDED_VARIABLES, PASSES_FILES, pass, this_program};
use kernels::Spec;

use crate::worker::DATA_DESCRIPTOR;

/// A worker process: this very program again, with nothing that it does not need.
///
/// Of the environment that is what the system needs to start a program, which on most is nothing. So nobody can
/// change what a worker does from the outside.
///
/// # Errors
///
/// Where the system refuses a descriptor.
pub(crate) fn command(spec: &Spec) -> io::Result<Command> {
    let mut command = this_program()?;
    let given = |name: &&'static str| Some((*name, std::env::var_os(name)?));
    command.arg("--worker").env_clear().envs(NEEDED_VARIABLES.iter().filter_map(given));
    // Where descriptors cannot be passed on, the worker makes the numbers of `memory` itself.
    if let Some(file) = spec.data.as_ref().filter(|_| PASSES_FILES) {
        pass(&mut command, file, DATA_DESCRIPTOR)?;
    }
    Ok(command)
}
