use std::hint::black_box;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam::channel::unbounded;
use crossbeam_deque::Worker;
use kernels::Workers;
use measure::{Error, together};
use serde::Serialize;

use super::time::{median, quickest};
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

const TIME: Duration = Duration::from_millis(10);
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
    quickest(TIME, || (0..CALLS).for_each(|_| call())) / f64::from(CALLS)
}

/// Seconds between two calls that got through, while all usable cores call.
fn contended(call: impl Fn() + Sync) -> Result<f64, Error> {
    let workers = Workers::usable();
    let rates = (0..5).map(|_| {
        let times = together(workers, |_| {
            let start = Instant::now();
            (0..5 * CALLS).for_each(|_| call());
            start.elapsed().as_secs_f64()
        })?;
        let longest = times.iter().copied().fold(0.0, f64::max);
        Ok(longest / (f64::from(5 * CALLS) * workers.get() as f64))
    });
    Ok(median(rates.collect::<Result<_, Error>>()?))
}

fn thread_prices() -> Result<(f64, f64, f64), Error> {
    let (mut starts, mut begins, mut joins) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..50 {
        let called = Instant::now();
        let thread = thread::Builder::new().spawn(Instant::now);
        let started = Instant::now();
        let thread = thread.map_err(|cause| Error::no_thread(1, &cause))?;
        // Time for it to end, so that the join does not wait.
        thread::sleep(Duration::from_micros(300));
        let end = Instant::now();
        let began = thread.join().map_err(|panic| Error::panicked(1, &*panic))?;
        joins.push(end.elapsed().as_secs_f64());
        starts.push((started - called).as_secs_f64());
        begins.push(began.saturating_duration_since(started).as_secs_f64());
    }
    Ok((median(starts), median(begins), median(joins)))
}

fn process_price() -> Result<f64, Error> {
    let refused = |cause| Error::no_process(1, &cause);
    let program = std::env::current_exe().map_err(refused)?;
    let mut times = Vec::new();
    for _ in 0..10 {
        let mut command = Command::new(&program);
        command.arg(NOTHING).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let start = Instant::now();
        command.status().map_err(refused)?;
        times.push(start.elapsed().as_secs_f64());
    }
    Ok(median(times))
}

/// To send, and to receive while all usable cores do.
fn channel_prices() -> Result<(f64, f64), Error> {
    let workers = Workers::usable();
    let blocks = u64::from(CALLS) * workers.get() as u64;
    let (mut sends, mut receives) = (Vec::new(), Vec::new());
    for _ in 0..5 {
        let (sender, receiver) = unbounded();
        let start = Instant::now();
        for block in 0..blocks {
            sender.send(block..block + 1).expect("the receiver is alive, here");
        }
        sends.push(start.elapsed().as_secs_f64() / blocks as f64);
        drop(sender);
        let times = together(workers, |_| {
            let start = Instant::now();
            black_box(receiver.iter().count());
            start.elapsed().as_secs_f64()
        })?;
        receives.push(times.iter().copied().fold(0.0, f64::max) / blocks as f64);
    }
    Ok((median(sends), median(receives)))
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
    let mut steals = Vec::new();
    for _ in 0..5 {
        (0..CALLS).for_each(|block| deque.push(u64::from(block)..u64::from(block) + 1));
        // The thief is on another core: what it steals comes from there.
        let thief = || {
            let start = Instant::now();
            (0..CALLS).for_each(|_| drop(black_box(stealer.steal())));
            start.elapsed().as_secs_f64()
        };
        let stolen = thread::scope(|scope| {
            let thread = thread::Builder::new().spawn_scoped(scope, thief);
            let thread = thread.map_err(|cause| Error::no_thread(1, &cause))?;
            thread.join().map_err(|panic| Error::panicked(1, &*panic))
        })?;
        steals.push(stolen / f64::from(CALLS));
        while deque.pop().is_some() {}
    }
    Ok((split, look, median(steals)))
}

/// Seconds from the call that wakes a sleeping thread until it runs.
///
/// # Errors
///
/// Where the system refuses a thread.
pub fn wake() -> Result<f64, Error> {
    let mut times = Vec::new();
    for _ in 0..30 {
        let sleeper = thread::Builder::new().spawn(|| {
            thread::park();
            Instant::now()
        });
        let sleeper = sleeper.map_err(|cause| Error::no_thread(1, &cause))?;
        // Time to fall asleep.
        thread::sleep(Duration::from_micros(300));
        let called = Instant::now();
        sleeper.thread().unpark();
        let awake = sleeper.join().map_err(|panic| Error::panicked(1, &*panic))?;
        times.push(awake.saturating_duration_since(called).as_secs_f64());
    }
    Ok(median(times))
}
