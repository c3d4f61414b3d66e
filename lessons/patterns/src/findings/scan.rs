use course::{Document, Run};
use measure::Interval;
use units::{percent, three_digits};

use super::{Quicker, pair, ratio_in_words, shared, with_workers};
use crate::document::{BOUND, BOUND_BY_TIME, TableDocument, WORK, known};

/// A rate within these parts of the ceiling may be the memory's.
const AT_THE_CEILING: std::ops::Range<f64> = 0.9..1.1;

/// Workers that get this part of a core each scale.
const SCALES: f64 = 0.85;

pub(super) fn findings(table: &TableDocument) -> Vec<String> {
    let document = &table.document;
    let bounds = ["scan-three-phases", "scan-one-range-more"].into_iter();
    let bounds = bounds.filter_map(|name| bound(shared(document, name)?, table.sum_only));
    bounds
        .chain(one_range_more(document))
        .chain(look_back(document))
        .chain(memory(document))
        .collect()
}

/// How far a row came towards the bound of its additions; and if it came further, why.
fn bound(run: &Run, sum_only: Option<Interval>) -> Option<String> {
    let (work, bound, speedup) = (known(run, WORK)?, known(run, BOUND)?, run.speedup?);
    let reached = ratio_in_words(speedup)?;
    let opening = format!(
        "{} {} does {} additions for each number, where one core does 1: it can't be more than {}x as \
         fast, if all additions take the same time. It was {reached}",
        run.strategy,
        with_workers(run),
        three_digits(work),
        three_digits(bound),
    );
    if speedup.is_below(bound) {
        return Some(format!("{opening}, {} of that.", percent(speedup.median / bound)));
    }
    let price = sum_only.filter(|price| price.is_below(1.0));
    let Some((price, by_time)) = price.zip(known(run, BOUND_BY_TIME)) else {
        return Some(format!("{opening}."));
    };
    Some(format!(
        "{opening}. But they don't: one core sums all numbers in {} of the time of their running sums. \
         With the first additions at that price the bound is {}x.",
        percent(price.median),
        three_digits(by_time)
    ))
}

fn one_range_more(document: &Document) -> Option<String> {
    let (more, three) = pair(document, "scan-one-range-more", "scan-three-phases")?;
    Some(match Quicker::of(more, three)? {
        Quicker::First(by) => format!(
            "One range more than workers was {by} as fast as the plain three phases: in the first phase \
             one worker writes instead of only adding."
        ),
        Quicker::Second(by) => format!(
            "The plain three phases were {by} as fast as those with one range more. There, the worker \
             that writes in the first phase may be the one that all others wait for."
        ),
    })
}

/// The number of trips is counted, but that they make the difference is not measured: so it only may.
fn look_back(document: &Document) -> Option<String> {
    let (back, three) = pair(document, "scan-look-back", "scan-three-phases")?;
    Some(match Quicker::of(back, three)? {
        Quicker::First(by) => format!(
            "scan-look-back was {by} as fast as scan-three-phases. Both add as often; but its numbers may \
             still be in a cache when they are read again, and it starts its workers once, not twice."
        ),
        Quicker::Second(by) => format!(
            "scan-three-phases was {by} as fast as scan-look-back, which for each block takes a number, \
             publishes twice and looks back."
        ),
    })
}

/// Named only where the rate is that of the memory, and the control says that cores alone bring nothing.
fn memory(document: &Document) -> Option<String> {
    let names = ["scan-three-phases", "scan-one-range-more", "scan-look-back"];
    let runs = names.into_iter().filter_map(|name| shared(document, name));
    let run = runs.max_by(|one, other| {
        one.bytes_per_second.unwrap_or(0.0).total_cmp(&other.bytes_per_second.unwrap_or(0.0))
    })?;
    let (rate, ceiling) = (run.bytes_per_second?, document.machine.ceilings.read_bytes_per_second);
    let cores = document.control(run.workers)?.cores;
    let waits = cores.is_below(SCALES * run.workers as f64);
    let gigabytes = |rate: f64| three_digits(rate * 1e-9);
    (waits && ceiling > 0.0 && AT_THE_CEILING.contains(&(rate / ceiling))).then(|| {
        format!(
            "The memory is the limit: {} moved {} GB/s, all cores together read {} GB/s, and the same work \
             that shares nothing got only {} cores.",
            run.strategy,
            gigabytes(rate),
            gigabytes(ceiling),
            three_digits(cores.median)
        )
    })
}

