//! Which invocation runs at this moment, if any.

use std::cell::Cell;
use std::fmt;

use super::fault::raise;
use crate::Stage;

/// More than so many accesses without a barrier, and it waits for something that cannot come.
const MOST_ACCESSES: usize = 1_000_000;

/// An invocation of a pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Who {
    pub(super) workgroup: usize,
    pub(super) local: usize,
}

/// Where an invocation is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Here {
    pub(super) who: Who,
    /// The number of the pass.
    pub(super) pass: usize,
    /// How many barriers its workgroup has come through.
    pub(super) barriers: usize,
    /// How often it has read or written something since the last of them.
    pub(super) accesses: usize,
}

thread_local! {
    /// Nobody: the host.
    static HERE: Cell<Option<Here>> = const { Cell::new(None) };
}

/// The invocation that runs; `None` on the host.
pub(super) fn here() -> Option<Here> {
    HERE.get()
}

/// The invocation that is about to read or write something; `None` on the host.
pub(super) fn accessing() -> Option<Here> {
    let mut here = HERE.get()?;
    here.accesses += 1;
    if here.accesses > MOST_ACCESSES {
        raise(
            Stage::Ends,
            format!(
                "{} goes round in circles: it has read and written more than a million times since \
                 the last barrier, and nobody else runs until it comes to one",
                here.who
            ),
        );
    }
    HERE.set(Some(here));
    Some(here)
}

/// Lets an invocation do something.
pub(super) fn run<R>(here: Here, work: impl FnOnce() -> R) -> R {
    /// The host goes on, also after a panic.
    struct Host;
    impl Drop for Host {
        fn drop(&mut self) {
            HERE.set(None);
        }
    }
    let _host = Host;
    HERE.set(Some(here));
    work()
}

impl Who {
    /// What it is called after `other`: its workgroup is named where it is another one.
    pub(super) fn beside(self, other: Who) -> String {
        if self.workgroup == other.workgroup {
            format!("invocation {}", self.local)
        } else {
            self.to_string()
        }
    }
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invocation {} of workgroup {}", self.local, self.workgroup)
    }
}
