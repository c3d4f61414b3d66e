use course::Document;
use units::three_digits;

/// So many times the misses at as many instructions are more than chance.
const MORE: f64 = 2.0;

/// Fewer than one in so many terms would not be seen in its time.
const RARE: f64 = 0.02;

/// What the clock alone cannot show: the same instructions, and a line that is gone.
pub(super) fn lines_taken_away(document: &Document) -> Option<String> {
    let (near, far) = (document.main_run("neighbours")?, document.main_run("padded")?);
    let (near_each, far_each) = (near.counters?.per(near.terms), far.counters?.per(far.terms));
    let (taken, kept) = (near_each.first_level_misses?, far_each.first_level_misses?);
    let (work, same) = (near_each.instructions?.median, far_each.instructions?.median);
    let more = taken.is_above(RARE) && taken.low? > MORE * kept.high?;
    let alike = (0.9..1.1).contains(&(work / same));
    (near.busy_workers() > 1 && more && alike).then(|| {
        format!(
            "By the counters neighbours missed the first-level cache {} times in 1,000 terms, and padded {} \
             times, with about as many instructions a term ({} and {}).",
            three_digits(1000.0 * taken.median),
            three_digits(1000.0 * kept.median),
            three_digits(work),
            three_digits(same)
        )
    })
}

#[cfg(test)]
mod tests {
    use course::Run;
    use course::made_up::{CountersOfATerm, counted, integers, run, says, silent};

    use super::*;

    #[test]
    fn counters_tell_a_line_that_is_gone_from_more_work() {
        let row = |name, workers, instructions, first_level_misses| {
            let of = CountersOfATerm { instructions, first_level_misses, ..Default::default() };
            counted(run(name, workers, 1.0), of)
        };
        let both = |near: Run| integers(vec![near, row("padded", 2, 6.0, 0.001)]);
        let words = ["cache 250 times in 1,000 terms, and padded 1.00 times", "(6.02 and 6.00)"];
        says(lines_taken_away, &both(row("neighbours", 2, 6.02, 0.25)), &words);
        silent(lines_taken_away, &both(row("neighbours", 2, 6.0, 0.0015)));
        silent(lines_taken_away, &both(row("neighbours", 2, 9.0, 0.25)));
        silent(lines_taken_away, &both(row("neighbours", 1, 6.0, 0.25)));
        silent(lines_taken_away, &both(run("neighbours", 2, 1.0)));
        // Only some of them, as on a machine that does not count these misses.
        let mut some = row("neighbours", 2, 6.0, 0.25);
        some.counters.as_mut().expect("counted").first_level_misses = None;
        silent(lines_taken_away, &both(some));
    }
}