#[cfg(test)]
mod tests {
    use course::made_up::{self, control, nearly, says, silent};
    use kernels::{Known, Primes};

    use super::*;

    fn run(name: &str, seconds: f64, work: f64, by_time: f64) -> Run {
        let mut run = made_up::run(name, 2, seconds);
        run.extra.insert(WORK.to_owned(), work.into());
        run.extra.insert(BOUND.to_owned(), (2.0 / work).into());
        run.extra.insert(BOUND_BY_TIME.to_owned(), by_time.into());
        run
    }

    fn of(runs: Vec<Run>) -> Document {
        made_up::document("patterns", Primes::NAME, runs)
    }

    #[test]
    fn a_row_below_its_bound_reached_a_part_of_it() {
        let said = bound(&run("scan-three-phases", 0.0125, 2.0, 1.6), Some(nearly(0.25)));
        let said = said.expect("it has an interval");
        assert!(said.contains("than 1.00x as fast") && said.ends_with("80 % of that."), "{said}");
    }

    #[test]
    fn a_row_above_its_bound_has_cheap_additions_only_where_that_was_measured() {
        let fast = run("scan-three-phases", 0.007, 2.0, 1.6);
        let said = bound(&fast, Some(nearly(0.25))).expect("it has an interval");
        assert!(said.contains("in 25 % of the time") && said.ends_with("1.60x."), "{said}");
        for unknown in [None, Some(nearly(1.0))] {
            let said = bound(&fast, unknown).expect("it has an interval");
            assert!(!said.contains("But they don't"), "{said}");
        }
        assert_eq!(bound(&made_up::run("scan-three-phases", 2, 0.007), None), None);
    }

    #[test]
    fn rows_are_compared_where_the_rounds_tell_them_apart() {
        let three = |seconds| made_up::run("scan-three-phases", 2, seconds);
        let back = |seconds| made_up::run("scan-look-back", 2, seconds);
        let more = |seconds| made_up::run("scan-one-range-more", 2, seconds);
        says(look_back, &of(vec![three(0.010), back(0.005)]), &["scan-look-back was 2.00x"]);
        says(look_back, &of(vec![three(0.005), back(0.010)]), &["scan-three-phases was 2.00x"]);
        silent(look_back, &of(vec![three(0.010), back(0.010)]));
        says(
            one_range_more,
            &of(vec![three(0.010), more(0.008)]),
            &["more than workers was 1.25x"],
        );
        says(one_range_more, &of(vec![three(0.008), more(0.010)]), &["three phases were 1.25x"]);
        let alone = made_up::run("scan-look-back", 1, 0.005);
        silent(look_back, &of(vec![three(0.010), alone]));
    }

    #[test]
    fn the_memory_is_blamed_only_at_its_ceiling() {
        let moving = |rate: f64, rates: [f64; 2]| {
            let mut run = made_up::run("scan-look-back", 2, 0.010);
            run.bytes_per_second = Some(rate);
            let mut document = of(vec![run]);
            document.controls = Some(vec![control(&rates, &[1.0, 1.0])]);
            document
        };
        says(memory, &moving(19e9, [0.6, 0.6]), &["moved 19.0 GB/s", "only 1.20 cores"]);
        silent(memory, &moving(12e9, [0.6, 0.6]));
        silent(memory, &moving(19e9, [1.0, 1.0]));
    }
}
