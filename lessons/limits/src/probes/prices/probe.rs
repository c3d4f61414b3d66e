use std::time::Duration;

use kernels::Workers;
use measure::{Context, Error, quickest, rate_together, time};
use serde::{Deserialize, Serialize};

/// Who takes part, and so what the price is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Group {
    /// One core, and nobody else there.
    Alone,
    /// All usable cores, at the same time.
    Shared,
    /// Another thread has to begin, or to go on.
    Waking,
    /// The system does it.
    System,
    /// A part of a price, which only the simulator asks for.
    Part,
}

/// One thing that has a price.
#[derive(Debug)]
pub(crate) struct Probe {
    /// What it is called in the table.
    pub(crate) name: &'static str,
    /// Where in the table.
    pub(crate) group: Group,
    /// What is done once.
    pub(crate) what: &'static str,
    /// The same thing with nobody else there: cores that pay no more than that have not met.
    pub(super) alone: Option<&'static Probe>,
    /// Whether it is the difference of two loops.
    pub(super) beyond: bool,
    /// Makes ready, once.
    pub(super) prepare: fn() -> Prepared,
}

/// What does a thing some times, and gives the seconds of one.
pub(super) type Sampler = Box<dyn FnMut() -> Result<f64, Error>>;

pub(super) type Prepared = Result<Sampler, NoPrice>;

/// Why there is no price.
#[derive(Debug)]
pub(crate) enum NoPrice {
    /// This machine has no such thing.
    Because(&'static str),
    /// It went wrong.
    Failed(Error),
}

impl From<Error> for NoPrice {
    fn from(error: Error) -> Self {
        NoPrice::Failed(error)
    }
}

impl Probe {
    pub(super) const fn new(
        group: Group,
        name: &'static str,
        what: &'static str,
        prepare: fn() -> Prepared,
    ) -> Self {
        Probe { name, group, what, alone: None, beyond: false, prepare }
    }

    /// The same thing as `alone`, while all usable cores do it.
    pub(super) const fn shared(
        name: &'static str,
        alone: &'static Probe,
        prepare: fn() -> Prepared,
    ) -> Self {
        let probe = Probe::new(Group::Shared, name, alone.what, prepare);
        Probe { alone: Some(alone), ..probe }
    }

    /// What takes one loop off another: the other runs within the same sample.
    pub(super) const fn beyond(
        name: &'static str,
        what: &'static str,
        prepare: fn() -> Prepared,
    ) -> Self {
        Probe { beyond: true, ..Probe::new(Group::Alone, name, what, prepare) }
    }
}

/// What is quick is called for so long, several times; the quickest counts, so that an interrupt does not.
const BATCH: Duration = Duration::from_micros(100);
const BATCHES: u32 = 4;

/// Many calls, timed together.
pub(super) fn many(mut call: impl FnMut() + 'static) -> Prepared {
    let mut calls = 16_u32;
    while time(|| (0..calls).for_each(|_| call())).1 < BATCH && calls < 1 << 24 {
        calls *= 2;
    }
    Ok(Box::new(move || Ok(of_many(calls, &mut call))))
}

/// Seconds of one call, of which so many are timed together.
fn of_many(calls: u32, mut call: impl FnMut()) -> f64 {
    let batch = || (0..calls).for_each(|_| call());
    quickest(BATCH * (BATCHES - 1), batch) / f64::from(calls)
}

/// Each time one call, which times itself.
pub(super) fn each(sample: impl FnMut() -> Result<f64, Error> + 'static) -> Prepared {
    Ok(Box::new(sample))
}

/// All usable cores call for so long.
const TRIAL: Duration = Duration::from_millis(2);

/// So many calls are made between two looks at the clock.
const STEP: u32 = 200;

/// Seconds between two calls that got through, while all usable cores call, until an end that they have in common.
pub(super) fn shared(call: impl Fn() + Sync + 'static) -> Prepared {
    let context = Context::new(at_least_two()?);
    let step = move |_| {
        (0..STEP).for_each(|_| call());
        f64::from(STEP)
    };
    each(move || Ok(1.0 / rate_together(&context, TRIAL, &step)?))
}

/// The usable cores, if there is more than one.
pub(super) fn at_least_two() -> Result<Workers, NoPrice> {
    let all = Workers::usable();
    if all == Workers::ONE { Err(NoPrice::Because("there is one usable core")) } else { Ok(all) }
}
