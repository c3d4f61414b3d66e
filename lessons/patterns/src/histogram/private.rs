use std::ops::Range;

use kernels::split;
use measure::{Context, Error};
use threads::on_threads;

use crate::{Histogram, Recorder};

/// One table for each worker, and all of them joined at the end: privatisation.
///
/// Nothing is shared while keys are counted. The price is paid before and after: W tables are made, and B bins
/// of each are added to the shared one. That is W times B additions which no range of keys makes fewer, so with
/// many bins and few keys this is slower than one core.
///
/// # Errors
///
/// Where a thread cannot be started, or panics.
pub fn histogram_private<R: Recorder>(
    histogram: &Histogram<'_, R>,
    context: &Context,
) -> Result<(), Error> {
    let ranges: Vec<Range<u64>> = split::ranges(&histogram.terms(), context.workers()).collect();
    // ANCHOR: private
    let tables = on_threads(context, &|worker| {
        let mut table = vec![0_u64; histogram.bins()];
        histogram.each(ranges[worker].clone(), |key| table[key] += 1);
        table
    })?;
    // Now only the caller is left: plain additions will do.
    for table in tables {
        (0..).zip(table).for_each(|(bin, keys)| histogram.add_alone(bin, keys));
    }
    // ANCHOR_END: private
    Ok(())
}
