//! What this crate asks of the system. Each system answers in a file of its own, and no other file asks which
//! one it is.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(all(unix, not(target_os = "linux")))]
mod macos;
#[cfg(all(test, unix))]
mod pipes_tests;
#[cfg(any(test, not(any(unix, windows))))]
mod plain;
#[cfg(any(test, not(unix)))]
pub(crate) mod threaded;
#[cfg(unix)]
pub(crate) mod unix;
#[cfg(windows)]
mod windows;

use std::fmt::Debug;
use std::fs::File;
use std::io;
use std::process::{Child, Command, ExitStatus};

use crate::{Exit, Usage};

/// The system for which this program was built.
#[cfg(not(any(unix, windows)))]
pub(crate) use plain::Plain as Here;
#[cfg(unix)]
pub(crate) use unix::Unix as Here;
#[cfg(windows)]
pub(crate) use windows::Windows as Here;

/// The pipes of a child, on this system.
#[cfg(not(unix))]
pub(crate) use threaded::Pipes;
#[cfg(unix)]
pub(crate) use unix::pipes::Pipes;

/// What a system offers for children, and for a program that is one.
///
/// What it does not offer is the default: nothing happens, and `None` or no is the answer.
pub(crate) trait System {
    /// What reaches a child and all that it has started.
    type Group: Debug + Send;
    /// Who starts a child just now.
    type Starter: Debug + Send;
    /// What waits for the end of a child while others may kill it.
    type Watch;

    /// Gets ready for children that shall not outlive this program: to be called before each start.
    fn prepare() {}

    /// Lets the child lead a group of its own, to which belongs what it will start.
    fn lead_group(_command: &mut Command) {}

    /// The group of a child that was started just now, and that runs from here on.
    ///
    /// # Errors
    ///
    /// Where it does not run.
    fn group_of(child: &Child) -> io::Result<Self::Group>;

    /// This thread, as the one that starts a child.
    fn starter() -> Self::Starter;

    /// Kills the child that this thread has made and that has not become the program yet.
    fn kill_half_started(_starter: &Self::Starter) {}

    /// How the child has ended, if it has, and whether its number was given away by looking.
    fn peek(child: &mut Child) -> Option<(Exit, bool)> {
        look_and_reap(child)
    }

    /// What waits for the end of this child.
    ///
    /// # Errors
    ///
    /// Where the system refuses it.
    fn watch(child: &Child) -> io::Result<Self::Watch>;

    /// Comes back as soon as the child has ended, but does not reap it; at once where the system cannot wait so.
    fn await_end(_watch: &Self::Watch) {}

    /// Reaps a child that has ended, and all that is left of its group, which is killed.
    fn reap_group(child: &mut Child, group: &Self::Group) -> Usage {
        Self::kill_group(child, group);
        let _ = child.wait();
        Usage::default()
    }

    /// A line for the shell.
    fn shell(line: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", line]);
        command
    }

    /// Asks the child to end.
    fn terminate(_child: &Child) {}

    /// Asks all of its group to end; whether the system has a way to ask.
    fn terminate_group(_child: &Child) -> bool {
        false
    }

    /// Kills its whole group. To be called only while the child has not been reaped.
    fn kill_group(_child: &Child, _group: &Self::Group) {}

    /// Whether all that this program starts ends with it, because the system sees to that.
    const HAS_JOBS: bool = false;

    /// Kills the whole group that a process leads, or has led.
    fn kill_group_of(_process: u32) {}

    /// Whether anybody in its group lives.
    fn is_group_of_alive(_child: &Child, _group: &Self::Group) -> Option<bool> {
        None
    }

    /// How a process has ended.
    fn exit(status: ExitStatus) -> Exit {
        status.code().map_or(Exit::Unknown, Exit::Status)
    }

    /// The status that a process has, too, that somebody has killed.
    const STATUS_OF_KILLED: Option<i32> = None;

