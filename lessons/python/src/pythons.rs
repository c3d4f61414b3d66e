//! What the rows of one run of the program share.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::sleep;
use std::time::Duration;

use children::Killer;
use measure::{Cancellation, Registration};
use tempfile::TempDir;

use crate::interpreter::Interpreter;
use crate::report::Report;
use crate::sum::{Ready, Task};

/// The Pythons of one run of the program: those that stand ready, what they have reported of themselves,
/// and the folder for their temporary files.
///
/// All of it ends with this value, and when the value is cancelled.
#[derive(Debug, Default)]
pub struct Pythons {
    cancellation: Cancellation,
    /// The Python of this machine, once it was looked for.
    pub(crate) found: OnceLock<Result<Interpreter, String>>,
    /// Children that nobody uses just now: the audit asks the ones that were timed.
    idle: Mutex<Vec<Ready>>,
    /// By the name of the row.
    reports: Mutex<BTreeMap<&'static str, Report>>,
    folder: Mutex<Option<TempDir>>,
}

impl Pythons {
    /// Lets `program` cancel these, until what is returned is dropped.
    pub fn cancelled_with(self: &Arc<Self>, program: &Cancellation) -> Registration {
        let pythons = Arc::clone(self);
        program.on_cancel(move || pythons.cancel())
    }

    /// What kills a child that is about to be started, when these are cancelled.
    pub(crate) fn killer(&self) -> (Killer, Registration) {
        let killer = Killer::of_group();
        let registration = kills(&self.cancellation, &killer);
        (killer, registration)
    }

    /// An idle child that was made ready for `task`.
    pub(crate) fn take_idle(&self, task: &Task) -> Option<Ready> {
        let mut idle = locked(&self.idle);
        let place = idle.iter().position(|ready| ready.task.is_same(task))?;
        Some(idle.swap_remove(place))
    }

    /// Keeps a child for whoever needs it next.
    pub(crate) fn keep(&self, ready: Ready) {
        if !self.cancellation.is_cancelled() {
            locked(&self.idle).push(ready);
        }
    }

    /// What the children have reported, by the name of the row.
    pub(crate) fn reports(&self) -> MutexGuard<'_, BTreeMap<&'static str, Report>> {
        locked(&self.reports)
    }

    /// Ends the idle children, all in one grace period.
    pub fn end_idle(&self) {
        let mut idle = std::mem::take(&mut *locked(&self.idle));
        crate::child::end_all(idle.iter_mut().map(|ready| &mut ready.child));
    }

    /// Ends all children and removes the folder. No child can be started afterwards.
    pub fn end(&self) {
        self.end_idle();
        self.cancel();
    }

    fn cancel(&self) {
        self.cancellation.cancel();
        self.remove_folder();
    }

    /// The folder for temporary files such as sockets, made when it is first asked for. `None` where there
    /// can be none: then children use that of the system.
    pub(crate) fn folder(&self) -> Option<PathBuf> {
        let mut folder = locked(&self.folder);
        if folder.is_none() && !self.cancellation.is_cancelled() {
            *folder = tempfile::Builder::new().prefix("sum-of-parts-").tempdir().ok();
        }
        folder.as_ref().map(|folder| folder.path().to_owned())
    }

    /// A child that was just killed may finish what it was writing, so this tries more than once.
    fn remove_folder(&self) {
        let Some(folder) = locked(&self.folder).take() else { return };
        let path = folder.keep();
        for _ in 0..20 {
            if fs::remove_dir_all(&path).is_ok() || !path.exists() {
                return;
            }
            sleep(Duration::from_millis(2));
        }
    }
}

impl Drop for Pythons {
    fn drop(&mut self) {
        self.end();
    }
}

/// Lets `cancellation` kill a child.
pub(crate) fn kills(cancellation: &Cancellation, killer: &Killer) -> Registration {
    let killer = killer.clone();
    cancellation.on_cancel(move || killer.kill())
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cancelling_the_program_removes_the_folder_for_good() {
        let (program, pythons) = (Cancellation::default(), Arc::new(Pythons::default()));
        let _cancelled = pythons.cancelled_with(&program);
        let folder = pythons.folder().expect("a folder can be made");
        fs::write(folder.join("a-file"), "").expect("it can be written to");
        program.cancel();
        assert!(!folder.exists());
        assert_eq!(pythons.folder(), None);
    }
}
