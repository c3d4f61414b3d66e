//! # Numbered blocks
//!
//! Which terms are in block number 7, and when is there no such block?
//!
//! Workers that schedule themselves take a number and sum the block of that number. So a block is computed, not
//! looked up, and the last one is shorter. The numbers go on after the last block: every worker takes one too many,
//! and has to be told that it is done. With large numbers `number * size` does not fit into 64 bits. A release build
//! says nothing then: it drops the upper bits, and sums an early block a second time.
//!
//! Counts: each block has `size` terms, but the last, which ends with the terms; past the end there is `None`. That
//! holds up to `u64::MAX`, for each of the three numbers.
//!
//! Read: [threads, self-scheduling](../../../threads/README.md), [faults, `overflow`](../../../faults/README.md)

use std::ops::Range;

/// Block `number` of `terms` terms, the first being block 0. `size` is at least 1.
pub fn block(terms: u64, size: u64, number: u64) -> Option<Range<u64>> {
    // HOLE
    let start = number.checked_mul(size).filter(|start| *start < terms)?;
    Some(start..start.saturating_add(size).min(terms))
    // SKELETON right: block(10, 4, 2) gives Some(8..12)
    //| let start = number * size;
    //| (start < terms).then(|| start..start + size)
    // WRONG right: block(10, 4, 3) gives Some(10..10); None is right
    //| let (start, end) = (number.saturating_mul(size), number.saturating_add(1).saturating_mul(size));
    //| Some(start.min(terms)..end.min(terms))
    // WRONG right: block(100, 1 << 32, 1 << 32) gives Some(0..100); None is right; this looks like
    //| let start = number * size;
    //| (start < terms).then(|| start..start.saturating_add(size).min(terms))
    // WRONG right: block(u64::MAX, 1 << 63, 1) gives Some(1 << 63..0)
    //| let start = number.saturating_mul(size);
    //| (start < terms).then(|| start..terms.min(start + size))
    // WRONG right: block(10, 5, 2) gives Some(10..10); None is right
    //| let start = number.saturating_mul(size);
    //| (start <= terms).then(|| start..start.saturating_add(size).min(terms))
    // END
}

// HINT The last block ends where the terms end: take the smaller of two ends.
// HINT Two steps may overflow: the multiplication and the addition. `checked_mul` gives `None` where it does, and
// then there is no such block. `saturating_add` stops at the largest number, which is far enough for a minimum.
// HINT An `Option` of the start can be cut short: `number.checked_mul(size).filter(|start| *start < terms)?`.
// RULES
use std::ops::Range;

/// Each block is held against one that is computed in 128 bits.
pub fn rules() -> Rules {
    Rules::new().right("blocks of all sizes", |trial| {
        let mut cases = vec![
            (10, 4, 2),
            (10, 4, 3),
            (10, 5, 2),
            (100, 1 << 32, 1 << 32),
            (u64::MAX, 1 << 63, 1),
        ];
        // Small ones first: they are easily computed by hand.
        for terms in [10, 0, 1, 7, 8, 100_003] {
            for size in [4, 1, 3, 10, 1000] {
                cases.extend((0..4).map(|number| (terms, size, number)));
                cases.extend(
                    [terms / size, (terms / size).saturating_sub(1)]
                        .map(|number| (terms, size, number)),
                );
            }
        }
        cases.sort_by_key(|(terms, size, number)| *terms > 100 || *size > 1000 || *number > 100);
        for terms in [u64::MAX, u64::MAX - 1, 1 << 63, 10] {
            for size in [u64::MAX, 1 << 63, (1 << 63) - 1, 1 << 32, 3] {
                cases.extend(
                    [0, 1, 2, 3, 1 << 32, u64::MAX / size, u64::MAX]
                        .map(|number| (terms, size, number)),
                );
            }
        }
        let mut rng = trial.rng();
        cases.extend((0..1000).map(|_| {
            let mut any = || rng.bits() >> rng.below(64);
            (any(), any().max(1), any())
        }));
        for (terms, size, number) in cases {
            let call = format!("block({}, {}, {})", shown(terms), shown(size), shown(number));
            trial.calling(&call);
            let (given, right) = (attempt::block(terms, size, number), right(terms, size, number));
            // Small numbers come first: who was right up to here has lost the upper bits.
            let end = number.checked_mul(size).and_then(|start| start.checked_add(size));
            ensure!(
                given == right,
                "{call} gives {}; {} is right{}",
                shown_block(&given),
                shown_block(&right),
                if end.is_none() { "; this looks like an overflow" } else { "" }
            );
        }
        Ok(())
    })
}

fn right(terms: u64, size: u64, number: u64) -> Option<Range<u64>> {
    let (start, all) = (u128::from(number) * u128::from(size), u128::from(terms));
    let end = all.min(start + u128::from(size));
    (start < all).then(|| start as u64..end as u64)
}

/// Large numbers as one would write them: twenty digits tell nobody anything.
fn shown(number: u64) -> String {
    match u64::MAX - number {
        0 => "u64::MAX".to_owned(),
        below @ 1..=1000 => format!("u64::MAX - {below}"),
        _ if number >= 1 << 32 && number.is_power_of_two() => format!("1 << {}", number.ilog2()),
        _ => number.to_string(),
    }
}

fn shown_block(block: &Option<Range<u64>>) -> String {
    match block {
        Some(range) => format!("Some({}..{})", shown(range.start), shown(range.end)),
        None => "None".to_owned(),
    }
}
