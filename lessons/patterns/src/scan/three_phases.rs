use std::ops::Range;

use kernels::split;
use measure::{Context, Error};
use threads::on_threads;

use crate::{Recorder, Scan};

/// All workers sum their ranges; one goes through these few sums; all write the running sums of their ranges.
///
/// A worker in the middle does not know what comes before its range. But it takes one number for that, not
/// all of them. So the chain of n additions becomes W chains that are n/W long, and one that is as long as
/// there are workers. The price: each number is read twice, and added twice. With two workers that is as
/// many additions for each of them as one core has for all.
///
/// # Errors
///
/// Where a thread cannot be started, or panics.
pub fn scan_three_phases<R: Recorder>(scan: &Scan<'_, R>, context: &Context) -> Result<(), Error> {
    // ANCHOR: phases
    let ranges: Vec<Range<u64>> = split::ranges(&scan.terms(), context.workers()).collect();
    let sums = on_threads(context, &|worker| scan.sum(ranges[worker].clone()))?;
    let before = sums_before(&sums);
    on_threads(context, &|worker| scan.write_sums(ranges[worker].clone(), before[worker]))?;
    // ANCHOR_END: phases
    Ok(())
}

/// What comes before each range: running sums as well, of which the own range is no part. There are so few of
/// them that one worker is quick enough.
pub(super) fn sums_before(sums: &[u64]) -> Vec<u64> {
    let mut total = 0;
    let before = sums.iter().map(|sum| {
        let before = total;
        total += sum;
        before
    });
    before.collect()
}
