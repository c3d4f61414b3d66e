use course::{Document, uneven_ranges};
use units::{seconds, three_digits};

/// The sentences that only this lesson can say of its numbers.
pub(crate) fn findings(document: &Document) -> Vec<String> {
    let uneven = uneven_ranges(document, &["equal-ranges"], &["deques", "rayon-join"]);
    [too_small_to_share(document), uneven, term_by_term_in_parallel(document)]
        .into_iter()
        .flatten()
        .collect()
}

fn too_small_to_share(document: &Document) -> Option<String> {
    let alone = document.baseline.as_ref()?.seconds.median;
    let declined = document.right().find(|run| {
        let knows = ["deques", "rayon-join", "rayon-chunks", "chili"];
        knows.contains(&run.strategy.as_str()) && run.workers > 1 && run.busy_workers() == 1
    })?;
    // As long as alone, and far below four grains: it was not shared.
    (alone < 150e-6 && (0.8..1.25).contains(&(declined.time() / alone))).then(|| {
        format!(
            "The whole sum takes {}, less than four grains of 50 us: {} does not share it, because \
             much of it may be done before a second worker is awake.",
            seconds(declined.time()),
            declined.strategy
        )
    })
}

fn term_by_term_in_parallel(document: &Document) -> Option<String> {
    let (iter, join) = (document.main_run("rayon-iter")?, document.main_run("rayon-join")?);
    let ratio = iter.times_as_long_as(join)?;
    (document.kernel.is_wide() && ratio.is_above(1.3)).then(|| {
        format!(
            "rayon-iter takes {}x as long as rayon-join: it asks for one term at a time, and the \
             kernel's wide instructions need a whole range.",
            three_digits(ratio.median)
        )
    })
}

#[cfg(test)]
mod tests {
    use course::made_up::{exactly, integers, run, says, silent};

    use super::*;

    #[test]
    fn a_short_sum_is_not_shared() {
        let short = |seconds, busy| {
            let mut declined = run("deques", 2, seconds);
            declined.audit.truncate(busy);
            let mut document = integers(vec![declined]);
            document.baseline.as_mut().expect("a baseline").seconds = exactly(20e-6);
            document
        };
        says(too_small_to_share, &short(20e-6, 1), &["20.0 us", "deques does not share"]);
        silent(too_small_to_share, &short(20e-6, 2));
        silent(too_small_to_share, &short(10e-6, 1));
    }

    #[test]
    fn term_by_term_may_be_slower_in_parallel_too() {
        let rayon = |iter| integers(vec![run("rayon-iter", 2, iter), run("rayon-join", 2, 0.010)]);
        says(term_by_term_in_parallel, &rayon(0.030), &["3.00x", "whole range"]);
        silent(term_by_term_in_parallel, &rayon(0.010));
        let mut narrow = rayon(0.030);
        narrow.kernel.simd = "sse2".to_owned();
        silent(term_by_term_in_parallel, &narrow);
    }
}
