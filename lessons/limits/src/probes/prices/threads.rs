//! What it costs to start, to wake and to end a thread.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::SeqCst};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread::{self, Builder, ScopedJoinHandle, Thread};
use std::time::Duration;

use measure::{Error, Interval, Pin, pinnable_cores, time};

use super::probe::{Group, NoPrice, Prepared, Probe, each};

/// A second thread, which does `work`.
pub(super) fn start<'scope, T: Send + 'scope>(
    scope: &'scope thread::Scope<'scope, '_>,
    work: impl FnOnce() -> T + Send + 'scope,
) -> Result<ScopedJoinHandle<'scope, T>, Error> {
    Builder::new().spawn_scoped(scope, work).map_err(|cause| Error::no_thread(1, &cause))
}

/// Waits, awake, until another thread has set the flag.
fn await_set(flag: &AtomicBool) {
    while !flag.load(SeqCst) {
        thread::yield_now();
    }
}

/// Time for another thread to end, or to fall asleep.
const LULL: Duration = Duration::from_micros(300);

pub(super) static START: Probe =
    Probe::new(Group::Part, "start a thread", "the caller's part", || each(|| Ok(started()?.0)));

pub(super) static BEGIN: Probe =
    Probe::new(Group::Part, "a thread begins", "from then until it runs", || {
        each(|| Ok(started()?.1))
    });

pub(super) static JOIN: Probe =
    Probe::new(Group::Part, "join a thread", "that has ended", || each(|| Ok(started()?.2)));

/// To start a thread, until it runs, and to take its result once it has ended.
fn started() -> Result<(f64, f64, f64), Error> {
    let running = AtomicBool::new(false);
    thread::scope(|scope| {
        let ((thread, started), begun) = time(|| {
            let (thread, started) = time(|| start(scope, || running.store(true, SeqCst)));
            if thread.is_ok() {
                await_set(&running);
            }
            (thread, started)
        });
        let thread = thread?;
        thread::sleep(LULL);
        let joined = time(|| thread.join()).1.as_secs_f64();
        Ok((started.as_secs_f64(), (begun - started).as_secs_f64(), joined))
    })
}

pub(crate) static SPAWN: Probe =
    Probe::new(Group::Waking, "spawn and join a thread", "std, an empty closure", || {
        each(|| {
            let (ended, spent) = time(|| Builder::new().spawn(|| ()).map(thread::JoinHandle::join));
            let ended = ended.map_err(|cause| Error::no_thread(1, &cause))?;
            ended.expect("an empty closure does not panic");
            Ok(spent.as_secs_f64())
        })
    });

pub(super) static SCOPE: Probe =
    Probe::new(Group::Waking, "thread::scope, one thread", "std, an empty closure", || {
        each(|| {
            let (started, spent) = time(|| thread::scope(|scope| start(scope, || ()).map(drop)));
            started?;
            Ok(spent.as_secs_f64())
        })
    });

pub(crate) static WAKE: Probe =
    Probe::new(Group::Waking, "unpark, until it runs", "a thread that is parked", || each(woken));

/// Seconds from the call that wakes a sleeping thread until it runs.
fn woken() -> Result<f64, Error> {
    let (called, awake) = (AtomicBool::new(false), AtomicBool::new(false));
    thread::scope(|scope| {
        let parked = start(scope, || {
            // It may wake up for no reason.
            while !called.load(SeqCst) {
                thread::park();
            }
            awake.store(true, SeqCst);
        })?;
        thread::sleep(LULL);
        let ((), woken) = time(|| {
            called.store(true, SeqCst);
            parked.thread().unpark();
            await_set(&awake);
        });
        Ok(woken.as_secs_f64())
    })
}

/// Seconds from the call that wakes a sleeping thread until it runs: the median of 30.
///
/// # Errors
///
/// Where the system refuses a thread.
pub fn wake() -> Result<f64, Error> {
    let samples = (0..30).map(|_| woken()).collect::<Result<Vec<f64>, Error>>()?;
    Ok(Interval::of(&samples).map_or(f64::NAN, |interval| interval.median))
}

pub(super) static NOTIFY: Probe = Probe::new(
    Group::Waking,
    "Condvar, until it runs",
    "notify_one to a thread that waits",
    || each(notified),
);

fn notified() -> Result<f64, Error> {
    let (called, changed, awake) = (Mutex::new(false), Condvar::new(), AtomicBool::new(false));
    let locked = || called.lock().unwrap_or_else(PoisonError::into_inner);
    thread::scope(|scope| {
        start(scope, || {
            let waited = changed.wait_while(locked(), |called| !*called);
            drop(waited);
            awake.store(true, SeqCst);
        })?;
        thread::sleep(LULL);
        let ((), woken) = time(|| {
            *locked() = true;
            changed.notify_one();
            await_set(&awake);
        });
        Ok(woken.as_secs_f64())
    })
}

pub(super) static SWITCH: Probe =
    Probe::new(Group::Waking, "switch between two threads", "of one core: unpark, park", switch);

fn switch() -> Prepared {
    const PINS_NONE: NoPrice = NoPrice::Because("this system pins no threads");
    let core = *pinnable_cores().first().ok_or(PINS_NONE)?;
    each(move || switched(core))
}

const TURNS: u32 = 100;

/// Two threads on one core wake each other in turn: whoever waits leaves the core to the other.
fn switched(core: usize) -> Result<f64, Error> {
    let (turn, there, caller) = (AtomicU32::new(0), AtomicBool::new(false), thread::current());
    thread::scope(|scope| {
        let other = start(scope, || {
            let _pin = Pin::to(core);
            there.store(true, SeqCst);
            take_turns(&turn, 1, &caller);
        })?;
        let pin = Pin::to(core);
        await_set(&there);
        let ((), taken) = time(|| take_turns(&turn, 0, other.thread()));
        let _pin = pin.map_err(|cause| Error::Refused {
            what: format!("core {core}, for two threads,"),
            cause: cause.to_string(),
            remedy: "allow this program more cores",
        })?;
        Ok(taken.as_secs_f64() / f64::from(TURNS))
    })
}

fn take_turns(turn: &AtomicU32, me: u32, other: &Thread) {
    for mine in (me..TURNS).step_by(2) {
        while turn.load(SeqCst) != mine {
            thread::park();
        }
        turn.store(mine + 1, SeqCst);
        other.unpark();
    }
}
