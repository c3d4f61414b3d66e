use std::hint::black_box;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed, Ordering::SeqCst};
use std::thread::{self, Builder, ScopedJoinHandle};
use std::time::Duration;

use crossbeam::channel::unbounded;
use crossbeam_deque::Worker;
use kernels::Workers;
use measure::{Context, Error, Interval, quickest, time, time_together};
use serde::Serialize;

use crate::simulator::Costs;

/// What working together costs on this machine, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Prices {
    /// To start a thread: what the caller does.
    pub thread_start: f64,
    /// From then until the thread runs.
    pub thread_begin: f64,
    /// To take the result of a thread that has ended.
    pub thread_join: f64,
    /// To start a process that does nothing, and to wait for its end.
    pub process: f64,
    /// To lock and unlock, with nobody else there.
    pub lock: f64,
    /// The same while all usable cores do it.
    pub lock_contended: f64,
    /// To add to an atomic number, with nobody else there.
    pub add: f64,
    /// The same while all usable cores do it.
    pub add_contended: f64,
    /// To put a block into a channel.
    pub send: f64,
    /// To take one out, while all usable cores do it.
    pub receive: f64,
    /// To put a range on a deque of one's own and take it back.
    pub split: f64,
    /// To look at an empty deque of somebody else.
    pub look: f64,
    /// To take a range from the deque of somebody else.
    pub steal: f64,
    /// To wake a thread that sleeps: from the call until it runs.
    pub wake: f64,
}

/// The argument that makes the program end at once: a process that does nothing.
pub const NOTHING: &str = "--nothing";

const BUDGET: Duration = Duration::from_millis(10);
const CALLS: u32 = 10_000;

/// Measures the prices: about a third of a second.
///
/// # Errors
///
/// Where the system refuses a thread or a process.
pub fn prices() -> Result<Prices, Error> {
    let (thread_start, thread_begin, thread_join) = thread_prices()?;
    let (total, number) = (Mutex::new(0_u64), AtomicU64::new(0));
    let locked = || *total.lock().expect("nobody panics under it") += 1;
    let added = || {
        number.fetch_add(1, Relaxed);
    };
    let (send, receive) = channel_prices()?;
    let (split, look, steal) = deque_prices()?;
    let (lock, add) = (of_many(locked), of_many(added));
    Ok(Prices {
        thread_start,
        thread_begin,
        thread_join,
        process: process_price()?,
        lock,
        // Where the machine does not let them run at the same time, nobody is in the way.
        lock_contended: contended(locked)?.max(lock),
        add,
        add_contended: contended(added)?.max(add),
        send,
        receive,
        split,
        look,
        steal,
        wake: wake()?,
    })
}

impl Prices {
    /// The same, as the simulator wants them.
    pub fn costs(&self) -> Costs {
        Costs {
            start: self.thread_start,
            begin: self.thread_begin,
            join: self.thread_join,
            take: self.add_contended,
            send: self.send,
            receive: self.receive,
            split: self.split,
            look: self.look,
            steal: self.steal,
            wake: self.wake,
        }
    }
}

/// Seconds of one call, of which many are timed together.
fn of_many(call: impl Fn()) -> f64 {
    quickest(BUDGET, || (0..CALLS).for_each(|_| call())) / f64::from(CALLS)
}

/// The median of so many prices, each taken by `price`.
fn median(samples: usize, price: impl FnMut(usize) -> Result<f64, Error>) -> Result<f64, Error> {
    let samples = (0..samples).map(price).collect::<Result<Vec<f64>, Error>>()?;
    Ok(Interval::of(&samples).map_or(f64::NAN, |interval| interval.median))
}

/// Seconds between two calls that got through, while all usable cores call.
fn contended(call: impl Fn() + Sync) -> Result<f64, Error> {
    let context = Context::new(Workers::usable());
    let calls = f64::from(5 * CALLS) * context.workers().get() as f64;
    median(5, |_| {
        let time = time_together(&context, |_| (0..5 * CALLS).for_each(|_| call()))?;
        Ok(time.as_secs_f64() / calls)
    })
}

