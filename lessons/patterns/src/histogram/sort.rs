use std::ops::Range;

use kernels::split;
use measure::{Context, Error};
use threads::on_threads;

use crate::{Histogram, Recorder};

/// Each worker sorts its keys and counts how many follow each other that are the same.
///
/// There is no table until the end, and so one addition to it for each kind of key that a worker met, however
/// many bins there are. The price is the sorting.
///
/// # Errors
///
/// Where a thread cannot be started, or panics.
pub fn histogram_sort<R: Recorder>(
    histogram: &Histogram<'_, R>,
    context: &Context,
) -> Result<(), Error> {
    let ranges: Vec<Range<u64>> = split::ranges(&histogram.terms(), context.workers()).collect();
    on_threads(context, &|worker| {
        let range = ranges[worker].clone();
        let mut keys: Vec<u32> = Vec::with_capacity(split::len(&range) as usize);
        histogram.each(range, |key| keys.push(key as u32));
        keys.sort_unstable();
        for same in keys.chunk_by(|one, next| one == next) {
            histogram.add(same[0] as usize, same.len() as u64);
        }
    })?;
    Ok(())
}
