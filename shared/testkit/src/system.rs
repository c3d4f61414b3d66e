//! What the tests have to know of the system on which they run.

use std::ffi::OsString;
use std::io;
use std::process::{Child, Command, ExitStatus};

/// The file that takes everything and keeps nothing.
pub(crate) const NULL: &str = if cfg!(windows) { "NUL" } else { "/dev/null" };

/// The name that standard output has among files, where it has one.
pub(crate) const STDOUT: Option<&str> =
    if cfg!(target_os = "linux") { Some("/dev/stdout") } else { None };

/// Whether a worker stays on its core where it is asked to: elsewhere the report says what became of it.
pub(crate) const PINS: bool = cfg!(target_os = "linux");

/// An argument or a path that is no text; one of a single letter where the system has none.
pub fn no_text() -> OsString {
    #[cfg(unix)]
    return std::os::unix::ffi::OsStringExt::from_vec(vec![0xE9]);
    #[cfg(windows)]
    return std::os::windows::ffi::OsStringExt::from_wide(&[0xD800]); // Half of a letter.
    #[cfg(not(any(unix, windows)))]
    OsString::from("e")
}

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

/// With this code the system ends a program that Ctrl-C or Ctrl-Break has reached, on Windows.
pub(crate) const ENDED_BY_THE_CONSOLE: i32 = 0xC000_013A_u32.cast_signed();

/// The program will have a group of its own, where there are groups that share a console.
pub(crate) fn in_its_own_group(command: &mut Command) -> &mut Command {
    #[cfg(windows)]
    std::os::windows::process::CommandExt::creation_flags(
        command,
        windows_sys::Win32::System::Threading::CREATE_NEW_PROCESS_GROUP,
    );
    command
}

/// Sends Ctrl-Break to the group of a program.
///
/// # Errors
///
/// Where there is no console.
#[cfg_attr(
    windows,
    expect(unsafe_code, reason = "asks the system, for which no library has a safe call")
)]
pub(crate) fn send_break(child: &Child) -> io::Result<()> {
    #[cfg(windows)]
    {
        use windows_sys::Win32::System::Console::{CTRL_BREAK_EVENT, GenerateConsoleCtrlEvent};
        // SAFETY: takes two numbers; a group that there is not is an error.
        let sent = unsafe { GenerateConsoleCtrlEvent(CTRL_BREAK_EVENT, child.id()) };
        if sent == 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
    }
    #[cfg(not(windows))]
    Err(io::Error::other(format!("there is no console to tell {}", child.id())))
}
