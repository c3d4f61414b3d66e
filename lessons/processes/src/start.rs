use std::io;
use std::process::Command;

use kernels::Spec;

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
    pass_data(&mut command, spec)?;
    Ok(command)
}

/// Passes the file with the numbers of `memory` on to the child, and nothing else.
#[cfg(unix)]
fn pass_data(command: &mut Command, spec: &Spec) -> io::Result<()> {
    let number = crate::worker::DATA_DESCRIPTOR;
    spec.data.as_ref().map_or(Ok(()), |file| children::pass(command, file, number))
}

#[cfg(not(unix))]
fn pass_data(_command: &mut Command, _spec: &Spec) -> io::Result<()> {
    Ok(())
}
