use std::ops::Range;
use std::time::Instant;

use kernels::{Event, Kernel, Workers, split};
use measure::{Context, Error};

use crate::Pool;
use crate::frame::Message;
use crate::phases::STARTING;

/// Children started for this sum, one for each range.
///
/// A process has memory of its own. That is its strength, since a crash stays in it, and its price: the
/// system must set it up, load the program and tear it down again, which takes ten times as long as
/// a thread. For a short sum that is far more than the sum.
///
/// # Errors
///
/// Where a child cannot be started, dies, or answers nonsense.
pub fn spawned<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    context: &Context,
) -> Result<K::Partial, Error> {
    // No child without a term to sum; and where there are no terms, no children.
    let useful =
        context.workers().get().min(usize::try_from(split::len(&terms)).unwrap_or(usize::MAX));
    let Some(workers) = Workers::new(useful) else { return Ok(K::Partial::default()) };
    // ANCHOR: start
    let start = Instant::now();
    let mut children = Pool::start(kernel, &context.with_workers(workers))?;
    kernel.record(Event::Phase(STARTING, start.elapsed()));
    children.sum(kernel, terms, Message::Sum)
    // ANCHOR_END: start
}
