//! What Windows has: job objects, to which belongs whatever a member starts, and which can end with the last
//! handle that is open to them.

mod family;
mod hang_up;
mod job;
mod whole_process;

use std::io;
use std::os::windows::io::{AsHandle, AsRawHandle, OwnedHandle};
use std::os::windows::process::CommandExt;
use std::process::{Child, Command};
use std::sync::OnceLock;

use windows_sys::Win32::System::Threading::{CREATE_NEW_PROCESS_GROUP, CREATE_SUSPENDED};

use self::job::Job;
use super::System;
use crate::{Exit, Usage};

/// Windows 10 and its successors.
#[derive(Debug)]
pub(crate) struct Windows;

/// The job of this program, and of all that it starts. Its only handle is this one, which the system closes
/// when the program ends, however it ends; and with the handle end all that are in the job.
///
/// `None` where the system refuses it, as a caller's job may make it do: then a child ends with its input.
fn own_job() -> Option<&'static Job> {
    static OWN: OnceLock<Option<Job>> = OnceLock::new();
    let job = || Job::of_this_process().and_then(|job| job.end_with_last_handle().map(|()| job));
    OWN.get_or_init(|| job().ok()).as_ref()
}

/// Nobody needs to know who starts a child: it is in the job of this program from its first moment.
#[derive(Debug)]
pub(crate) struct Starter;

impl System for Windows {
    /// A job of its own, inside that of this program; none where the system refuses one.
    type Group = Option<Job>;
    type Starter = Starter;
    type Watch = OwnedHandle;

    /// This program must be in its job before it has children: they are in it from their first moment, and
    /// nothing happens between their start and that.
    fn prepare() {
        own_job();
    }

    /// Not a job yet, but a group whose members a Ctrl-C does not end: they are ended by their parent. And
    /// suspended, until it is in its job.
    fn lead_group(command: &mut Command) {
        command.creation_flags(CREATE_NEW_PROCESS_GROUP | CREATE_SUSPENDED);
    }

    fn group_of(child: &Child) -> io::Result<Option<Job>> {
        let process = child.as_raw_handle();
        let group = Job::of(process).ok();
        whole_process::resume(process)?;
        Ok(group)
    }

    fn starter() -> Starter {
        Starter
    }

    /// A handle that is open to it keeps its number, so that it is no other's.
    fn peek(child: &mut Child) -> Option<(Exit, bool)> {
        match child.try_wait() {
            Ok(status) => Some((status?.into(), false)),
            Err(_) => Some((Exit::Unknown, true)),
        }
    }

    fn watch(child: &Child) -> io::Result<OwnedHandle> {
        child.as_handle().try_clone_to_owned()
    }

    fn await_end(watch: &OwnedHandle) {
        whole_process::await_end(watch);
    }

    fn reap_group(child: &mut Child, group: &Option<Job>) -> Usage {
        let mut usage = group.as_ref().and_then(Job::usage).unwrap_or_default();
        // Where the job does not tell, that of the leader is better than nothing.
        usage.cpu = usage.cpu.or_else(|| whole_process::cpu_time(child.as_raw_handle()));
        Windows::kill_group(child, group);
        let _ = child.wait();
        usage
    }

    /// It has rules of its own for quotes, and takes the rest of the line as it is.
    fn shell(line: &str) -> Command {
        let mut command = Command::new("cmd");
        command.raw_arg("/C").raw_arg(line);
        command
    }

    fn kill_group(_child: &Child, group: &Option<Job>) {
        group.iter().for_each(Job::terminate);
    }

    fn is_group_of_alive(_child: &Child, group: &Option<Job>) -> Option<bool> {
        Some(group.as_ref()?.count()? > 0)
    }

    /// What Rust's library, the task manager and `taskkill /F` give to what they kill.
    const HAS_JOBS: bool = true;

    const STATUS_OF_KILLED: Option<i32> = Some(1);

    /// Libraries are loaded from there.
    const NEEDED_VARIABLES: &[&str] = &["SystemRoot"];

    /// No signal tells it, so it is looked from time to time. A look waits while the pipe is being read,
    /// and whoever reads sees its end.
    fn wait_for_hang_up() -> bool {
        hang_up::wait()
    }

    fn stop() -> bool {
        whole_process::suspend_this().is_ok()
    }

    /// In a job that ends nobody.
    fn limit_memory(most: u64) {
        if let (Ok(job), Ok(most)) = (Job::of_this_process(), usize::try_from(most)) {
            // Without this limit that of time has to do. It holds once the handle is closed, too.
            let _ = job.limit_memory(most);
        }
    }

    fn parent_of(process: u32) -> Option<u32> {
        family::parent_of(process)
    }

    fn children_of(process: u32) -> Vec<u32> {
        family::children_of(process)
    }

    /// They stay in the job of this program.
    fn adopt_orphans() {
        own_job();
    }

    /// All in the job of this program but itself. To be asked only while it has no children.
    fn orphans() -> Option<usize> {
        own_job()?.count().map(|members| members.saturating_sub(1))
    }

    fn end_orphans() {
        own_job().into_iter().for_each(Job::terminate_others);
    }
}
