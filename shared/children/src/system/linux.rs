//! What Linux has beside the rest of its family: /proc, which tells who has started whom, and the signal at
//! the death of a parent.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::process::{
    Pid, Signal, WaitOptions, child_subreaper, getpid, getppid, kill_process, set_child_subreaper,
    set_parent_process_death_signal, waitpid,
};
use rustix::thread::gettid;

/// The thread that starts a child just now.
#[derive(Debug)]
pub(crate) struct Starter(Pid);

impl Starter {
    pub(super) fn this_thread() -> Self {
        Starter(gettid())
    }

    /// Kills the child that this thread has made, and that still is a copy of this program.
    pub(super) fn kill(&self) {
        let list = format!("/proc/self/task/{}/children", self.0.as_raw_nonzero());
        let children = fs::read_to_string(list).unwrap_or_default();
        let Ok(own) = fs::read("/proc/self/cmdline") else { return };
        let is_copy =
            |id: &i32| fs::read(format!("/proc/{id}/cmdline")).is_ok_and(|its| its == own);
        let children = children.split_whitespace().filter_map(|id| id.parse().ok());
        for child in children.filter(is_copy).filter_map(Pid::from_raw) {
            // It may have ended by itself, and that is just as well.
            let _ = kill_process(child, Signal::KILL);
        }
    }
}

/// The running program itself, whatever has become of its file since.
pub(super) fn file_of_this_program() -> io::Result<PathBuf> {
    let running = Path::new("/proc/self/exe");
    if running.exists() { Ok(running.to_owned()) } else { std::env::current_exe() }
}

/// The system means the thread that has started this process.
pub(super) fn end_with_parent() {
    // If it is refused, the end of the input has to do.
    let _ = set_parent_process_death_signal(Some(Signal::KILL));
}

pub(super) fn is_parent_this_program() -> bool {
    let file = |path: &str| fs::metadata(path).ok().map(|file| (file.dev(), file.ino()));
    let parent = getppid().map(Pid::as_raw_nonzero);
    let of_parent = parent.and_then(|parent| file(&format!("/proc/{parent}/exe")));
    of_parent.is_some() && of_parent == file("/proc/self/exe")
}

/// It is `exe` otherwise, after the file under /proc.
pub(super) fn take_name() {
    let name = std::env::args_os().next().unwrap_or_default();
    if let Some(name) = Path::new(&name).file_name() {
        let _ = fs::write("/proc/self/comm", name.as_encoded_bytes());
    }
}

pub(super) fn wait_for_hang_up() -> bool {
    let input = io::stdin();
    loop {
        // Nothing is asked for: the system tells of a hang-up in any case, and of nothing else.
        let mut descriptors = [PollFd::new(&input, PollFlags::empty())];
        match poll(&mut descriptors, None) {
            Ok(_) => return true,
            Err(Errno::INTR) => {}
            Err(_) => return false,
        }
    }
}

pub(super) fn parent_of(process: u32) -> Option<u32> {
    status(process)?.split_whitespace().nth(1)?.parse().ok()
}

pub(super) fn is_stopped(process: u32) -> Option<bool> {
    Some(status(process)?.trim_start().starts_with(['T', 't']))
}

/// Also the orphans that were given to it.
pub(super) fn children_of(process: u32) -> Vec<u32> {
    let Ok(threads) = fs::read_dir(format!("/proc/{process}/task")) else { return Vec::new() };
    // A thread may be gone by now; its children are another thread's then.
    let lists = threads.flatten().map(|thread| fs::read_to_string(thread.path().join("children")));
    let lists: Vec<String> = lists.flatten().collect();
    lists.iter().flat_map(|list| list.split_whitespace()).flat_map(str::parse).collect()
}

/// One that has ended and was not waited for does not live.
pub(super) fn is_group_alive(group: u32) -> Option<bool> {
    let own = status(std::process::id())?; // There are systems whose /proc is empty.
    let is_of = |status: &str| {
        let mut words = status.split_whitespace();
        let state = words.next();
        words.nth(1).and_then(|its| its.parse().ok()) == Some(group) && state != Some("Z")
    };
    let entries = fs::read_dir("/proc").ok()?.flatten();
    let ids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    Some(is_of(&own) || ids.filter_map(status).any(|status| is_of(&status)))
}

/// What follows the name in the status of a process. The name may hold anything, parentheses too.
fn status(process: u32) -> Option<String> {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    Some(text.rsplit_once(')')?.1.to_owned())
}

/// Linux gives an orphan to the next of its forebears that has asked for it.
pub(super) fn adopt_orphans() {
    // If it is refused, nobody can tell how many there are.
    let _ = set_child_subreaper(Some(getpid()));
}

pub(super) fn orphans() -> Option<usize> {
    child_subreaper().ok().flatten()?;
    let alive = |child: &Pid| matches!(waitpid(Some(*child), WaitOptions::NOHANG), Ok(None));
    Some(own_children().into_iter().filter(alive).count())
}

/// Waits for them, too: no process outlives SIGKILL.
pub(super) fn end_orphans() {
    for child in own_children() {
        let _ = kill_process(child, Signal::KILL);
        let _ = waitpid(Some(child), WaitOptions::empty());
    }
}

fn own_children() -> Vec<Pid> {
    let children = children_of(std::process::id()).into_iter();
    children.filter_map(|id| Pid::from_raw(i32::try_from(id).ok()?)).collect()
}
