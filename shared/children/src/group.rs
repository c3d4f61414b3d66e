//! What each system offers to look at, and to signal, a child and all that it has started.

#[cfg(not(unix))]
pub(crate) use others::{kill, own, terminate, terminate_all};
#[cfg(not(unix))]
pub(crate) use portable::peek;
#[cfg(unix)]
pub(crate) use unix::{kill, own, peek, terminate, terminate_all};

#[cfg(unix)]
mod unix {
    use std::os::unix::process::CommandExt;
    use std::process::{Child, Command};

    use rustix::io::Errno;
    use rustix::process::{
        Pid, Signal, WaitId, WaitIdOptions, kill_process, kill_process_group, waitid,
    };

    use crate::Exit;

    /// Gives the child a process group of its own.
    pub(crate) fn own(command: &mut Command) {
        command.process_group(0);
    }

    /// Kills the whole group. To be called only while the child has not been reaped.
    pub(crate) fn kill(child: &Child) {
        // If nobody is left in it, there is nobody to kill.
        let _ = kill_process_group(Pid::from_child(child), Signal::KILL);
    }

    pub(crate) fn terminate(child: &Child) {
        let id = Pid::from_child(child);
        let _ = kill_process(id, Signal::TERM);
        let _ = kill_process(id, Signal::CONT);
    }

    /// As [`terminate`], all of the group. To be called only while the child has not been reaped.
    pub(crate) fn terminate_all(child: &Child) {
        let id = Pid::from_child(child);
        let _ = kill_process_group(id, Signal::TERM);
        let _ = kill_process_group(id, Signal::CONT);
    }

    /// How the child has ended, if it has, and whether it was reaped by that. It is not: it stays a zombie,
    /// and keeps its number, which is that of its group. Only where the caller of this program ignores
    /// SIGCHLD, the system has reaped it and forgotten how it ended.
    pub(crate) fn peek(child: &mut Child) -> Option<(Exit, bool)> {
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        match waitid(WaitId::Pid(Pid::from_child(child)), options) {
            Ok(None) => None,
            Ok(Some(status)) => {
                let signal = status.terminating_signal().map(Exit::Signal);
                let exit = signal.or(status.exit_status().map(Exit::Status));
                Some((exit.unwrap_or(Exit::Unknown), false))
            }
            Err(Errno::CHILD) => Some((Exit::Unknown, true)),
            // A system that cannot look without reaping.
            Err(_) => super::portable::peek(child),
        }
    }
}

/// Looking at the end of a child takes its number away.
mod portable {
    use std::process::Child;

    use crate::Exit;

    pub(crate) fn peek(child: &mut Child) -> Option<(Exit, bool)> {
        match child.try_wait() {
            Ok(status) => Some((status?.into(), true)),
            Err(_) => Some((Exit::Unknown, true)),
        }
    }
}

/// Elsewhere a child is alone.
#[cfg(not(unix))]
mod others {
    use std::process::{Child, Command};

    pub(crate) fn own(_command: &mut Command) {}

    pub(crate) fn kill(_child: &Child) {}

    pub(crate) fn terminate(_child: &Child) {}

    pub(crate) fn terminate_all(_child: &Child) {}
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// Systems without a way to look at an ended child see its end all the same.
    #[test]
    fn every_system_sees_that_a_child_has_ended() {
        for (peek, reaps) in [(unix::peek as fn(&mut _) -> _, false), (portable::peek, true)] {
            let mut command = std::process::Command::new("sh");
            let mut child = command.args(["-c", "exit 3"]).spawn().expect("a shell starts");
            let start = std::time::Instant::now();
            let seen = loop {
                match peek(&mut child) {
                    Some(seen) => break seen,
                    None => std::thread::yield_now(),
                }
                assert!(start.elapsed().as_secs() < 30, "its end is not seen");
            };
            assert_eq!(seen, (crate::Exit::Status(3), reaps));
            child.wait().expect("it was started here");
        }
    }
}
