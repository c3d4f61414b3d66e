use std::env;
use std::os::unix::process::parent_id;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use nix::sys::signal::{Signal, kill, raise};
use nix::unistd::Pid;

use crate::folder;

/// How often a rank looks whether its parents live.
const LOOK: Duration = Duration::from_millis(100);

/// From here on this rank ends, at once, when `mpirun` ends, or whoever has started it.
///
/// MPI does not: a rank whose `mpirun` was killed goes on, and waits forever for ranks that are gone. The look costs some microseconds, ten times a second.
pub fn start() {
    let parents = parents();
    let watch = move || {
        loop {
            thread::sleep(LOOK);
            let now = self::parents();
            if now == parents {
                continue;
            }
            // First the folder: once `mpirun` is asked to end, it kills the ranks.
            remove_folder();
            if now.0 == parents.0 {
                // It still lives, so its number is its own. It may wait long for a host that is cut off.
                let parent = i32::try_from(now.0).map(Pid::from_raw);
                let _ = parent.map(|parent| kill(parent, Signal::SIGTERM));
            }
            let _ = raise(Signal::SIGKILL);
        }
    };
    // Without the thread it is as MPI made it.
    let _ = thread::Builder::new().name("watch".into()).spawn(watch);
}

/// Removes the folder of the run, when this rank is about to end. Whoever else would do it may be gone: the
/// end of the launcher is the end of the orders, and the supervisor may be killed just then.
pub fn remove_folder() {
    env::var_os("TMPDIR").map(PathBuf::from).inspect(|folder| folder::remove(folder));
}

/// The parent of this process, and the parent of that one where the system tells.
fn parents() -> (u32, Option<u32>) {
    let parent = parent_id();
    (parent, children::family::parent_of(parent))
}
