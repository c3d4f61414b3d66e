use measure::{Context, Error};

use crate::{Recorder, Scan};

/// One core, one pass: the baseline.
///
/// Each sum needs the one before it. That is a chain of n additions, and nothing in this loop can be done
/// side by side. It looks as if prefix sums were sequential.
///
/// # Errors
///
/// None.
pub fn scan_sequential<R: Recorder>(scan: &Scan<'_, R>, _: &Context) -> Result<(), Error> {
    scan.write_sums(scan.terms(), 0);
    Ok(())
}
