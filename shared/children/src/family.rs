//! Who has started whom, as Linux tells it. Elsewhere nobody knows.

use std::fs;

/// The parent of a process.
pub fn parent_of(process: u32) -> Option<u32> {
    status(process)?.split_whitespace().nth(1)?.parse().ok()
}

/// Whether a process is stopped.
pub fn is_stopped(process: u32) -> bool {
    status(process).is_some_and(|status| status.trim_start().starts_with(['T', 't']))
}

/// The processes that a process has started and has not yet waited for, and the orphans that were given
/// to it.
pub fn children_of(process: u32) -> Vec<u32> {
    let Ok(threads) = fs::read_dir(format!("/proc/{process}/task")) else { return Vec::new() };
    // A thread may be gone by now; its children are another thread's then.
    let lists = threads.flatten().map(|thread| fs::read_to_string(thread.path().join("children")));
    let lists: Vec<String> = lists.flatten().collect();
    lists.iter().flat_map(|list| list.split_whitespace()).flat_map(str::parse).collect()
}

/// Kills all that a process has started, and what that has started, also in other groups and also what is
/// stopped. To be called only while nobody has waited for `process`: then all their numbers are their own.
#[cfg(unix)]
pub fn kill_descendants_of(process: u32) {
    use rustix::process::{Pid, Signal, kill_process};
    for child in children_of(process) {
        kill_descendants_of(child);
        if let Some(child) = i32::try_from(child).ok().and_then(Pid::from_raw) {
            // It may have ended by itself, and that is just as well.
            let _ = kill_process(child, Signal::KILL);
        }
    }
}

/// Whether a process of this group lives: one that has ended and was not waited for does not. `None` where
/// the system does not tell.
pub fn is_group_alive(group: u32) -> Option<bool> {
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
