mod counted;

use course::{Document, uneven_ranges};
use units::{count, seconds, three_digits};

use self::counted::lines_taken_away;

/// The sentences that only this lesson can say of its numbers.
pub(crate) fn findings(document: &Document) -> Vec<String> {
    let uneven = uneven_ranges(document, &["scoped", "spawned"], &["self-scheduled"]);
    // One finding, where there are both: what the clock saw, and why.
    let lines = [false_sharing(document), lines_taken_away(document)];
    let lines = lines.into_iter().flatten().reduce(|clock, counters| format!("{clock} {counters}"));
    let all = [uneven, threads_that_stay(document), lock_per_term(document), lines];
    all.into_iter().flatten().collect()
}

/// Both cut the same ranges, and nobody shares anything while adding. They differ in where their threads come from.
fn threads_that_stay(document: &Document) -> Option<String> {
    let (fresh, hot) = (document.main_run("scoped")?, document.main_run("hot-team")?);
    let ratio = fresh.times_as_long_as(hot)?;
    (fresh.workers > 1 && fresh.workers == hot.workers && ratio.is_above(1.2)).then(|| {
        format!(
            "scoped takes {}x as long as hot-team for the same ranges, {} more a sum: it starts its threads anew, and \
             those of hot-team are there, and awake.",
            three_digits(ratio.median),
            seconds(fresh.time() - hot.time())
        )
    })
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
    fn threads_that_stay_need_no_start() {
        let teams = |fresh, hot| integers(vec![run("scoped", 2, fresh), run("hot-team", 2, hot)]);
        says(threads_that_stay, &teams(190e-6, 100e-6), &["1.90x", "90.0 us more a sum"]);
        silent(threads_that_stay, &teams(0.0101, 0.0100));
        silent(threads_that_stay, &integers(vec![run("scoped", 1, 1.0), run("hot-team", 1, 0.1)]));
    }

    #[test]
    fn counters_side_by_side_may_share_a_line() {
        let counters =
            |near, far| integers(vec![run("neighbours", 2, near), run("padded", 2, far)]);
        says(false_sharing, &counters(1.0, 0.1), &["10.0x slower", "cache line"]);
        silent(false_sharing, &counters(0.1, 0.1));
    }
}
