use measure::{Error, Interval};
use serde::Serialize;

use super::probe::{NoPrice, Probe};
use super::rounds::{Found, Rounds, rounds};
use super::{Price, locks, operating_system, queues, threads};
use crate::simulator::Costs;

/// What working together costs on this machine, in seconds, as the simulator asks.
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

static ALL: [&Probe; 14] = [
    &threads::START,
    &threads::BEGIN,
    &threads::JOIN,
    &operating_system::PROCESS,
    &locks::MUTEX,
    &locks::MUTEX_SHARED,
    &locks::ADD,
    &locks::ADD_SHARED,
    &queues::SEND,
    &queues::RECEIVE,
    &queues::SPLIT,
    &queues::LOOK,
    &queues::STEAL,
    &threads::WAKE,
];

const ROUNDS: Rounds = Rounds { count: Some(15), seed: 1 };

/// Measures the prices: about a third of a second.
pub(crate) fn prices() -> Result<Prices, Error> {
    let mut found = rounds(&ALL, ROUNDS)?;
    let price = |probe: &Probe| {
        let one = found.iter().find(|one| one.probe.name == probe.name)?;
        Price::of(one, &found).seconds.map(|seconds| seconds.median)
    };
    let (lock_contended, add_contended) = (price(&locks::MUTEX_SHARED), price(&locks::ADD_SHARED));
    let mut sure = |probe| median(&mut found, probe);
    Ok(Prices {
        thread_start: sure(&threads::START)?,
        thread_begin: sure(&threads::BEGIN)?,
        thread_join: sure(&threads::JOIN)?,
        process: sure(&operating_system::PROCESS)?,
        lock: sure(&locks::MUTEX)?,
        lock_contended,
        add: sure(&locks::ADD)?,
        add_contended,
        send: sure(&queues::SEND)?,
        receive: sure(&queues::RECEIVE)?,
        split: sure(&queues::SPLIT)?,
        look: sure(&queues::LOOK)?,
        steal: sure(&queues::STEAL)?,
        wake: sure(&threads::WAKE)?,
    })
}

/// The price of a thing for which no second core is needed: each machine has one, or an error.
fn median(found: &mut [Found], probe: &Probe) -> Result<f64, Error> {
    let place = found.iter().position(|one| one.probe.name == probe.name);
    let one = &mut found[place.expect("it was asked")];
    let why = match one.fault.take() {
        Some(NoPrice::Failed(error)) => return Err(error),
        Some(NoPrice::Because(why)) => why,
        None => "it has no samples",
    };
    Interval::of(&one.samples).map(|seconds| seconds.median).ok_or_else(|| Error::Refused {
        what: format!("the price of `{}`", probe.name),
        cause: why.to_owned(),
        remedy: "end other programs, and run it again",
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
