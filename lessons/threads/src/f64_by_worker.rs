use std::ops::Range;
use std::time::Instant;

use kernels::{Event, Kernel, Known, Pi, Span, split};
use measure::{Context, Error};

use crate::on_threads;

/// The terms of `pi` as floats: one float sum for each worker, and then the sum of these.
///
/// Every float addition rounds, so the order of the additions changes the last bits. Another number
/// of workers is another order: run this with 1, 2 and 3 workers and compare the answers. All the
/// other rows add whole numbers (see the kernel `pi`), which do not round.
///
/// # Errors
///
/// Where a thread cannot be started, or panics.
pub fn f64_by_worker<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    context: &Context,
) -> Result<u64, Error> {
    let pi = Pi::new(kernel.spec().terms)?;
    let ranges: Vec<Range<u64>> = split::ranges(&terms, context.workers()).collect();
    let partials = on_threads(context, &|worker| {
        let (start, range) = (Instant::now(), ranges[worker].clone());
        let partial: f64 = range.clone().map(|i| pi.float_term(i)).sum();
        kernel.record(Event::Summed(Span::mine(range, start)));
        partial
    })?;
    Ok(pi.fixed(partials.into_iter().sum()))
}
