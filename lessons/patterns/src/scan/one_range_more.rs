use std::ops::Range;

use kernels::split;
use measure::{Context, Error};
use threads::on_threads;

use super::three_phases::sums_before;
use crate::{Recorder, Scan};

/// The three phases with one range more than there are workers.
///
/// Before the first range there is nothing: its running sums can be written at once, and their last one is
/// its sum. And nobody asks for the sum of the last range. So in the first phase worker 0 writes range 0 while
/// the others sum theirs, and in the second one there are as many ranges left as workers. Each phase goes over
/// n/(W+1) numbers, so that W workers can be (W+1)/2 times as fast as one, and two 1.5 times.
///
/// That is how `partial_sum` works in the parallel mode of GCC's C++ library.
///
/// # Errors
///
/// Where a thread cannot be started, or panics.
pub fn scan_one_range_more<R: Recorder>(
    scan: &Scan<'_, R>,
    context: &Context,
) -> Result<(), Error> {
    // ANCHOR: phases
    let parts = context.workers().get() + 1;
    let range = |number| -> Range<u64> { split::part(&scan.terms(), number, parts) };
    let sums = on_threads(context, &|worker| match worker {
        0 => scan.write_sums(range(0), 0),
        _ => scan.sum(range(worker)),
    })?;
    let upto: Vec<u64> =
        sums_before(&sums).iter().zip(&sums).map(|(before, sum)| before + sum).collect();
    on_threads(context, &|worker| scan.write_sums(range(worker + 1), upto[worker]))?;
    // ANCHOR_END: phases
    Ok(())
}
