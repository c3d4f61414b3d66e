//! What macOS does in its own way, and other relatives of Unix like it: no /proc, and no signal at the death of
//! a parent, for which a process has to look itself.

use std::path::PathBuf;
use std::time::Duration;
use std::{io, thread};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{Pid, Signal, getpid, getppid, kill_process, test_kill_process_group};

/// How often it is looked whether a parent is still there.
const LOOK: Duration = Duration::from_millis(50);

/// Nobody can find a child that is half started.
#[derive(Debug)]
pub(crate) struct Starter;

impl Starter {
    pub(super) fn this_thread() -> Self {
        Starter
    }

    pub(super) fn kill(&self) {}
}

pub(super) fn file_of_this_program() -> io::Result<PathBuf> {
    std::env::current_exe()
}

/// On a thread that looks who the parent is: an orphan is given to another one. A process that is stopped as a
/// whole does not look.
pub(super) fn end_with_parent() {
    let parent = getppid();
    let watch = move || {
        while getppid() == parent {
            thread::sleep(LOOK);
        }
        let _ = kill_process(getpid(), Signal::KILL);
    };
    // Without the thread the end of the input has to do.
    let _ = thread::Builder::new().name("parent".to_owned()).spawn(watch);
}

/// Not asked: the watch over standard input does as well.
pub(super) fn is_parent_this_program() -> bool {
    false
}

/// It has its name.
pub(super) fn take_name() {}

/// Whether a wait ends with what comes before the hang-up differs among these systems; so the answer is looked
/// at, and the question repeated.
pub(super) fn wait_for_hang_up() -> bool {
    let input = io::stdin();
    let within = Timespec::try_from(LOOK).ok();
    loop {
        let mut descriptors = [PollFd::new(&input, PollFlags::HUP)];
        match poll(&mut descriptors, within.as_ref()) {
            Ok(0) | Err(Errno::INTR) => {}
            Ok(_) if descriptors[0].revents().intersects(PollFlags::HUP | PollFlags::ERR) => {
                return true;
            }
            Ok(_) => thread::sleep(LOOK),
            Err(_) => return false,
        }
    }
}

pub(super) fn parent_of(_process: u32) -> Option<u32> {
    None
}

pub(super) fn is_stopped(_process: u32) -> Option<bool> {
    None
}

pub(super) fn children_of(_process: u32) -> Vec<u32> {
    Vec::new()
}

/// A signal to a group in which nobody is left, or only the ended leader, is refused.
pub(super) fn is_group_alive(group: u32) -> Option<bool> {
    let group = i32::try_from(group).ok().and_then(Pid::from_raw)?;
    Some(test_kill_process_group(group).is_ok())
}

/// They go to the system itself.
pub(super) fn adopt_orphans() {}

pub(super) fn orphans() -> Option<usize> {
    None
}

pub(super) fn end_orphans() {}
