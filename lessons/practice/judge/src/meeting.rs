use std::sync::{Condvar, Mutex};
use std::time::Duration;

/// Nobody waits longer for the others.
const LONGEST: Duration = Duration::from_millis(1200);

/// Where workers wait for each other, to see whether they are all at work at the same time; but not for ever, in case
/// somebody does not come.
#[derive(Debug)]
pub struct Meeting {
    workers: usize,
    present: Mutex<Present>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Present {
    now: usize,
    most: usize,
    given_up: bool,
}

impl Meeting {
    /// A meeting of so many workers.
    pub fn of(workers: usize) -> Self {
        Meeting { workers, present: Mutex::default(), changed: Condvar::new() }
    }

    /// Waits until all are here.
    ///
    /// # Panics
    ///
    /// Never: nobody panics while it holds the lock.
    pub fn wait(&self) {
        let mut present = self.present.lock().expect("nobody panics here");
        present.now += 1;
        present.most = present.most.max(present.now);
        self.changed.notify_all();
        let wanting = |present: &mut Present| present.most < self.workers && !present.given_up;
        let (mut present, _) =
            self.changed.wait_timeout_while(present, LONGEST, wanting).expect("nobody panics here");
        // Who comes later need not wait for as long.
        present.given_up |= present.most < self.workers;
        present.now -= 1;
        self.changed.notify_all();
    }

    /// How many were there at the same time, at most.
    ///
    /// # Panics
    ///
    /// Never: nobody panics while it holds the lock.
    pub fn most(&self) -> usize {
        self.present.lock().expect("nobody panics here").most
    }
}
