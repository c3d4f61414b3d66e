//! The parent-death signal: ends the worker with its parent even if it is stopped, when no thread of its own
//! can see the hang-up.

#[cfg(target_os = "linux")]
pub(super) use linux::ask_for_it;

/// Elsewhere the watchdog has to do.
#[cfg(not(target_os = "linux"))]
pub(super) fn ask_for_it() {}

#[cfg(target_os = "linux")]
mod linux {
    use std::fs;
    use std::os::unix::fs::MetadataExt;
    use std::path::Path;

    use rustix::process::{Pid, Signal, getppid, set_parent_process_death_signal};

    /// Asks the system to kill this process when the thread ends that started it.
    ///
    /// Only where that is this very program, whose starting thread lives as long as the program: a
    /// worker that was started by hand, from a shell say, ends with its input and no sooner. Also
    /// takes the parent's name in lists of processes, which say `exe` otherwise.
    pub(in crate::worker) fn ask_for_it() {
        let file = |path: &str| fs::metadata(path).ok().map(|file| (file.dev(), file.ino()));
        let parent = getppid().map(Pid::as_raw_nonzero);
        let of_parent = parent.and_then(|parent| file(&format!("/proc/{parent}/exe")));
        if of_parent.is_some() && of_parent == file("/proc/self/exe") {
            // If it is refused, the watchdog has to do.
            let _ = set_parent_process_death_signal(Some(Signal::KILL));
        }
        let name = std::env::args_os().next().unwrap_or_default();
        if let Some(name) = Path::new(&name).file_name() {
            let _ = fs::write("/proc/self/comm", name.as_encoded_bytes());
        }
    }
}
