//! What this machine has, and what is left of ranks on it.

use std::env;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use libtest_mimic::Failed;

use super::leftovers;
pub use super::leftovers::descendants_of;

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

/// How long it may take until all is gone.
const PATIENCE: Duration = Duration::from_secs(5);

/// None of these processes lives, after a while at most.
pub fn all_are_gone(ids: &[u32]) -> Result<(), Failed> {
    Ok(leftovers::all_are_gone(ids, PATIENCE)?)
}

/// Nothing is left in the folder, after a while at most.
pub fn is_empty(folder: &Path) -> Result<(), Failed> {
    Ok(leftovers::is_empty(folder, PATIENCE)?)
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
