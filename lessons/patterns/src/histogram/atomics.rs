use std::ops::Range;

use kernels::split;
use measure::{Context, Error};
use threads::on_threads;

use crate::{Histogram, Recorder};

/// One table for all workers, with an atomic addition for every key.
///
/// It is right, and short. But an atomic addition takes longer than a plain one even where nobody else adds;
/// and where others do, the cache lines of the table travel from core to core. How bad that is depends on the
/// keys: with few bins, or a few that are met all the time, everybody wants the same lines.
///
/// # Errors
///
/// Where a thread cannot be started, or panics.
pub fn histogram_atomics<R: Recorder>(
    histogram: &Histogram<'_, R>,
    context: &Context,
) -> Result<(), Error> {
    let ranges: Vec<Range<u64>> = split::ranges(&histogram.terms(), context.workers()).collect();
    // ANCHOR: shared
    on_threads(context, &|worker| {
        histogram.each(ranges[worker].clone(), |key| histogram.add(key, 1));
    })?;
    // ANCHOR_END: shared
    Ok(())
}
