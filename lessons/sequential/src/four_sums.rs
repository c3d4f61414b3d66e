use std::ops::Range;

use kernels::Kernel;
use measure::{Context, Error};

/// Four sums side by side, added up at the end.
///
/// An addition must wait for the one before it if both change the same sum. With four sums,
/// four additions can be under way at the same time. Where the compiler already does this by
/// itself, the row shows no gain.
pub fn four_sums<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    _: &Context,
) -> Result<K::Partial, Error> {
    // ANCHOR: four
    let mut sums = [(); 4].map(|()| K::Partial::default());
    let mut i = terms.start;
    while terms.end.saturating_sub(i) >= 4 {
        sums[0] += kernel.term(i);
        sums[1] += kernel.term(i + 1);
        sums[2] += kernel.term(i + 2);
        sums[3] += kernel.term(i + 3);
        i += 4;
    }
    // ANCHOR_END: four
    let rest: K::Partial = (i..terms.end).map(|i| kernel.term(i)).sum();
    Ok(sums.into_iter().sum::<K::Partial>() + rest)
}
