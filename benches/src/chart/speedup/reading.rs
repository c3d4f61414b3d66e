//! What to see in a speedup, in sentences.

use draw::tick;
use kernels::{Known, Memory};
use measure::Interval;

use super::View;
use super::against::{memory_ceiling, shown};
use crate::chart::words::{self, sound};
use crate::chart::{Section, curves};
use crate::figures::{best, share_of_control, surely_above};
use crate::gate::doubt;
use crate::memory_limit::{MemoryLimit, memory_limit};
use crate::results::Question;
use crate::text::short;

impl View<'_> {
    /// The strategies with `workers` workers, the fastest first.
    pub(super) fn ranked(&self, workers: usize) -> Vec<(&str, Interval)> {
        let at = |curve: &curves::Curve<'_>| curve.points.get(&workers)?.speedup();
        let all = self.curves.all.iter();
        let mut ranked: Vec<(&str, Interval)> =
            all.filter_map(|curve| Some((curve.strategy, sound(at(curve))?))).collect();
        ranked.sort_by(|one, other| other.1.median.total_cmp(&one.1.median));
        ranked
    }

    /// Which part of what the machine gave just then a strategy reached.
    fn share(&self, strategy: &str, workers: usize) -> Option<f64> {
        let curve = self.curves.all.iter().find(|curve| curve.strategy == strategy)?;
        share_of_control(curve.points.get(&workers)?).map(|share| share.median)
    }

    pub(super) fn reading(&self) -> Vec<String> {
        let full = self.curves.full().unwrap_or(1);
        let ranked = self.ranked(full);
        let mut reading = Vec::new();
        if doubt(self.results).is_some() {
            reading.extend(drawn(full, &ranked));
        } else {
            reading.extend(self.fastest(full, &ranked));
            reading.extend(slowest(&ranked));
        }
        reading.extend(self.ceiling_reading());
        reading.truncate(3);
        reading
    }

    /// The strategy with the best speedup, and how many may be as fast.
    fn fastest(&self, workers: usize, ranked: &[(&str, Interval)]) -> Option<String> {
        let ((strategy, best), others) = ranked.split_first()?;
        let alike =
            others.iter().filter(|(_, other)| !surely_above(Some(*best), Some(*other))).count();
        let (name, speedup) = (short(strategy), words::speedup(best));
        let many = units::count(workers as u64, "worker");
        let mut sentence = match alike {
            0 => format!("With {many}, {name} is the fastest: {speedup}"),
            alike => format!(
                "With {many}, {name} has the best median, {speedup}, and {alike} of the other {} cannot be told \
                 from it",
                others.len()
            ),
        };
        if let Some(share) = self.share(strategy, workers) {
            sentence +=
                &format!("; {name} used {} of what the machine gave", units::percent(share));
        }
        Some(sentence + ".")
    }

    fn ceiling_reading(&self) -> Option<String> {
        if self.kernel != Memory::NAME.as_str() || self.section == Section::Weak {
            return None;
        }
        let best = best(self.results, Question::Scaling, self.kernel)?;
        if memory_limit(self.results, best) != Some(MemoryLimit::Reached) {
            return None;
        }
        let most = memory_ceiling(self.results, self.curves.baseline_rate()?);
        let gigabytes = self.results.machine.ceilings.read_bytes_per_second / 1e9;
        shown(&most).then(|| {
            format!(
                "Reading is the limit: these cores together can read {} GB/s, {} what one of them \
                 takes, and more workers on them cannot change that.",
                units::three_digits(gigabytes),
                tick((most * 100.0).round() / 100.0) + " times"
            )
        })
    }
}

/// What is drawn, where nothing more can be told.
fn drawn(workers: usize, ranked: &[(&str, Interval)]) -> Option<String> {
    let median = |(name, speedup): &(&str, Interval)| {
        format!("{} ({})", units::speedup(speedup.median), short(name))
    };
    let workers = units::count(workers as u64, "worker");
    Some(match ranked {
        [] => return None,
        [only] => format!("With {workers} the median is {}.", median(only)),
        [best, .., worst] => {
            format!(
                "With {workers} the medians lie between {} and {}.",
                median(worst),
                median(best)
            )
        }
    })
}

/// The strategy that is surely the slowest.
fn slowest(ranked: &[(&str, Interval)]) -> Option<String> {
    let [_, .., before, (name, worst)] = ranked else { return None };
    surely_above(Some(before.1), Some(*worst))
        .then(|| format!("The slowest is {}: {}.", short(name), words::speedup(worst)))
}
