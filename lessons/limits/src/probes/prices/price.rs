use course::Device;
use measure::Interval;
use serde::{Deserialize, Serialize};

use super::probe::{Group, NoPrice};
use super::rounds::Found;

/// What one thing costs, or why nobody knows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Price {
    /// What is done.
    pub(crate) name: String,
    /// Who takes part.
    pub(crate) group: Group,
    /// What it is, in some words more.
    #[serde(default)]
    pub(crate) what: String,
    /// Always seconds.
    pub(crate) unit: Unit,
    /// Of one; null where there is no price.
    pub(crate) seconds: Option<Interval>,
    /// How many samples count.
    pub(crate) samples: usize,
    /// Where it is less than the loop around it lets see: less than this.
    #[serde(default)]
    pub(crate) below: Option<f64>,
    /// Why there is no price, where there is none.
    #[serde(default)]
    pub(crate) why_not: Option<String>,
    /// The device that was asked, where it is the price of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) device: Option<Device>,
}

/// The unit of all prices.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Unit {
    Seconds,
}

/// So many trials have to meet.
const ENOUGH: usize = 3;

/// A call that takes so many times as long as alone was in another's way.
const MEETING: f64 = 1.25;

/// A difference of two loops that is smaller than this, a part of a cycle, may as well come from how they lie in
/// memory.
const SMALLEST: f64 = 0.1e-9;

const NEVER_MET: &str = "not measured: the cores never met";
const TOO_LITTLE: &str = "less than the loop around it lets see";
const TOO_FEW: &str = "too few rounds to tell it from its loop";

impl Price {
    /// The price that the samples of `found` tell. `all` holds what was found of all things, and so of the same thing
    /// alone.
    pub(crate) fn of(found: &Found, all: &[Found]) -> Self {
        let probe = found.probe;
        let finite = |samples: &[f64]| -> Vec<f64> {
            samples.iter().copied().filter(|seconds| seconds.is_finite()).collect()
        };
        let alone =
            probe.alone.and_then(|alone| all.iter().find(|one| one.probe.name == alone.name));
        let alone = alone.and_then(|alone| Interval::of(&finite(&alone.samples)));
        let samples = match (probe.alone, alone) {
            (None, _) => finite(&found.samples),
            (Some(_), Some(alone)) => of_those_that_met(&finite(&found.samples), alone.median),
            (Some(_), None) => Vec::new(),
        };
        let none = Price {
            name: probe.name.to_owned(),
            group: probe.group,
            what: probe.what.to_owned(),
            unit: Unit::Seconds,
            seconds: None,
            samples: samples.len(),
            below: None,
            why_not: None,
            device: None,
        };
        match (&found.fault, Interval::of(&samples)) {
            (Some(NoPrice::Because(why)), _) => Price { why_not: Some((*why).to_owned()), ..none },
            (Some(NoPrice::Failed(error)), _) => Price { why_not: Some(error.to_string()), ..none },
            (None, None) => Price { why_not: Some(NEVER_MET.to_owned()), ..none },
            (None, Some(seconds)) if probe.beyond && seconds.low.is_none() => {
                Price { why_not: Some(TOO_FEW.to_owned()), ..none }
            }
            (None, Some(seconds)) => match too_little(&seconds, probe.beyond) {
                None => Price { seconds: Some(seconds), ..none },
                below => Price { below, why_not: Some(TOO_LITTLE.to_owned()), ..none },
            },
        }
    }

    /// Whether the numbers can be those of a price.
    pub(crate) fn is_sound(&self) -> bool {
        self.seconds.is_none_or(|seconds| {
            let ends = [seconds.low.unwrap_or(seconds.median), seconds.median];
            let ends = [ends[0], ends[1], seconds.high.unwrap_or(seconds.median)];
            ends.is_sorted() && ends[0] > 0.0 && ends[2] < LONGEST
        })
    }

    /// Whether a program on the cores did what a device would: then nothing follows from it.
    pub(crate) fn is_in_software(&self) -> bool {
        self.device.as_ref().is_some_and(Device::is_software)
    }
}

/// Nothing here takes a day.
const LONGEST: f64 = 86_400.0;

/// What a difference of two loops is less than, where it cannot be told from nothing. A time that was not made by
/// taking another one off can.
fn too_little(seconds: &Interval, beyond: bool) -> Option<f64> {
    if !beyond || seconds.is_above(SMALLEST) {
        return None;
    }
    let ends = [Some(seconds.median), seconds.low, seconds.high];
    Some(ends.into_iter().flatten().map(f64::abs).fold(SMALLEST, f64::max))
}

/// The trials in which the cores met. A core that is in nobody's way gets through as quickly as `alone`, or, while
/// another one runs beside it, in less time; a core that waits for a cache line of another's takes several times as
/// long.
fn of_those_that_met(prices: &[f64], alone: f64) -> Vec<f64> {
    let met: Vec<f64> = prices.iter().copied().filter(|price| *price > MEETING * alone).collect();
    if met.len() < ENOUGH { Vec::new() } else { met }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cores_that_took_turns_tell_no_price_of_meeting() {
        // Seen on a busy machine: 9.88 ns alone, and as much "while all cores do it".
        let none: [f64; 0] = [];
        assert_eq!(of_those_that_met(&[9.88, 9.9, 10.1, 9.7, 5.0, 9.88, 10.0], 9.88), none);
        assert_eq!(of_those_that_met(&[], 9.88), none);
    }

    #[test]
    fn trials_in_which_the_cores_did_not_meet_do_not_count() {
        let prices = [2.6, 16.0, 16.5, 2.7, 17.0];
        assert_eq!(of_those_that_met(&prices, 2.6), [16.0, 16.5, 17.0]);
        assert!(of_those_that_met(&prices[..2], 2.6).is_empty(), "one trial is luck");
    }

    #[test]
    fn a_difference_that_may_be_none_is_less_than_something() {
        let of = |low, median, high| Interval { median, low: Some(low), high: Some(high) };
        assert_eq!(too_little(&of(-0.4e-9, 0.1e-9, 0.3e-9), true), Some(0.4e-9));
        assert_eq!(too_little(&of(0.01e-9, 0.02e-9, 0.03e-9), true), Some(SMALLEST));
        assert_eq!(too_little(&of(0.8e-9, 1e-9, 2e-9), true), None);
        assert_eq!(too_little(&of(0.01e-9, 0.02e-9, 0.03e-9), false), None, "an addition");
    }
}
