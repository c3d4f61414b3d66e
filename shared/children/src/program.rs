use std::fs::File;
use std::io;
use std::path::Path;
use std::process::Command;

/// This very program again, under the name that it was started by.
///
/// The program is never searched for on PATH. On Linux it is the running one itself, whatever has become of
/// its file since: it may have been replaced by a new build, or removed.
///
/// # Errors
///
/// [`io::ErrorKind::NotFound`] where the system does not say which program is running: Linux without `/proc`.
pub fn this_program() -> io::Result<Command> {
    let running = Path::new("/proc/self/exe");
    if !cfg!(target_os = "linux") || !running.exists() {
        let unknown = |cause: io::Error| io::Error::new(io::ErrorKind::NotFound, cause);
        return std::env::current_exe().map(Command::new).map_err(unknown);
    }
    #[cfg_attr(not(unix), expect(unused_mut, reason = "only Unix knows names beside files"))]
    let mut command = Command::new(running);
    #[cfg(unix)]
    if let Some(name) = std::env::args_os().next() {
        std::os::unix::process::CommandExt::arg0(&mut command, name);
    }
    Ok(command)
}

/// Keeps the descriptors that this program was started with from the children that it starts.
///
/// Those that Rust opens are closed in a child anyway. But a caller may have left others open, such as the
/// pipe of a test or the socket of a server, and a child would hold them for as long as it lives.
pub fn inherit_nothing() {
    #[cfg(unix)]
    close_fds::set_fds_cloexec_threadsafe(FIRST_AFTER_STREAMS, &[]);
}

#[cfg(unix)]
const FIRST_AFTER_STREAMS: i32 = 3;

/// Passes an open file on to the child, which finds it as descriptor `number`.
///
/// The command keeps a copy of it open until it is dropped: the other end of a pipe sees no end before.
///
/// # Errors
///
/// Where the system has no more descriptors, or does not pass any on.
#[cfg(unix)]
pub fn pass(command: &mut Command, file: &File, number: i32) -> io::Result<()> {
    use command_fds::{CommandFdExt, FdMapping};
    let mapping = FdMapping { parent_fd: file.try_clone()?.into(), child_fd: number };
    command.fd_mappings(vec![mapping]).expect("one descriptor collides with no other");
    Ok(())
}

/// Other systems pass no descriptors on.
#[cfg(not(unix))]
pub fn pass(_command: &mut Command, _file: &File, _number: i32) -> io::Result<()> {
    Err(io::Error::new(io::ErrorKind::Unsupported, "this system passes no descriptors on"))
}
