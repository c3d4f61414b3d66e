//! The hot part on all cores: the same loop, shared.

use rayon::prelude::*;

use crate::first::{distance_from, first};
use crate::{Parts, Record};

/// Another `distances`; the rest as in [`first`].
pub fn hot_parallel() -> Parts {
    Parts { distances, ..first() }
}

/// For each record a loop over all records. `par_iter` stands where `iter` stood.
// ANCHOR: distances
#[inline(never)]
pub fn distances(records: &[Record<'_>]) -> Vec<u64> {
    records.par_iter().map(|one| distance_from(one.tenths, records)).collect()
}
// ANCHOR_END: distances
