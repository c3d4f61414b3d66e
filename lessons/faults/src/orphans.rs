//! The processes that a program leaves behind when it ends.
//!
//! Linux gives an orphan to the next of its forebears that has asked for it. So the lesson asks, and
//! whoever is its child after a case has ended was left behind by that case. Elsewhere orphans go to the
//! system itself, and nobody here can count them.

#[cfg(target_os = "linux")]
pub(crate) use linux::{adopt, end_all, end_with_the_lesson, how_many};
#[cfg(not(target_os = "linux"))]
pub(crate) use others::{adopt, end_all, end_with_the_lesson, how_many};

#[cfg(target_os = "linux")]
mod linux {
    use children::family;
    use rustix::process::{
        Pid, Signal, WaitOptions, getpid, kill_process, set_child_subreaper,
        set_parent_process_death_signal, waitpid,
    };

    /// From here on orphans of the programs that this one starts are its children.
    pub(crate) fn adopt() {
        // If it is refused, none are found.
        let _ = set_child_subreaper(Some(getpid()));
    }

    /// For a case: from here on it is killed when the lesson ends, even if it is stopped then. The
    /// lesson starts its cases on its main thread, which ends last.
    pub(crate) fn end_with_the_lesson() {
        // If it is refused, a case still ends with its input, unless it is stopped.
        let _ = set_parent_process_death_signal(Some(Signal::KILL));
    }

    /// How many children this program has that still run. To be asked only while it has started none.
    pub(crate) fn how_many() -> Option<usize> {
        let alive = |child: &Pid| matches!(waitpid(Some(*child), WaitOptions::NOHANG), Ok(None));
        Some(children().into_iter().filter(alive).count())
    }

    /// Ends them, and waits for them: no process outlives SIGKILL.
    pub(crate) fn end_all() {
        for child in children() {
            let _ = kill_process(child, Signal::KILL);
            let _ = waitpid(Some(child), WaitOptions::empty());
        }
    }

    fn children() -> Vec<Pid> {
        let children = family::children_of(std::process::id()).into_iter();
        children.filter_map(|id| Pid::from_raw(i32::try_from(id).ok()?)).collect()
    }
}

#[cfg(not(target_os = "linux"))]
mod others {
    pub(crate) fn adopt() {}

    pub(crate) fn end_with_the_lesson() {}

    pub(crate) fn how_many() -> Option<usize> {
        None
    }

    pub(crate) fn end_all() {}
}
