use std::io;
use std::process::Command;

use kernels::Spec;

use crate::worker::DATA_DESCRIPTOR;

/// The variables that a worker is given, where they exist. It needs none but this one, without which
/// Windows cannot load libraries. So nobody can change what a worker does from the outside.
const ENVIRONMENT: [&str; 1] = ["SystemRoot"];

/// A worker process: this very program again, with nothing that it does not need.
///
/// # Errors
///
/// Where the system refuses a descriptor.
pub(crate) fn command(spec: &Spec) -> io::Result<Command> {
    let mut command = children::this_program()?;
    let given = |name| Some((name, std::env::var_os(name)?));
    command.arg("--worker").env_clear().envs(ENVIRONMENT.into_iter().filter_map(given));
    // Where descriptors cannot be passed on, the worker makes the numbers of `memory` itself.
    if let Some(file) = spec.data.as_ref().filter(|_| cfg!(unix)) {
        children::pass(&mut command, file, DATA_DESCRIPTOR)?;
    }
    Ok(command)
}
