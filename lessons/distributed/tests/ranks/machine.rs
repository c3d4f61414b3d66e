//! What this machine has, and what is left of ranks on it.

use std::env;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use libtest_mimic::Failed;

/// Why no ranks can be started here, if so.
pub fn lacks() -> Option<&'static str> {
    if !cfg!(feature = "mpi") {
        return Some("needs --features mpi");
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&path).any(|folder| folder.join("mpirun").is_file());
    match (found, cfg!(target_os = "linux")) {
        (true, true) => None,
        (false, _) => Some("needs mpirun"),
        (true, false) => Some("needs Linux, which tells who has started whom"),
    }
}

/// The processes that came from `parent`.
pub fn descendants_of(parent: u32) -> Vec<u32> {
    let mut family = vec![parent];
    let all = processes();
    let is_new = |(child, parent, _): &&(u32, u32, String), family: &[u32]| {
        family.contains(parent) && !family.contains(child)
    };
    while let Some((child, ..)) = all.iter().find(|process| is_new(process, &family)) {
        family.push(*child);
    }
    family.split_off(1)
}

/// The ranks that came from `parent`, in order, once there are so many and have had time to begin a sum.
pub fn ranks_of(parent: u32, count: usize) -> Result<Vec<u32>, Failed> {
    let begin = Instant::now();
    while begin.elapsed() < Duration::from_secs(60) {
        let mut found = started_with(parent, " --rank");
        // `mpirun` has these words among its own.
        found.retain(|process| !command_of(*process).contains("mpirun"));
        found.sort_unstable(); // It starts them one after the other.
        if found.len() >= count {
            std::thread::sleep(Duration::from_secs(2));
            return Ok(found);
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Err(format!("{count} ranks never came").into())
}

/// The processes that came from `parent` and were started with `words`.
pub fn started_with(parent: u32, words: &str) -> Vec<u32> {
    let mut found = descendants_of(parent);
    found.retain(|process| command_of(*process).contains(words));
    found
}

fn command_of(process: u32) -> String {
    let words = fs::read(format!("/proc/{process}/cmdline")).unwrap_or_default();
    String::from_utf8_lossy(&words).replace('\0', " ")
}

/// Every process, its parent, and its state.
fn processes() -> Vec<(u32, u32, String)> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = entries.filter_map(|entry| entry.file_name().to_string_lossy().parse().ok());
    let known = |id: u32| {
        let text = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        let mut words = text.rsplit_once(')')?.1.split_whitespace();
        let state = words.next()?.to_owned();
        Some((id, words.next()?.parse().ok()?, state))
    };
    ids.filter_map(known).collect()
}

/// None of these processes lives, after a while at most.
pub fn all_are_gone(ids: &[u32]) -> Result<(), Failed> {
    let begin = Instant::now();
    loop {
        let left: Vec<u32> = processes()
            .into_iter()
            .filter(|(id, _, state)| ids.contains(id) && state != "Z")
            .map(|(id, ..)| id)
            .collect();
        if left.is_empty() {
            return Ok(());
        }
        if begin.elapsed() > Duration::from_secs(5) {
            return Err(format!("of {ids:?} there are left {left:?}").into());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Nothing is left in the folder, after a while at most.
pub fn is_empty(folder: &Path) -> Result<(), Failed> {
    let begin = Instant::now();
    loop {
        let left: Vec<String> = fs::read_dir(folder)?
            .map(|entry| Ok(entry?.path().display().to_string()))
            .collect::<Result<_, std::io::Error>>()?;
        if left.is_empty() {
            return Ok(());
        }
        if begin.elapsed() > Duration::from_secs(5) {
            return Err(format!("left behind: {left:?}").into());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// What MPI has in shared memory just now. Other programs have theirs there, too.
pub fn shared_memory() -> Vec<String> {
    let entries = fs::read_dir("/dev/shm").into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> =
        names.filter(|name| name.contains("vader") || name.contains("sum-of-parts")).collect();
    names.sort();
    names
}
