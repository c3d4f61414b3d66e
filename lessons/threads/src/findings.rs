use course::{Document, uneven_ranges};
use units::{count, seconds, three_digits};

/// The sentences that only this lesson can say of its numbers.
pub(crate) fn findings(document: &Document) -> Vec<String> {
    let uneven = uneven_ranges(document, &["scoped", "spawned"], &["self-scheduled"]);
    [uneven, lock_per_term(document), false_sharing(document)].into_iter().flatten().collect()
}

/// Both times are those of a clock on the wall: each of several workers waits longer than that for its turn.
fn lock_per_term(document: &Document) -> Option<String> {
    let alone = document.baseline_per_term()?;
    let locks = ["mutex-std", "mutex-parking-lot", "atomic"];
    let run = locks.iter().find_map(|name| document.main_run(name))?;
    (run.per_term() > 5.0 * alone).then(|| {
        let what = if run.strategy == "atomic" { "one atomic addition" } else { "one lock" };
        format!(
            "With {what} per term and {} a term takes {}; one core that adds in private needs {}. \
             Add in private, and share once.",
            count(run.workers as u64, "worker"),
            seconds(run.per_term()),
            seconds(alone)
        )
    })
}

fn false_sharing(document: &Document) -> Option<String> {
    let (near, far) = (document.main_run("neighbours")?, document.main_run("padded")?);
    let ratio = near.times_as_long_as(far)?;
    (near.busy_workers() > 1 && ratio.is_above(1.3)).then(|| {
        format!(
            "Counters side by side are {}x slower than counters 128 bytes apart: they share a cache \
             line, which the cores keep taking from each other.",
            three_digits(ratio.median)
        )
    })
}

#[cfg(test)]
mod tests {
    use course::made_up::{integers, run, says, silent};

    use super::*;

    #[test]
    fn a_lock_costs_more_than_an_addition() {
        let locks = |seconds| integers(vec![run("mutex-std", 2, seconds)]);
        let words = ["one lock per term and 2 workers a term takes 50.0 ns", "needs 0.10 ns"];
        says(lock_per_term, &locks(5.0), &words);
        silent(lock_per_term, &locks(0.011));
        says(lock_per_term, &integers(vec![run("atomic", 2, 5.0)]), &["one atomic addition"]);
    }

    #[test]
    fn counters_side_by_side_may_share_a_line() {
        let counters =
            |near, far| integers(vec![run("neighbours", 2, near), run("padded", 2, far)]);
        says(false_sharing, &counters(1.0, 0.1), &["10.0x slower", "cache line"]);
        silent(false_sharing, &counters(0.1, 0.1));
    }
}
