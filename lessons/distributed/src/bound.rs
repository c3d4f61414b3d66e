use std::ffi::OsString;
use std::os::unix::process::{CommandExt, parent_id};
use std::process::{Command, ExitCode};

use course::Output;

/// The option that makes this program become another one, which does not outlive the supervisor.
pub const OPTION: &str = "--bound";

/// The exit code where the other program could not be started.
const REFUSED: u8 = 71;

/// Becomes the program that stands after the process number of the supervisor, with the arguments that follow.
///
/// From here on the system kills it when the supervisor ends, however that happens. Open MPI was seen to wait
/// for itself at its own end, forever: without a supervisor nobody would end it then. The ranks see to
/// themselves.
pub fn become_it(arguments: &[OsString]) -> ExitCode {
    let [supervisor, program, rest @ ..] = arguments else { return ExitCode::from(REFUSED) };
    #[cfg(target_os = "linux")]
    let _ = nix::sys::prctl::set_pdeathsig(nix::sys::signal::Signal::SIGKILL);
    // It may have ended before the system knew.
    if *supervisor != *parent_id().to_string() {
        return ExitCode::from(REFUSED);
    }
    let cause = Command::new(program).args(rest).exec();
    Output::new(clap::ColorChoice::Never)
        .complain(&format!("mpirun could not be started: {cause}"));
    ExitCode::from(REFUSED)
}
