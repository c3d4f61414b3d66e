use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex, MutexGuard, Weak};

use crate::lock::locked;

/// A request to stop: at a time limit, at Ctrl-C.
///
/// Whoever starts something that would outlive its sum, a child process say, leaves here how to end it
/// ([`on_cancel`](Cancellation::on_cancel)). Cancellations form a tree: a signal cancels the root, and
/// with it every run; a time limit cancels one run and leaves the workers of the others alone.
///
/// ```
/// use measure::Cancellation;
/// let program = Cancellation::default();
/// let (run, other) = (program.child(), program.child());
/// run.cancel();
/// assert!(run.is_cancelled() && !other.is_cancelled() && !program.is_cancelled());
/// program.cancel();
/// assert!(other.is_cancelled());
/// ```
#[derive(Clone, Default)]
pub struct Cancellation(Arc<Node>);

/// What is done on cancellation.
enum Action {
    /// A part of this cancellation is cancelled, too.
    Part(Weak<Node>),
    /// Something outside ends.
    Outside(Box<dyn Fn() + Send>),
}

impl Action {
    fn take(&self) {
        match self {
            Action::Part(part) => {
                part.upgrade().into_iter().for_each(|part| Cancellation(part).cancel())
            }
            Action::Outside(end) => end(),
        }
    }

    fn is_outside(&self) -> bool {
        match self {
            Action::Part(part) => {
                part.upgrade().is_some_and(|part| Cancellation(part).ends_something())
            }
            Action::Outside(_) => true,
        }
    }
}

#[derive(Default)]
struct Node {
    cancelled: AtomicBool,
    actions: Mutex<Actions>,
    /// The place among the actions of the parent.
    _in_parent: Option<Registration>,
}

#[derive(Default)]
struct Actions {
    next: u64,
    all: BTreeMap<u64, Action>,
}

/// An action that is taken on cancellation, until this is dropped.
#[must_use = "the action is forgotten as soon as this is dropped"]
pub struct Registration {
    node: Weak<Node>,
    number: u64,
}

impl Cancellation {
    /// A cancellation that this one includes.
    #[must_use]
    pub fn child(&self) -> Cancellation {
        Cancellation(Arc::new_cyclic(|child: &Weak<Node>| {
            let in_parent = self.register(Action::Part(Weak::clone(child)));
            let cancelled = AtomicBool::new(self.is_cancelled());
            Node { cancelled, _in_parent: Some(in_parent), ..Node::default() }
        }))
    }

    /// Stops everything that was started under this cancellation. It may be called again, for what was
    /// started meanwhile.
    pub fn cancel(&self) {
        self.0.cancelled.store(true, SeqCst);
        self.0.actions().all.values().for_each(Action::take);
    }

    /// Whether it was cancelled. What is lost from then on was taken away on purpose.
    pub fn is_cancelled(&self) -> bool {
        self.0.cancelled.load(SeqCst)
    }

    /// From here on cancelling calls `action`, from another thread and perhaps more than once. If it is
    /// cancelled already, `action` is called at once, too.
    pub fn on_cancel(&self, action: impl Fn() + Send + 'static) -> Registration {
        self.register(Action::Outside(Box::new(action)))
    }

    /// Whether there is anything to end, a child process say, which may be at work while this process waits.
    pub fn ends_something(&self) -> bool {
        self.0.actions().all.values().any(Action::is_outside)
    }

    fn register(&self, action: Action) -> Registration {
        let mut actions = self.0.actions();
        let number = actions.next;
        actions.next += 1;
        if self.is_cancelled() {
            action.take();
        }
        actions.all.insert(number, action);
        Registration { node: Arc::downgrade(&self.0), number }
    }
}

impl Node {
    fn actions(&self) -> MutexGuard<'_, Actions> {
        locked(&self.actions)
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        if let Some(node) = self.node.upgrade() {
            node.actions().all.remove(&self.number);
        }
    }
}

impl fmt::Debug for Cancellation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Cancellation").field(&self.is_cancelled()).finish()
    }
}

impl fmt::Debug for Registration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Registration").field(&self.number).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicU32;

    use super::*;

    fn counted(cancellation: &Cancellation) -> (Arc<AtomicU32>, Registration) {
        let calls = Arc::new(AtomicU32::new(0));
        let theirs = Arc::clone(&calls);
        let registration = cancellation.on_cancel(move || {
            theirs.fetch_add(1, SeqCst);
        });
        (calls, registration)
    }

    #[test]
    fn a_root_ends_what_its_children_started() {
        let root = Cancellation::default();
        let (one, other) = (root.child(), root.child());
        let (ended, _kept) = counted(&one.child());
        let (spared, _kept) = counted(&other);
        assert!(root.ends_something() && other.ends_something());
        one.cancel();
        assert_eq!((ended.load(SeqCst), spared.load(SeqCst)), (0, 0), "the grandchild is gone");
        let grandchild = one.child();
        let (ended, _kept) = counted(&grandchild);
        assert_eq!(ended.load(SeqCst), 1, "what is started too late is ended at once");
        root.cancel();
        assert_eq!((ended.load(SeqCst), spared.load(SeqCst)), (2, 1));
    }

    #[test]
    fn a_dropped_registration_is_forgotten() {
        let root = Cancellation::default();
        let (calls, registration) = counted(&root);
        drop(registration);
        assert!(!root.ends_something(), "nothing is left to end");
        root.cancel();
        assert_eq!(calls.load(SeqCst), 0);
    }
}
