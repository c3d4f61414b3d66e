use course::Document;
use kernels::{Known, Memory};
use measure::Interval;
use units::three_digits;

use crate::compare::{gained, ratio};
use crate::report::bytes_sent;

/// The sentences that only this lesson can say of its numbers, most important first.
pub(crate) fn findings(document: &Document) -> Vec<String> {
    [typed(document), lock(document), moved(document), extensions(document)]
        .into_iter()
        .flatten()
        .collect()
}

/// What types are worth. The objects are to blame where the loop is slow as long as it has them, and only then.
fn typed(document: &Document) -> Option<String> {
    let typed = ratio(document, "loop", "cython-typed")?;
    let untyped = ratio(document, "loop", "cython-untyped")?;
    let text = format!(
        "Compiling alone {} the loop {} (cython-untyped); with types it is {} (cython-typed).",
        if is_level(untyped) { "left" } else { "made" },
        factor(untyped),
        factor(typed)
    );
    let objects_cost = is_above(typed, 3.0) && is_below(untyped, 3.0);
    let cause =
        if objects_cost { " What costs most is the objects: only types remove them." } else { "" };
    Some(text + cause)
}

/// What the lock does to threads: named where threads without it gain and those with it do not.
fn lock(document: &Document) -> Option<String> {
    let most =
        document.runs.iter().filter(|run| run.strategy == "threading").map(|run| run.workers);
    let workers = most.max().filter(|workers| *workers > 1)?;
    let held = gained(document, "threading", workers)?;
    let released = gained(document, "threading-released", workers);
    let pools = ["pool-fork", "pool-forkserver", "pool-spawn"];
    let pool = pools.iter().find_map(|pool| Some((pool, gained(document, pool, workers)?)));
    let mut text = format!("{workers} threads of Python are {} as one", factor(held));
    if let Some(released) = released {
        text += &format!(
            "; around C that gives the lock back (threading-released), {}",
            factor(released)
        );
    }
    if let Some((name, pool)) = pool {
        text += &format!("; {workers} processes ({name}), {}", factor(pool));
    }
    // Without the lock, or with one each, they gain: so there was a second core, and it is the lock.
    let without_it = released.into_iter().chain(pool.map(|(_, gained)| gained));
    let gained = without_it.into_iter().any(|gained| is_above(gained, 1.3));
    text += if gained && is_below(held, 1.3) {
        ". Threads of Python share one lock, and only the one that holds it runs."
    } else {
        ". Whether it is the lock that holds threads back can't be told from these rounds: either this \
         machine was not quiet enough, or it had no second core to give. To tell, run (after setup): cargo \
         run -p python -- -s threading,threading-released --rounds 20"
    };
    Some(text)
}

/// What it costs to send numbers.
fn moved(document: &Document) -> Option<String> {
    if document.kernel.name != Memory::NAME {
        return None;
    }
    let most = |name: &str| {
        let runs = document.right().filter(|run| run.strategy == name);
        runs.max_by_key(|run| run.workers)
    };
    let pickled = most("pool-pickled")?;
    let bytes = bytes_sent(pickled)?;
    let slower = pickled.times_as_long_as(most("pool-shared")?)?;
    Some(format!(
        "pool-pickled sent {} MB through pipes for each sum, and pool-shared none: a term took {} times as \
         long{}. \"Where the time went\" says how much of that was sending.",
        three_digits(bytes as f64 * 1e-6),
        three_digits(slower.median),
        range(slower)
    ))
}

/// How far extensions are from the same loop in Rust.
fn extensions(document: &Document) -> Option<String> {
    let rows = ["c-extension", "pyo3", "cffi", "pybind11", "cython-typed"];
    let ratios = || rows.iter().filter_map(|row| ratio(document, row, "rust"));
    let low = ratios().map(|ratio| ratio.median).reduce(f64::min)?;
    let high = ratios().map(|ratio| ratio.median).reduce(f64::max)?;
    let level = ratios().all(|ratio| is_above(ratio, 0.67) && is_below(ratio, 1.5));
    Some(format!(
        "Extensions in C, C++, Rust and Cython take {} to {} times as long as the same loop without \
         Python{}",
        three_digits(low),
        three_digits(high),
        if level { ": about level. Inside one call Python has no part." } else { "." }
    ))
}

/// `241 times as fast`, or `as slow`; with its interval.
fn factor(ratio: Interval) -> String {
    if let (true, Some((low, high))) = (is_level(ratio), ratio.low.zip(ratio.high)) {
        return format!("about as fast ({} to {} times)", three_digits(low), three_digits(high));
    }
    if ratio.median >= 1.0 {
        return format!("{} times as fast{}", three_digits(ratio.median), range(ratio));
    }
    let inverse = Interval {
        median: 1.0 / ratio.median,
        low: ratio.high.map(|high| 1.0 / high),
        high: ratio.low.map(|low| 1.0 / low),
    };
    format!("{} times as slow{}", three_digits(inverse.median), range(inverse))
}

