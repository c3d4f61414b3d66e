//! What all systems of the Unix family have: process groups, signals, descriptors, limits.
//!
//! What they don't share is in the file of each of them.

pub(crate) mod pipes;
mod usage;

use std::fs::File;
use std::io;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, ExitStatus};

use command_fds::{CommandFdExt, FdMapping};
use rustix::io::Errno;
use rustix::process::{
    Pid, Resource, Rlimit, Signal, WaitId, WaitIdOptions, getpid, getrlimit, kill_process,
    kill_process_group, setrlimit, waitid,
};

#[cfg(target_os = "linux")]
use super::linux as own;
#[cfg(not(target_os = "linux"))]
use super::macos as own;
use super::{System, look_and_reap};
use crate::{Exit, Usage};

/// Linux, macOS, and their relatives.
#[derive(Debug)]
pub(crate) struct Unix;

/// The first descriptor after standard input, output and error.
const FIRST_AFTER_STREAMS: i32 = 3;

impl System for Unix {
    /// The number of its leader is that of the group.
    type Group = ();
    type Starter = own::Starter;
    type Watch = Pid;

    fn lead_group(command: &mut Command) {
        command.process_group(0);
    }

    fn group_of(_child: &Child) -> io::Result<()> {
        Ok(())
    }

    fn starter() -> own::Starter {
        own::Starter::this_thread()
    }

    fn kill_half_started(starter: &own::Starter) {
        starter.kill();
    }

    /// It stays a zombie, and keeps its number, which is that of its group. Only where the caller of this
    /// program ignores SIGCHLD, the system has reaped it and forgotten how it ended.
    fn peek(child: &mut Child) -> Option<(Exit, bool)> {
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
            Err(_) => look_and_reap(child),
        }
    }

    fn watch(child: &Child) -> io::Result<Pid> {
        Ok(Pid::from_child(child))
    }

    /// The child stays a zombie, so its number is its own meanwhile.
    fn await_end(watch: &Pid) {
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
        while matches!(waitid(WaitId::Pid(*watch), options), Err(Errno::INTR)) {}
    }

    fn reap_group(child: &mut Child, (): &()) -> Usage {
        Unix::kill_group(child, &());
        usage::reap_group(Pid::from_child(child))
    }

    /// SIGTERM, and SIGCONT in case it is stopped.
    fn terminate(child: &Child) {
        let id = Pid::from_child(child);
        let _ = kill_process(id, Signal::TERM);
        let _ = kill_process(id, Signal::CONT);
    }

    fn terminate_group(child: &Child) -> bool {
        let id = Pid::from_child(child);
        let _ = kill_process_group(id, Signal::TERM);
        let _ = kill_process_group(id, Signal::CONT);
        true
    }

    fn kill_group(child: &Child, (): &()) {
        // If nobody is left in it, there is nobody to kill.
        let _ = kill_process_group(Pid::from_child(child), Signal::KILL);
    }

    fn kill_group_of(process: u32) {
        if let Some(leader) = process.try_into().ok().and_then(Pid::from_raw) {
            let _ = kill_process_group(leader, Signal::KILL);
        }
    }

    fn is_group_of_alive(child: &Child, (): &()) -> Option<bool> {
        own::is_group_alive(child.id())
    }

    fn exit(status: ExitStatus) -> Exit {
        let signal = status.signal().map(Exit::Signal);
        signal.or(status.code().map(Exit::Status)).unwrap_or(Exit::Unknown)
    }

    fn signal_name(number: i32) -> Option<&'static str> {
        signal_hook::low_level::signal_name(number)
    }

    fn this_program() -> io::Result<Command> {
        let mut command = Command::new(own::file_of_this_program()?);
        if let Some(name) = std::env::args_os().next() {
            command.arg0(name);
        }
        Ok(command)
    }

    fn inherit_nothing() {
        close_fds::set_fds_cloexec_threadsafe(FIRST_AFTER_STREAMS, &[]);
    }

    const PASSES_FILES: bool = true;

    fn pass(command: &mut Command, file: &File, number: i32) -> io::Result<()> {
        let mapping = FdMapping { parent_fd: file.try_clone()?.into(), child_fd: number };
        command.fd_mappings(vec![mapping]).expect("one descriptor collides with no other");
        Ok(())
    }

    /// Opened through its name under /dev/fd: the system checks that there is such a descriptor, and nobody
    /// has to promise that it belongs to nothing else.
    fn passed(number: i32) -> io::Result<File> {
        File::open(format!("/dev/fd/{number}"))
    }

    fn end_with_parent() {
        own::end_with_parent();
    }

    fn is_parent_this_program() -> bool {
        own::is_parent_this_program()
    }

    fn take_name() {
        own::take_name();
    }

    fn wait_for_hang_up() -> bool {
        own::wait_for_hang_up()
    }

    fn stop() -> bool {
        // A process may always signal itself; and if not, its answer comes at once.
        kill_process(getpid(), Signal::STOP).is_ok()
    }

    fn raise_file_limit() {
        let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
        if current < maximum {
            // If it is refused, starting a child will say so.
            let _ = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum });
        }
    }

    fn limit_memory(most: u64) {
        let Rlimit { maximum, .. } = getrlimit(Resource::As);
        let current = Some(maximum.map_or(most, |maximum| maximum.min(most)));
        // Without this limit that of time has to do.
        let _ = setrlimit(Resource::As, Rlimit { current, maximum });
    }

    fn parent_of(process: u32) -> Option<u32> {
        own::parent_of(process)
    }

    fn is_stopped(process: u32) -> Option<bool> {
        own::is_stopped(process)
    }

    fn children_of(process: u32) -> Vec<u32> {
        own::children_of(process)
    }

    fn kill_descendants_of(process: u32) {
        for child in own::children_of(process) {
            Unix::kill_descendants_of(child);
            if let Some(child) = i32::try_from(child).ok().and_then(Pid::from_raw) {
                // It may have ended by itself, and that is just as well.
                let _ = kill_process(child, Signal::KILL);
            }
        }
    }

    fn is_group_alive(group: u32) -> Option<bool> {
        own::is_group_alive(group)
    }

    fn adopt_orphans() {
        own::adopt_orphans();
    }

    fn orphans() -> Option<usize> {
        own::orphans()
    }

    fn end_orphans() {
        own::end_orphans();
    }
}
