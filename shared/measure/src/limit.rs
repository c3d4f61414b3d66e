//! The time limit around every run of a strategy.
//!
//! The runs happen on a thread of their own; the main thread looks on. When a run is over its
//! limit, the main thread [cancels](Cancellation) what the run has started: a read from a killed
//! child fails, and the run comes back with an error. A run that does not come back even so, a
//! thread in an endless loop, say, cannot be ended: the main thread then reports what there is,
//! and leaves.

use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use crate::lock::locked;
use crate::threads::{Activity, threads_now};
use crate::{Cancellation, Error, cpu_time, panics};

/// How long a run may take to come back after its children were killed.
const GRACE: Duration = Duration::from_millis(700);

/// How often the main thread looks at the clock.
const LOOK: Duration = Duration::from_millis(50);

/// A run whose process uses no processor for this long waits for something that does not come. The tests wait for
/// it several times over.
const PATIENCE: Duration = Duration::from_millis(if cfg!(test) { 900 } else { 2500 });

/// Who looks on and the clock use less than this between two looks.
const IDLE: Duration = Duration::from_millis(1);

/// A time limit that is set anew for every run.
#[derive(Debug)]
pub struct TimeLimit {
    limit: Duration,
    notices_deadlocks: bool,
    current: Mutex<Option<Current>>,
}

#[derive(Debug)]
struct Current {
    run: String,
    cancellation: Cancellation,
    deadline: Instant,
    /// When this process last used the processor, and how much it had used by then.
    active: (Instant, Option<Duration>),
    /// Why it is to end, and since when it knows.
    over: Option<(Over, Instant)>,
}

/// Why a run has to end.
#[derive(Debug, Clone, Copy)]
enum Over {
    /// It is beyond its limit.
    Late,
    /// Nobody in it computes, for so long.
    Idle(Duration),
}

impl Current {
    /// Whether the run has to end now; notes whether this process does anything. `is_starved` is asked before it is
    /// called idle.
    fn look(&mut self, notices_deadlocks: bool, is_starved: impl Fn() -> bool) -> Option<Over> {
        let now = Instant::now();
        if self.deadline < now {
            return Some(Over::Late);
        }
        // A child process may be at work while this one waits for it.
        if !notices_deadlocks || self.cancellation.ends_something() {
            self.active = (now, None);
            return None;
        }
        let used = cpu_time::of_process_in_steps()?;
        let (since, before) = self.active;
        if before.is_none_or(|before| used.saturating_sub(before) > IDLE) {
            self.active = (now, Some(used));
            return None;
        }
        // Little by little adds up: only what was used since the last look counts.
        self.active.1 = Some(used);
        let waited = now - since;
        if waited <= PATIENCE {
            return None;
        }
        if is_starved() {
            self.active.0 = now;
            return None;
        }
        Some(Over::Idle(waited))
    }
}

/// Whether a thread of this process, other than the one that asks, would compute if it were given a core. On a busy
/// machine many threads may get none for seconds, and that is no deadlock.
fn wants_a_core() -> bool {
    let threads = threads_now().unwrap_or_default();
    threads.iter().filter(|thread| thread.activity == Activity::Runs).count() > 1
}

impl TimeLimit {
    /// A limit that lets every run take as long as `limit`.
    pub fn new(limit: Duration) -> Self {
        TimeLimit { limit, notices_deadlocks: false, current: Mutex::default() }
    }

    /// The same limit, for runs whose workers are threads of this process: one in which nobody computes for
    /// some seconds is ended before, as a deadlock.
    #[must_use]
    pub fn noticing_deadlocks(self) -> Self {
        TimeLimit { notices_deadlocks: true, ..self }
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
            active: (Instant::now(), None),
            over: None,
        });
        let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
        let current = self.current().take();
        if let Some((over @ Over::Idle(_), _)) = current.as_ref().and_then(|current| current.over) {
            return Err(self.error(over, run));
        }
        let is_late =
            |current: &Current| current.over.is_some() || current.deadline < Instant::now();
        if current.as_ref().is_some_and(is_late) {
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
            let mut current = self.current();
            let Some(current) = current.as_mut() else { continue };
            if current.over.is_none() {
                let over = current.look(self.notices_deadlocks, wants_a_core);
                current.over = over.map(|over| (over, Instant::now()));
            }
            let Some((over, since)) = current.over else { continue };
            current.cancellation.cancel();
            if since.elapsed() > GRACE {
                return Err(self.error(over, &current.run));
            }
        }
    }

    fn error(&self, over: Over, run: &str) -> Error {
        let (run, limit) = (run.to_owned(), self.limit);
        match over {
            Over::Late => Error::TimedOut { run, limit, waited_for: None },
            Over::Idle(waited) => Error::Deadlocked { run, waited },
        }
    }

    fn current(&self) -> MutexGuard<'_, Option<Current>> {
        locked(&self.current)
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
    fn a_run_in_which_nobody_computes_is_ended_as_a_deadlock() {
        let limit = Arc::new(TimeLimit::new(Duration::from_secs(60)).noticing_deadlocks());
        let theirs = Arc::clone(&limit);
        let begin = Instant::now();
        let stuck = limit.watch(move || {
            theirs.run("a run", &Cancellation::default(), || -> Result<(), Error> {
                loop {
                    thread::park();
                }
            })
        });
        // The other tests of this process compute for a while, but not for a minute.
        assert!(matches!(stuck, Err(Error::Deadlocked { .. })), "{stuck:?}");
        assert!(begin.elapsed() < Duration::from_secs(50), "{:?}", begin.elapsed());
    }

    #[test]
    fn a_run_whose_threads_are_given_no_core_is_no_deadlock() {
        let long_ago =
            Instant::now().checked_sub(2 * PATIENCE).expect("the machine is up for longer");
        let current = |active| Current {
            run: "a run".to_owned(),
            cancellation: Cancellation::default(),
            deadline: Instant::now() + Duration::from_secs(60),
            active,
            over: None,
        };
        // It has used nothing since: so much lies ahead of what this process will use.
        let idle = (long_ago, Some(Duration::from_secs(1 << 30)));
        assert!(current(idle).look(true, || true).is_none());
        assert!(matches!(current(idle).look(true, || false), Some(Over::Idle(_))));
    }

    #[test]
    #[cfg_attr(not(target_os = "linux"), ignore = "other systems do not tell what threads do")]
    fn a_thread_that_computes_wants_a_core() {
        let over = std::sync::atomic::AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| {
                while !over.load(std::sync::atomic::Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            });
            let seen = (0..1000).any(|_| {
                thread::sleep(Duration::from_millis(1));
                wants_a_core()
            });
            over.store(true, std::sync::atomic::Ordering::Relaxed);
            assert!(seen);
        });
    }

    #[test]
    fn a_run_that_waits_for_a_process_is_no_deadlock() {
        let limit = Arc::new(TimeLimit::new(Duration::from_secs(60)).noticing_deadlocks());
        let (theirs, cancellation) = (Arc::clone(&limit), Cancellation::default());
        let waited = limit.watch(move || {
            let run = cancellation.child();
            theirs.run("a run", &cancellation, || {
                let _child = run.on_cancel(|| ());
                thread::sleep(PATIENCE + Duration::from_millis(800));
                Ok(7)
            })
        });
        assert!(matches!(waited, Ok(Ok(7))), "{waited:?}");
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
