//! # No term left over
//!
//! How do you cut 100,003 terms for seven workers so that none is left over?
//!
//! To give every worker `terms / workers` terms looks right, and is, wherever the division leaves no remainder. Tests
//! use round numbers. So the tail is dropped, and the sum is a little too small for years.
//!
//! Counts: there is one range for each worker, in order; together they hold every term once, also where there are
//! `u64::MAX` of them; no range has more than one term more than another.
//!
//! Read: [threads](../../../threads/README.md), [faults, `dropped-tail`](../../../faults/README.md)

use std::ops::Range;

/// One range of `terms` terms for each of `workers` workers, of which there is at least one.
pub fn cut(terms: u64, workers: u64) -> Vec<Range<u64>> {
    // HOLE
    // The product may need more than 64 bits.
    let border = |number| (u128::from(terms) * u128::from(number) / u128::from(workers)) as u64;
    (0..workers).map(|number| border(number)..border(number + 1)).collect()
    // SKELETON right: leaves out
    //| let size = terms / workers;
    //| (0..workers).map(|number| number * size..(number + 1) * size).collect()
    // WRONG right: is unfair
    //| let size = terms / workers;
    //| let end = |number| if number + 1 == workers { terms } else { (number + 1) * size };
    //| (0..workers).map(|number| number * size..end(number)).collect()
    // WRONG right: beyond the last term
    //| let size = terms.div_ceil(workers);
    //| (0..workers).map(|number| number * size..(number + 1) * size).collect()
    // WRONG right: cut(u64::MAX, 2) leaves out 9223372036854775807..u64::MAX; this looks like an overflow
    //| let border = |number| terms * number / workers;
    //| (0..workers).map(|number| border(number)..border(number + 1)).collect()
    // END
}

// HINT Do not compute a size first, and the borders from it: a size is rounded, and the error adds up. Compute each
// border by itself.
// HINT Border number i lies at i / workers of all terms. Rounding down is fine, as long as the end of one range is
// computed exactly like the start of the next.
// HINT terms * i may not fit into 64 bits. It does fit into a u128.
// RULES
use std::ops::Range;

/// The ranges are looked at; nothing is summed.
pub fn rules() -> Rules {
    Rules::new().right("awkward numbers", |trial| {
        for terms in [0, 1, 2, 3, 5, 1000, 100_003, u64::MAX] {
            for workers in [1, 2, 3, 5, 7] {
                let call = format!("cut({}, {workers})", shown(terms));
                trial.calling(&call);
                let ranges = attempt::cut(terms, workers);
                cut_fairly(&call, &(0..terms), workers, &ranges)?;
            }
        }
        Ok(())
    })
}
