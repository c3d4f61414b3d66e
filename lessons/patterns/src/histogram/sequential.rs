use measure::{Context, Error};

use crate::{Histogram, Recorder};

/// One core adds to the table, with plain additions: the baseline.
///
/// There is no chain here. An addition waits only for one to the same bin that is still under way.
///
/// # Errors
///
/// None.
pub fn histogram_sequential<R: Recorder>(
    histogram: &Histogram<'_, R>,
    _: &Context,
) -> Result<(), Error> {
    histogram.each(histogram.terms(), |key| histogram.add_alone(key, 1));
    Ok(())
}