    /// The name of a signal.
    fn signal_name(_number: i32) -> Option<&'static str> {
        None
    }

    /// This very program again. See [`this_program`](crate::this_program).
    ///
    /// # Errors
    ///
    /// Where the system does not say which program is running.
    fn this_program() -> io::Result<Command> {
        std::env::current_exe().map(Command::new)
    }

    /// The variables without which no program starts.
    const NEEDED_VARIABLES: &[&str] = &[];

    /// Keeps from children what this program was started with.
    fn inherit_nothing() {}

    /// Whether open files can be passed on to a child.
    const PASSES_FILES: bool = false;

    /// Passes an open file on to a child, which finds it under `number`.
    ///
    /// # Errors
    ///
    /// Where the system does not.
    fn pass(_command: &mut Command, _file: &File, _number: i32) -> io::Result<()> {
        Err(io::Error::new(io::ErrorKind::Unsupported, "this system passes no descriptors on"))
    }

    /// The file that the parent has passed on under `number`.
    ///
    /// # Errors
    ///
    /// Where there is none.
    fn passed(_number: i32) -> io::Result<File> {
        Err(io::Error::new(io::ErrorKind::Unsupported, "this system passes no descriptors on"))
    }

    /// From here on this process is killed when its parent ends.
    fn end_with_parent() {}

    /// Whether the parent is this very program; no where the system does not tell.
    fn is_parent_this_program() -> bool {
        false
    }

    /// In lists of processes, takes the name that this program was started by.
    fn take_name() {}

    /// Waits until nobody holds the other end of standard input; whether that was seen.
    fn wait_for_hang_up() -> bool {
        false
    }

    /// Stops this process, as a whole; whether it was stopped, and continued since.
    fn stop() -> bool {
        false
    }

    /// Allows this process as many open files as the system lets it have.
    fn raise_file_limit() {}

    /// Allows this process, and each that it starts, so many bytes of memory.
    fn limit_memory(_most: u64) {}

    /// The parent of a process.
    fn parent_of(_process: u32) -> Option<u32> {
        None
    }

    /// Whether a process is stopped.
    fn is_stopped(_process: u32) -> Option<bool> {
        None
    }

    /// The processes that a process has started and that it has not waited for yet.
    fn children_of(_process: u32) -> Vec<u32> {
        Vec::new()
    }

    /// Kills all that a process has started, in its group or elsewhere.
    fn kill_descendants_of(_process: u32) {}

    /// Whether anybody lives in the group of this number.
    fn is_group_alive(_group: u32) -> Option<bool> {
        None
    }

    /// From here on what the children of this program leave behind can be counted.
    fn adopt_orphans() {}

    /// How many of them live.
    fn orphans() -> Option<usize> {
        None
    }

    /// Ends them.
    fn end_orphans() {}
}

/// Looks at the end of a child as any system can, which takes its number away.
fn look_and_reap(child: &mut Child) -> Option<(Exit, bool)> {
    match child.try_wait() {
        Ok(status) => Some((status?.into(), true)),
        Err(_) => Some((Exit::Unknown, true)),
    }
}

#[cfg(test)]
mod tests {
    use super::plain::Plain;
    use super::*;

    /// Systems without a way to look at an ended child see its end all the same.
    #[test]
    fn every_system_sees_that_a_child_has_ended() {
        for (peek, reaps) in [(Here::peek as fn(&mut _) -> _, false), (Plain::peek, true)] {
            let mut command = Here::this_program().expect("a test is a program");
            command.arg("--no-such-option").stderr(std::process::Stdio::null());
            let mut child = command.spawn().expect("it starts");
            let start = std::time::Instant::now();
            let seen = loop {
                match peek(&mut child) {
                    Some(seen) => break seen,
                    None => std::thread::yield_now(),
                }
                assert!(start.elapsed().as_secs() < 30, "its end is not seen");
            };
            assert_eq!((seen.0.is_success(), seen.1), (false, reaps));
            child.wait().expect("it was started here");
        }
    }
}
