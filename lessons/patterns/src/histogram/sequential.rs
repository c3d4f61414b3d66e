use measure::{Context, Error};

use crate::{Histogram, Recorder};

/// One core and one table of its own: the baseline.
///
/// There are no chains here, and hardly any addition waits for another: only for one to the same bin.
///
/// # Errors
///
/// None.
pub fn histogram_sequential<R: Recorder>(
    histogram: &Histogram<'_, R>,
    _: &Context,
) -> Result<(), Error> {
    let mut table = vec![0_u64; histogram.bins()];
    histogram.each(histogram.terms(), |key| table[key] += 1);
    (0..).zip(table).for_each(|(bin, keys)| histogram.add(bin, keys));
    Ok(())
}