/// A second thread, which does `work`.
fn start<'scope, T: Send + 'scope>(
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

/// To start a thread, until it runs, and to take its result once it has ended.
fn thread_prices() -> Result<(f64, f64, f64), Error> {
    let (mut starts, mut begins, mut joins) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..50 {
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
            joins.push(time(|| thread.join()).1.as_secs_f64());
            starts.push(started.as_secs_f64());
            begins.push((begun - started).as_secs_f64());
            Ok::<_, Error>(())
        })?;
    }
    let median = |samples: Vec<f64>| median(samples.len(), |number| Ok(samples[number]));
    Ok((median(starts)?, median(begins)?, median(joins)?))
}

fn process_price() -> Result<f64, Error> {
    let refused = |cause| Error::no_process(1, &cause);
    let program = std::env::current_exe().map_err(refused)?;
    median(10, |_| {
        let mut command = Command::new(&program);
        command.arg(NOTHING).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let (status, time) = time(|| command.status());
        status.map_err(refused)?;
        Ok(time.as_secs_f64())
    })
}

/// To send, and to receive while all usable cores do.
fn channel_prices() -> Result<(f64, f64), Error> {
    let context = Context::new(Workers::usable());
    let blocks = u64::from(CALLS) * context.workers().get() as u64;
    let mut sends = Vec::new();
    let receive = median(5, |_| {
        let (sender, receiver) = unbounded();
        let ((), sent) = time(|| {
            for block in 0..blocks {
                sender.send(block..block + 1).expect("the receiver is alive, here");
            }
        });
        sends.push(sent.as_secs_f64() / blocks as f64);
        drop(sender);
        let received = time_together(&context, |_| {
            black_box(receiver.iter().count());
        })?;
        Ok(received.as_secs_f64() / blocks as f64)
    })?;
    Ok((median(sends.len(), |number| Ok(sends[number]))?, receive))
}

/// To push and pop, to look at an empty deque, and to steal.
fn deque_prices() -> Result<(f64, f64, f64), Error> {
    let deque = Worker::new_lifo();
    let split = of_many(|| {
        deque.push(0_u64..1);
        black_box(deque.pop());
    });
    let stealer = deque.stealer();
    let look = of_many(|| drop(black_box(stealer.steal())));
    let steal = median(5, |_| {
        (0..CALLS).for_each(|block| deque.push(u64::from(block)..u64::from(block) + 1));
        // The thief is on another core: what it steals comes from there.
        let thief = || time(|| (0..CALLS).for_each(|_| drop(black_box(stealer.steal())))).1;
        let stolen = thread::scope(|scope| {
            let panicked = |panic: Box<dyn std::any::Any + Send>| {
                Context::new(Workers::ONE).panicked(1, &*panic)
            };
            start(scope, thief)?.join().map_err(panicked)
        })?;
        while deque.pop().is_some() {}
        Ok(stolen.as_secs_f64() / f64::from(CALLS))
    })?;
    Ok((split, look, steal))
}

/// Seconds from the call that wakes a sleeping thread until it runs.
///
/// # Errors
///
/// Where the system refuses a thread.
pub fn wake() -> Result<f64, Error> {
    median(30, |_| {
        let (called, awake) = (AtomicBool::new(false), AtomicBool::new(false));
        thread::scope(|scope| {
            let sleeper = start(scope, || {
                // It may wake up for no reason.
                while !called.load(SeqCst) {
                    thread::park();
                }
                awake.store(true, SeqCst);
            })?;
            thread::sleep(LULL);
            let ((), woken) = time(|| {
                called.store(true, SeqCst);
                sleeper.thread().unpark();
                await_set(&awake);
            });
            Ok(woken.as_secs_f64())
        })
    })
}
