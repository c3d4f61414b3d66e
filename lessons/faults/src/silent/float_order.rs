//! Floats do not add in any order.

use kernels::{Kernel, Known, Pi, Workers};
use measure::{Context, Error};

use super::Deviation;

const TERMS: u64 = 1_000_000;

/// Each worker adds its floats, and then the partials are added. With another number of workers the
/// same terms are added in another order, each addition rounds, and the last digits differ.
///
/// The answer to compare with is that of one worker: no sum of them is wrong, they are not the same.
///
/// # Errors
///
/// Where the system refuses a thread.
pub fn broken(context: &Context) -> Result<Deviation, Error> {
    let kernel = Pi::new(TERMS)?;
    // ANCHOR: broken
    let one = threads::f64_by_worker(&kernel, 0..TERMS, &context.with_workers(Workers::ONE))?;
    let many = threads::f64_by_worker(&kernel, 0..TERMS, context)?;
    // ANCHOR_END: broken
    Ok(Deviation::of(many, one))
}

/// Each term is rounded once to a fixed point, and integers are added: the same bits in any order.
///
/// # Errors
///
/// Where the system refuses a thread.
pub fn fixed(context: &Context) -> Result<Deviation, Error> {
    let kernel = Pi::new(TERMS)?;
    // ANCHOR: fixed
    let one = kernel.sum(0..TERMS);
    let many = threads::scoped(&kernel, 0..TERMS, context)?;
    // ANCHOR_END: fixed
    Ok(Deviation::of(many, one))
}
