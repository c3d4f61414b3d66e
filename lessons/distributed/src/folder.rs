//! The folder of a run, in which Open MPI leaves what the ranks share.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// How its name begins.
pub const PREFIX: &str = "sum-of-parts-";

/// Removes the folder of a run, and nothing that has another name. Others may be at it, too, or still write
/// there: it is tried again, for a second at most.
pub fn remove(folder: &Path) {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    if !name.starts_with(PREFIX) {
        return;
    }
    let begin = Instant::now();
    while folder.exists() && begin.elapsed() < Duration::from_secs(1) {
        if std::fs::remove_dir_all(folder).is_err() {
            thread::sleep(Duration::from_millis(20));
        }
    }
}