/// Whether nobody can tell which of the two is faster.
fn is_level(ratio: Interval) -> bool {
    ratio.low.is_some_and(|low| low <= 1.0) && ratio.high.is_some_and(|high| high >= 1.0)
}

/// ` (1.10 to 1.25)`; nothing where there are too few rounds for an interval.
fn range(ratio: Interval) -> String {
    let ends = ratio.low.zip(ratio.high);
    let text = |(low, high)| format!(" ({} to {})", three_digits(low), three_digits(high));
    ends.map(text).unwrap_or_default()
}

/// Whether all of the interval is; never where there is none.
fn is_above(ratio: Interval, bound: f64) -> bool {
    ratio.low.is_some_and(|low| low > bound)
}

fn is_below(ratio: Interval, bound: f64) -> bool {
    ratio.high.is_some_and(|high| high < bound)
}

#[cfg(test)]
mod tests {
    use course::{Run, Seconds, made_up};
    use kernels::Integers;

    use super::*;

    /// A row whose rounds all took about so long.
    fn row(strategy: &str, workers: usize, seconds: f64) -> Run {
        of_rounds(
            strategy,
            workers,
            &[0.97, 0.98, 0.99, 1.0, 1.01, 1.02, 1.03].map(|one| one * seconds),
        )
    }

    fn of_rounds(strategy: &str, workers: usize, samples: &[f64]) -> Run {
        let interval = Interval::of(samples).expect("there are rounds");
        let seconds = Seconds { interval, samples: samples.to_vec() };
        Run { seconds: Some(seconds), ..made_up::run(strategy, workers, interval.median) }
    }

    fn document(runs: Vec<Run>) -> Document {
        made_up::document("python", Integers::NAME, runs)
    }

    #[test]
    fn the_objects_cost_where_only_types_help() {
        let rows = |untyped, typed| {
            vec![
                row("loop", 1, 1.0),
                row("cython-untyped", 1, untyped),
                row("cython-typed", 1, typed),
            ]
        };
        let clear = typed(&document(rows(0.7, 0.004))).expect("all rows are there");
        assert!(clear.contains("250 times as fast") && clear.contains("the objects"), "{clear}");
        let level = typed(&document(rows(1.0, 0.004))).expect("all rows are there");
        assert!(level.starts_with("Compiling alone left the loop about as fast (1.00"), "{level}");
        // Compiling alone is worth as much as types: it was not the objects.
        for (untyped, types) in [(0.01, 0.004), (1.03, 0.9)] {
            let other = typed(&document(rows(untyped, types))).expect("all rows are there");
            assert!(!other.contains("objects"), "{other}");
        }
    }

    #[test]
    fn the_lock_is_named_where_threads_without_it_gain() {
        let rows = |held, released| {
            document(vec![
                row("threading", 1, 1.0),
                row("threading", 2, 1.0 / held),
                row("threading-released", 1, 0.1),
                row("threading-released", 2, 0.1 / released),
            ])
        };
        let clear = lock(&rows(1.02, 1.9)).expect("all rows are there");
        assert!(
            clear.contains("share one lock") && clear.contains("1.90 times as fast"),
            "{clear}"
        );
        // Seen beside other work: threads with the lock gained 3.12 times, those without it 0.74.
        for (held, released) in [(3.12, 0.74), (1.02, 1.05), (1.9, 1.9)] {
            let unsure = lock(&rows(held, released)).expect("all rows are there");
            assert!(!unsure.contains("share one lock") && unsure.contains("either"), "{unsure}");
        }
    }

    #[test]
    fn four_rounds_name_no_cause() {
        let few = |name, workers, seconds: f64| of_rounds(name, workers, &[seconds; 4]);
        let text = lock(&document(vec![
            few("threading", 1, 1.0),
            few("threading", 2, 1.0),
            few("threading-released", 1, 1.0),
            few("threading-released", 2, 0.5),
        ]));
        assert!(text.expect("both rows are there").contains("can't be told"));
    }

    #[test]
    fn extensions_are_level_only_where_every_interval_is() {
        let rows = |seconds| document(vec![row("rust", 1, 1.0), row("pyo3", 1, seconds)]);
        let text = |seconds| extensions(&rows(seconds)).expect("both rows are there");
        assert!(text(1.1).contains("level"));
        assert!(!text(2.0).contains("level"));
    }

    #[test]
    fn what_became_slower_is_called_so() {
        let ratio = Interval { median: 0.5, low: Some(0.4), high: Some(0.8) };
        assert_eq!(factor(ratio), "2.00 times as slow (1.25 to 2.50)");
    }
}
