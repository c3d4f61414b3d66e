use std::ops::Range;

use kernels::Kernel;
use measure::Error;
use threads::HotTeam;

/// The team of the lesson `threads`: a range for each worker, on threads that stay awake for a while.
///
/// No library, but what the fastest dispatch costs: nothing is quicker to hand out ranges, and nothing burns more
/// between two sums. The caller is a worker, so there can be only one.
///
/// # Errors
///
/// Where a worker panics; the team can be used again.
pub fn hot_team<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    team: &mut HotTeam<K>,
) -> Result<K::Partial, Error> {
    threads::hot_team(kernel, terms, team)
}
