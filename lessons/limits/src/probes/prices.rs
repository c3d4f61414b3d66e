mod queues;
mod threads;

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use kernels::Workers;
use measure::{Context, Error, Interval, quickest, rate_together};
use serde::Serialize;

use crate::simulator::Costs;
use queues::{channel_prices, deque_prices};
use threads::{process_price, thread_prices};

pub use threads::wake;

/// What working together costs on this machine, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Prices {
    /// To start a thread: what the caller does.
    pub(crate) thread_start: f64,
    /// From then until the thread runs.
    pub(crate) thread_begin: f64,
    /// To take the result of a thread that has ended.
    pub(crate) thread_join: f64,
    /// To start a process that does nothing, and to wait for its end.
    pub(crate) process: f64,
    /// To lock and unlock, with nobody else there.
    pub(crate) lock: f64,
    /// The same while all usable cores do it; `None` where they never met.
    pub(crate) lock_contended: Option<f64>,
    /// To add to an atomic number, with nobody else there.
    pub(crate) add: f64,
    /// The same while all usable cores do it; `None` where they never met.
    pub(crate) add_contended: Option<f64>,
    /// To put a block into a channel.
    pub(crate) send: f64,
    /// To take one out, while all usable cores do it.
    pub(crate) receive: f64,
    /// To put a range on a deque of one's own and take it back.
    pub(crate) split: f64,
    /// To look at an empty deque of somebody else.
    pub(crate) look: f64,
    /// To take a range from the deque of somebody else.
    pub(crate) steal: f64,
    /// To wake a thread that sleeps: from the call until it runs.
    pub(crate) wake: f64,
}

/// The argument that makes the program end at once: a process that does nothing.
pub const NOTHING: &str = "--nothing";

const BUDGET: Duration = Duration::from_millis(10);
const CALLS: u32 = 10_000;

/// So many trials of cores that do the same thing at the same time.
const TRIALS: usize = 15;

const TRIAL: Duration = Duration::from_millis(2);

/// So many calls are made between two looks at the clock.
const STEP: u32 = 200;

/// So many of them have to meet.
const ENOUGH: usize = 3;

/// A call that takes so many times as long as alone was in another's way.
const MEETING: f64 = 1.25;

/// Measures the prices: about a third of a second.
pub(crate) fn prices() -> Result<Prices, Error> {
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
        lock_contended: contended(locked, lock)?,
        add,
        add_contended: contended(added, add)?,
        send,
        receive,
        split,
        look,
        steal,
        wake: wake()?,
    })
}

impl Prices {
    /// The same, as the simulator wants them. Where the cores never met, the price of a number from the counter is
    /// that of one core alone: too low for others.
    pub(crate) fn costs(&self) -> Costs {
        Costs {
            start: self.thread_start,
            begin: self.thread_begin,
            join: self.thread_join,
            take: self.add_contended.unwrap_or(self.add),
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

fn median(samples: &[f64]) -> f64 {
    Interval::of(samples).map_or(f64::NAN, |interval| interval.median)
}

/// The median of so many prices, each measured by `price`.
fn repeated(samples: usize, price: impl Fn() -> Result<f64, Error>) -> Result<f64, Error> {
    let samples = (0..samples).map(|_| price()).collect::<Result<Vec<f64>, Error>>()?;
    Ok(median(&samples))
}

/// Seconds between two calls that got through, while all usable cores call, until an end that they have in common;
/// `None` where they never met.
fn contended(call: impl Fn() + Sync, alone: f64) -> Result<Option<f64>, Error> {
    let context = Context::new(Workers::usable());
    let step = |_| {
        (0..STEP).for_each(|_| call());
        f64::from(STEP)
    };
    let price = || Ok(1.0 / rate_together(&context, TRIAL, step)?);
    let prices = (0..TRIALS).map(|_| price()).collect::<Result<Vec<f64>, Error>>()?;
    Ok(of_those_that_met(&prices, alone))
}

/// The price in the trials in which the cores met. A core that is in nobody's way gets through as quickly as `alone`,
/// or, while another one runs beside it, in less time; a core that waits for a cache line of another's takes several
/// times as long.
fn of_those_that_met(prices: &[f64], alone: f64) -> Option<f64> {
    let met: Vec<f64> = prices.iter().copied().filter(|price| *price > MEETING * alone).collect();
    (met.len() >= ENOUGH).then(|| median(&met))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cores_that_took_turns_tell_no_price_of_meeting() {
        // Seen on a busy machine: 9.88 ns alone, and as much "while all cores do it".
        assert_eq!(of_those_that_met(&[9.88, 9.9, 10.1, 9.7, 5.0, 9.88, 10.0], 9.88), None);
        assert_eq!(of_those_that_met(&[], 9.88), None);
    }

    #[test]
    fn trials_in_which_the_cores_did_not_meet_do_not_count() {
        let prices = [2.6, 16.0, 16.5, 2.7, 17.0];
        assert_eq!(of_those_that_met(&prices, 2.6), Some(16.5));
        assert_eq!(of_those_that_met(&prices[..2], 2.6), None, "one trial is luck");
    }
}
