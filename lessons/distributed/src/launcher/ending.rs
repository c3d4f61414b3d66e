use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use children::{Killer, family};
use measure::{Cancellation, Registration};

use super::locked;
use crate::folder;

/// How long everything may take to end by itself. Open MPI takes a second to see that a rank was killed.
pub const GRACE: Duration = Duration::from_secs(4);

/// Ends a team from any thread, also while another one waits for its ranks.
#[derive(Debug, Clone)]
pub struct Ending {
    /// Of the supervisor, and all that it has started.
    killer: Killer,
    folder: PathBuf,
    ranks: Arc<Mutex<Ranks>>,
}

#[derive(Debug, Default)]
struct Ranks {
    processes: Vec<u32>,
    stopped: Option<usize>,
}

impl Ending {
    /// For the team whose supervisor `killer` kills, in the folder of its run.
    pub fn new(killer: &Killer, folder: &Path) -> Self {
        let (killer, folder) = (killer.clone(), folder.to_owned());
        Ending { killer, folder, ranks: Arc::default() }
    }

    /// The process of each rank, once they are known.
    pub fn watch(&self, processes: &[u32]) {
        locked(&self.ranks).processes = processes.to_owned();
    }

    /// The rank that was seen to be stopped when the team was cancelled.
    pub fn stopped(&self) -> Option<usize> {
        locked(&self.ranks).stopped
    }

    /// Notes which of the ranks is stopped, and asks all to end.
    pub fn cancel(&self) {
        let mut ranks = locked(&self.ranks);
        if ranks.stopped.is_none() {
            let mut processes = ranks.processes.iter();
            ranks.stopped = processes.position(|process| family::is_stopped(*process));
        }
        drop(ranks);
        self.killer.terminate();
    }

    /// Lets `cancellation` cancel the team, until what is returned is dropped.
    pub fn cancelled_with(&self, cancellation: &Cancellation) -> Registration {
        let ending = self.clone();
        cancellation.on_cancel(move || ending.cancel())
    }

    /// Whether the supervisor has ended, and so all.
    pub fn has_ended(&self) -> bool {
        self.killer.wait(Duration::ZERO).is_some()
    }

    /// Waits for the end, then asks for it, then kills what is left; removes the folder.
    pub fn end(&self, patience: Duration) {
        if self.killer.wait(patience).is_none() {
            self.killer.terminate();
            self.killer.wait(patience);
        }
        self.killer.kill();
        folder::remove(&self.folder);
    }
}
