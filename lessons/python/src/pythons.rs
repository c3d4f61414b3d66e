//! What the rows of one run of the program share.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use measure::{Cancellation, Registration};

use crate::child;
use crate::interpreter::Interpreter;
use crate::report::Report;
use crate::session::Session;
use crate::sum::{Ready, Task};

/// The Pythons of one run of the program: those that stand ready, and what they have reported of
/// themselves. All of them end with this value, and when it is cancelled.
#[derive(Debug, Default)]
pub struct Pythons {
    pub(crate) session: Session,
    /// The Python of this machine, once it was looked for.
    pub(crate) found: OnceLock<Result<Interpreter, String>>,
    /// Children that nobody uses just now: the audit asks the ones that were timed.
    idle: Mutex<Vec<Ready>>,
    /// By the name of the row.
    reports: Mutex<BTreeMap<&'static str, Report>>,
}

impl Pythons {
    /// Lets `program` cancel these, until what is returned is dropped.
    pub fn cancelled_with(self: &Arc<Self>, program: &Cancellation) -> Registration {
        let pythons = Arc::clone(self);
        program.on_cancel(move || pythons.session.cancel())
    }

    /// An idle child that was made ready for `task`.
    pub(crate) fn take_idle(&self, task: &Task) -> Option<Ready> {
        let mut idle = locked(&self.idle);
        let place = idle.iter().position(|ready| ready.task.is_same(task))?;
        Some(idle.swap_remove(place))
    }

    /// Keeps a child for the next run that needs it.
    pub(crate) fn keep(&self, ready: Ready) {
        if !self.session.is_cancelled() {
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
        child::end_all(idle.iter_mut().map(|ready| &mut ready.child));
    }

    /// Ends all children: the idle ones in one grace period, the others at once. None can be started
    /// afterwards.
    pub fn end(&self) {
        self.end_idle();
        self.session.cancel();
    }
}

impl Drop for Pythons {
    fn drop(&mut self) {
        self.end();
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn cancelling_the_program_removes_the_folder_for_good() {
        let (program, pythons) = (Cancellation::default(), Arc::new(Pythons::default()));
        let _cancelled = pythons.cancelled_with(&program);
        let folder = pythons.session.folder().expect("a folder can be made");
        fs::write(folder.join("a-file"), "").expect("it can be written to");
        program.cancel();
        assert!(!folder.exists());
        assert_eq!(pythons.session.folder(), None);
    }
}
