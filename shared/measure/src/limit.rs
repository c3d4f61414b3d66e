//! The time limit around every run of a strategy.
//!
//! The runs happen on a thread of their own; the main thread looks on. When a run is over its
//! limit, the main thread [cancels](Cancellation) what the run has started: a read from a killed
//! child fails, and the run comes back with an error. A run that does not come back even so, a
//! thread in an endless loop, say, cannot be ended: the main thread then reports what there is,
//! and leaves.

use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::{Cancellation, Error, panics};

/// How long a run may take to come back after its children were killed.
const GRACE: Duration = Duration::from_millis(700);

/// How often the main thread looks at the clock.
const LOOK: Duration = Duration::from_millis(50);

/// A time limit that is set anew for every run.
#[derive(Debug)]
pub struct TimeLimit {
    limit: Duration,
    current: Mutex<Option<Current>>,
}

#[derive(Debug)]
struct Current {
    run: String,
    cancellation: Cancellation,
    deadline: Instant,
    over: bool,
}

impl TimeLimit {
    /// A limit that lets every run take as long as `limit`.
    pub fn new(limit: Duration) -> Self {
        TimeLimit { limit, current: Mutex::default() }
    }

    /// Runs `work` under the limit, at which `cancellation` is cancelled. `run` says which run it is:
    /// `scoped with 4 workers`.
    ///
    /// A panic is an error like any other.
    ///
    /// # Errors
    ///
    /// Those of `work`; or [`Error::TimedOut`], whatever `work` says, where the limit was reached.
    pub fn run<T>(
        &self,
        run: &str,
        cancellation: &Cancellation,
        work: impl FnOnce() -> Result<T, Error>,
    ) -> Result<T, Error> {
        // A limit beyond the reach of the clock is no limit.
        let deadline = Instant::now().checked_add(self.limit);
        *self.current() = deadline.map(|deadline| Current {
            run: run.to_owned(),
            cancellation: cancellation.clone(),
            deadline,
            over: false,
        });
        let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
        let current = self.current().take();
        if current.is_some_and(|current| current.over || current.deadline < Instant::now()) {
            let waited_for = match result {
                // The worker that was waited for is the first whose end was noticed.
                Ok(Err(Error::Worker { worker, .. })) => Some(worker),
                _ => None,
            };
            return Err(Error::TimedOut { run: run.to_owned(), limit: self.limit, waited_for });
        }
        result.unwrap_or_else(|payload| Err(panics::caught(run, &*payload)))
    }

    /// Does `work`, many runs under this limit, on a thread of its own, and looks on from this one.
    ///
    /// # Errors
    ///
    /// [`Error::TimedOut`] where a run is stuck for good: the thread is given up, and goes on.
    /// [`Error::Refused`] where the system refuses it, [`Error::Worker`] where `work` itself panics.
    pub fn watch<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Error> {
        let (send, receive) = channel();
        // This thread hangs up only when it has given the other one up.
        let thread = move || drop(send.send(work()));
        let thread = thread::Builder::new().name("measure".into()).spawn(thread);
        let thread = thread.map_err(|cause| Error::no_thread(0, &cause))?;
        self.look_on(&receive)?.ok_or_else(|| {
            let payload = thread.join().expect_err("a thread that ends well sends its result");
            panics::in_the_runner(&*payload)
        })
    }

    /// Looks on until the measuring thread sends its result, or until a run is stuck for good:
    /// then the error says which.
    fn look_on<T>(&self, result: &Receiver<T>) -> Result<Option<T>, Error> {
        loop {
            match result.recv_timeout(LOOK) {
                Ok(result) => return Ok(Some(result)),
                Err(RecvTimeoutError::Disconnected) => return Ok(None),
                Err(RecvTimeoutError::Timeout) => {}
            }
            let now = Instant::now();
            let mut current = self.current();
            let Some(late) = current.as_mut().filter(|current| current.deadline < now) else {
                continue;
            };
            late.over = true;
            late.cancellation.cancel();
            if now > late.deadline + GRACE {
                let (run, limit) = (late.run.clone(), self.limit);
                return Err(Error::TimedOut { run, limit, waited_for: None });
            }
        }
    }

    fn current(&self) -> MutexGuard<'_, Option<Current>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Runs `work` once on a thread of its own, under `limit`; `run` says what it is.
///
/// ```
/// use std::time::Duration;
///
/// let cancellation = measure::Cancellation::default();
/// let sum = measure::limited(Duration::from_secs(60), "an addition", &cancellation, || Ok(1 + 1));
/// assert_eq!(sum.expect("it is quick"), 2);
/// ```
///
/// # Errors
///
/// Those of `work`, [`Error::TimedOut`] where the limit was reached, and [`Error::Refused`] where the
/// system refuses the thread.
pub fn limited<T: Send + 'static>(
    limit: Duration,
    run: &str,
    cancellation: &Cancellation,
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let limit = Arc::new(TimeLimit::new(limit));
    let (theirs, name, cancellation) = (Arc::clone(&limit), run.to_owned(), cancellation.clone());
    limit.watch(move || theirs.run(&name, &cancellation, work))?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn watched(limit: u64, work: fn() -> Result<u64, Error>) -> Result<Result<u64, Error>, Error> {
        let limit = Arc::new(TimeLimit::new(Duration::from_millis(limit)));
        let theirs = Arc::clone(&limit);
        limit.watch(move || theirs.run("a run", &Cancellation::default(), work))
    }

    #[test]
    fn a_run_in_time_gives_its_result() {
        assert!(matches!(watched(60_000, || Ok(7)), Ok(Ok(7))));
    }

    #[test]
    fn a_late_run_that_comes_back_is_an_error_of_its_own() {
        let late = watched(1, || {
            thread::sleep(Duration::from_millis(200));
            Ok(7)
        });
        assert!(matches!(late, Ok(Err(Error::TimedOut { .. }))), "{late:?}");
    }

    #[test]
    fn a_run_that_never_comes_back_is_given_up() {
        let stuck = watched(1, || {
            thread::sleep(Duration::from_millis(1500));
            Ok(7)
        });
        assert!(matches!(stuck, Err(Error::TimedOut { .. })), "{stuck:?}");
    }

    #[test]
    fn a_panic_is_an_error() {
        let panicked = watched(60_000, || panic!("on purpose"));
        let Ok(Err(Error::Worker { cause, .. })) = panicked else { panic!("{panicked:?}") };
        assert!(cause.starts_with("it panicked") && cause.ends_with(": on purpose"), "{cause}");
    }

    #[test]
    fn a_panic_between_the_runs_is_an_error_of_the_runner() {
        panics::quiet();
        let limit = TimeLimit::new(Duration::from_secs(60));
        let error = limit.watch(|| panic!("on purpose")).map(|()| 0).expect_err("it panicked");
        assert!(error.to_string().starts_with("the runner itself failed"), "{error}");
    }
}
