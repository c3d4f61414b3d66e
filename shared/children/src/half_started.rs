//! A child that is stopped before it has become the program: nobody has its number yet, and the call that
//! starts it does not come back.

#[cfg(target_os = "linux")]
pub(crate) use linux::Starter;
#[cfg(not(target_os = "linux"))]
pub(crate) use others::Starter;

#[cfg(target_os = "linux")]
mod linux {
    use std::fs;

    use rustix::process::{Pid, Signal, kill_process};
    use rustix::thread::gettid;

    /// The thread that starts a child just now.
    #[derive(Debug)]
    pub(crate) struct Starter(Pid);

    impl Starter {
        pub(crate) fn this_thread() -> Self {
            Starter(gettid())
        }

        /// Kills the child that this thread has made, and that still is a copy of this program.
        pub(crate) fn kill(&self) {
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
}

/// Elsewhere nobody can find it.
#[cfg(not(target_os = "linux"))]
mod others {
    #[derive(Debug)]
    pub(crate) struct Starter;

    impl Starter {
        pub(crate) fn this_thread() -> Self {
            Starter
        }

        pub(crate) fn kill(&self) {}
    }
}
