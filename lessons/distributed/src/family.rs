//! Who has started whom, as Linux tells it. Elsewhere nobody knows.

use std::fs;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

/// The parent of a process.
pub fn parent_of(process: u32) -> Option<u32> {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name of the program stands in parentheses, and may hold anything.
    text.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}

/// The processes that a process has started and that it has not yet waited for.
fn children_of(process: u32) -> Vec<u32> {
    let Ok(threads) = fs::read_dir(format!("/proc/{process}/task")) else { return Vec::new() };
    let lists = threads.flatten().map(|thread| thread.path().join("children"));
    let texts = lists.filter_map(|list| fs::read_to_string(list).ok());
    texts.flat_map(|text| numbers(&text)).collect()
}

/// Kills what a process has started, and what that has started; also what is stopped.
pub fn kill_descendants_of(process: u32) {
    // Nobody has waited for `process` or, while it has not ended, for its children.
    for child in children_of(process) {
        kill_descendants_of(child);
        let _ = i32::try_from(child).map(|child| kill(Pid::from_raw(child), Signal::SIGKILL));
    }
}

/// Whether a process is stopped.
pub fn is_stopped(process: u32) -> bool {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let state = text.rsplit_once(')').map(|(_, rest)| rest.trim_start());
    state.is_some_and(|state| state.starts_with(['T', 't']))
}

fn numbers(text: &str) -> Vec<u32> {
    text.split_whitespace().filter_map(|number| number.parse().ok()).collect()
}
