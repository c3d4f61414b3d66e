use std::ops::Range;
use std::time::Instant;

use shared::kernel::{News, Phase};
use shared::{Error, Kernel, Workers, split};

use crate::Child;
use crate::frame::Message;
use crate::pool::collect;

/// Children started for this sum, one for each range.
///
/// A process has memory of its own. That is its strength, since a crash stays in it, and its price: the
/// system must set it up, load the program and tear it down again, which takes ten times as long as
/// a thread. For a short sum that is far more than the sum.
///
/// # Errors
///
/// Where a child cannot be started, dies, or answers nonsense.
pub fn spawned<K: Kernel>(kernel: &K, terms: Range<u64>, workers: Workers) -> Result<u64, Error> {
    let (start, spec) = (Instant::now(), kernel.spec());
    let ranges = split::ranges(&terms, workers).enumerate().filter(|(_, range)| !range.is_empty());
    let started: Result<Vec<(Child, Range<u64>)>, Error> =
        ranges.map(|(number, range)| Ok((Child::start(number, &spec)?, range))).collect();
    let mut children = started?;
    for (child, _) in &mut children {
        child.wait_until_ready()?;
    }
    kernel.heard(News::Phase(Phase::Starting, start.elapsed()));
    let sending = Instant::now();
    for (child, range) in &mut children {
        child.request(Message::Sum(range.clone()))?;
    }
    kernel.heard(News::Phase(Phase::Sending, sending.elapsed()));
    collect(kernel, children.iter_mut().map(|(child, range)| (child, range.clone())))
}
