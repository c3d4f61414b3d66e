//! # No term left over
//!
//! How do you cut 100,003 terms for seven workers so that none is left over?
//!
//! To give every worker `terms / workers` terms looks right, and is, wherever the division has no rest. Nobody tests with
//! 100,003 terms; so the tail is dropped, and the sum is a little too small for years.
//!
//! Counts: there is one range for each worker, in order; together they hold every term once; no range has more than one
//! term more than another.
//!
//! Read: [threads](../../../threads/README.md)

use std::ops::Range;

/// One range of `terms` terms for each of `workers` workers.
pub fn cut(terms: u64, workers: u64) -> Vec<Range<u64>> {
    // HOLE
    let border = |number: u64| (u128::from(terms) * u128::from(number) / u128::from(workers)) as u64;
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
    // END
}

// HINT Do not compute a size, and then the borders from it: a size is rounded, and the error adds up. Compute each border
// by itself.
// HINT Border number i lies at i / workers of all terms. Which rounding does not matter, as long as the end of one range
// is computed exactly like the start of the next.
// HINT terms * i may not fit 64 bits. u128 holds it.
// RULES
/// The ranges are looked at; nothing is summed.
pub fn rules() -> Rules {
    Rules::new().right("awkward numbers", |trial| {
        for terms in [0, 1, 2, 3, 5, 1000, 100_003, u64::MAX] {
            for workers in [1, 2, 3, 5, 7] {
                let call = format!("cut({terms}, {workers})");
                trial.calling(&call);
                let ranges = attempt::cut(terms, workers);
                ensure!(ranges.len() as u64 == workers, "{call} gives {} ranges", ranges.len());
                let mut reached = 0;
                for range in &ranges {
                    ensure!(
                        range.start == reached && range.end >= range.start,
                        "{call}: after {reached} comes the range {range:?}"
                    );
                    ensure!(range.end <= terms, "{call}: the range {range:?} goes beyond the last term");
                    reached = range.end;
                }
                ensure!(reached == terms, "{call} leaves out {reached}..{terms}");
                let sizes = ranges.iter().map(|range| range.end - range.start);
                let (least, most) = (sizes.clone().min(), sizes.max());
                let (least, most) = (least.unwrap_or(0), most.unwrap_or(0));
                ensure!(
                    most - least <= 1,
                    "{call} is unfair: one range has {least} terms and another {most}; no more than one term more is \
                     asked for"
                );
            }
        }
        Ok(())
    })
}
