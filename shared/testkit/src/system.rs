//! What the tests have to know of the system on which they run.

use std::process::{Command, ExitStatus};

/// The file that takes everything and keeps nothing.
pub(crate) const NULL: &str = if cfg!(windows) { "NUL" } else { "/dev/null" };

/// The name that standard output has among files, where it has one.
pub(crate) const STDOUT: Option<&str> =
    if cfg!(target_os = "linux") { Some("/dev/stdout") } else { None };

/// The signal that ended a program. `None` where there are no signals.
pub(crate) fn signal(status: ExitStatus) -> Option<i32> {
    #[cfg(unix)]
    return std::os::unix::process::ExitStatusExt::signal(&status);
    #[cfg(not(unix))]
    return status.code().and(None);
}

/// The program, which ignores no signal that ends programs. Where `env` cannot see to that, the program as it is.
pub fn listening(program: &str) -> Command {
    if !cfg!(target_os = "linux") {
        return Command::new(program);
    }
    let mut command = Command::new("/usr/bin/env");
    command.args(["--default-signal=INT,TERM,HUP,QUIT", program]);
    command
}
