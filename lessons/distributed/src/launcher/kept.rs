use std::process::{Child, ExitStatus};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tempfile::TempDir;

use super::locked;
use crate::family;

/// How long everything may take to end by itself. Open MPI takes a second to see that a rank was killed.
pub const FAREWELL: Duration = Duration::from_secs(4);

/// A keeper that was started, and the folder of its run. It has a lock of its own, which nobody holds while
/// waiting: so it can be ended while a thread waits for its ranks.
#[derive(Debug, Clone)]
pub struct Kept(Arc<Mutex<Inner>>);

#[derive(Debug)]
struct Inner {
    keeper: Child,
    /// How it ended.
    ended: Option<ExitStatus>,
    /// The keeper removes it; where it is killed, this side does.
    folder: Option<TempDir>,
}

/// All that have not ended.
static ALL: Mutex<Vec<Kept>> = Mutex::new(Vec::new());

impl Kept {
    /// Looks after a keeper from here on.
    pub fn new(keeper: Child, folder: TempDir) -> Self {
        let inner = Inner { keeper, ended: None, folder: Some(folder) };
        let kept = Kept(Arc::new(Mutex::new(inner)));
        locked(&ALL).push(kept.clone());
        kept
    }

    /// Tells it to end its ranks, and itself; also if it is stopped.
    pub fn tell_to_end(&self) {
        let inner = locked(&self.0);
        // While nobody has waited for it, its number is its own.
        if inner.ended.is_none()
            && let Ok(keeper) = i32::try_from(inner.keeper.id())
        {
            let _ = kill(Pid::from_raw(keeper), Signal::SIGTERM);
            let _ = kill(Pid::from_raw(keeper), Signal::SIGCONT);
        }
    }

    /// How it ended; `None` if it has not after so long.
    pub fn wait(&self, most: Duration) -> Option<ExitStatus> {
        let begin = Instant::now();
        loop {
            let mut inner = locked(&self.0);
            if inner.ended.is_none() {
                inner.ended = inner.keeper.try_wait().unwrap_or_default();
            }
            if inner.ended.is_some() || begin.elapsed() > most {
                return inner.ended;
            }
            drop(inner);
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Ends it, by force if it must be, and removes what is left.
    pub fn end(&self, patience: Duration) {
        if self.wait(patience).is_none() {
            self.tell_to_end();
        }
        if self.wait(patience).is_none() {
            let mut inner = locked(&self.0);
            family::kill_descendants_of(inner.keeper.id());
            let _ = inner.keeper.kill();
            inner.ended = inner.keeper.wait().ok();
        }
        drop(locked(&self.0).folder.take());
        locked(&ALL).retain(|other| !Arc::ptr_eq(&self.0, &other.0));
    }
}

/// Ends all of them, side by side. Those that have been told to end already have a while for it.
pub fn end_all() {
    let all = locked(&ALL).clone();
    let ends = all.into_iter().map(|kept| thread::spawn(move || kept.end(FAREWELL)));
    for end in ends.collect::<Vec<_>>() {
        let _ = end.join(); // One that panicked could not be ended.
    }
}
