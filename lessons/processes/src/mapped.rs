use std::ops::Range;

use children::PASSES_FILES;
use kernels::Kernel;
use measure::Error;

use crate::Pool;
use crate::frame::Message;

/// The numbers of `memory` stay where they are; every child maps them for this sum, and reads.
///
/// To map a file is to let its pages appear in one's own memory. Nothing is copied and nothing travels
/// but the range. Still it is not free: the child's table of pages is empty at first, and
/// the system fills it in while the child reads. [`pool`](crate::pool) keeps one mapping for all sums
/// and so pays once.
///
/// # Errors
///
/// Where a child has died, or answers nonsense; and where the system passes no open file on to a child.
pub fn mapped<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    pool: &mut Pool,
) -> Result<K::Partial, Error> {
    if !PASSES_FILES {
        return Err(Error::Missing {
            what: "a way to show a file to a child".to_owned(),
            why: "this system passes no descriptors on".to_owned(),
            remedy: "see this row on Linux or macOS",
        });
    }
    // ANCHOR: mapped
    pool.sum(kernel, terms, Message::SumMapped)
    // ANCHOR_END: mapped
}
