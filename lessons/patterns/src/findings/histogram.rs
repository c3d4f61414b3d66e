use course::{Document, Run, doubt};
use units::{count, grouped, seconds, three_digits};

use super::{Quicker, pair, ratio_in_words, shared, with_workers};
use crate::document::TableDocument;

pub(super) fn findings(table: &TableDocument) -> Vec<String> {
    let document = &table.document;
    [contention(document), private(document), sort(document)].into_iter().flatten().collect()
}

/// The same additions by one worker and by several: what is more is what they do to each other.
fn contention(document: &Document) -> Option<String> {
    let many = shared(document, "histogram-atomics")?;
    let one = document.right().find(|run| run.strategy == many.strategy && run.workers == 1)?;
    let longer = many.times_as_long_as(one)?;
    let (each, alone) = (seconds(many.per_term()), seconds(one.per_term()));
    let workers = with_workers(many);
    longer.is_above(1.0).then(|| {
        format!(
            "One shared table takes {each} for a key {workers}, and {alone} with one. The additions are the \
             same, and all workers together are slower than one: they wait for each other's cache lines. \
             That is contention."
        )
    })
}

fn private(document: &Document) -> Option<String> {
    let (own, shared) = pair(document, "histogram-private", "histogram-atomics")?;
    let longer = shared.times_as_long_as(own).filter(|longer| longer.is_above(1.3))?;
    Some(format!(
        "Private tables are {} as fast as one shared table {}: to join them takes {} for each bin, \
         however many keys there are.",
        ratio_in_words(longer)?,
        with_workers(own),
        count(own.workers as u64, "addition")
    ))
}

fn sort(document: &Document) -> Option<String> {
    let (sort, own) = pair(document, "histogram-sort", "histogram-private")?;
    Some(match Quicker::of(sort, own)? {
        Quicker::First(by) => format!(
            "Sorting was {by} as fast as private tables: it neither makes nor joins a table of all bins."
        ),
        Quicker::Second(by) => format!(
            "Private tables were {by} as fast as sorting. With many more bins that may change: try --bins."
        ),
    })
}

/// With how many bins private tables are worth it, where several numbers of bins were asked for.
pub(crate) fn between_tables(tables: &[TableDocument]) -> Option<String> {
    let sure = tables.iter().filter(|table| doubt(&table.document).is_none());
    let histograms = sure.filter_map(|table| Some((table.kind.drawn()?.bins, table)));
    let private = histograms.filter_map(|(bins, table)| {
        let run: &Run = shared(&table.document, "histogram-private")?;
        Some((bins, run, run.speedup?))
    });
    let private: Vec<_> = private.collect();
    if private.len() < 2 {
        return None;
    }
    let faster = private.iter().filter(|(.., speedup)| speedup.is_above(1.0));
    let slower = private.iter().filter(|(.., speedup)| speedup.is_below(1.0));
    let list = |bins: Vec<String>| (!bins.is_empty()).then(|| bins.join(", "));
    let faster = list(faster.map(|(bins, ..)| grouped(*bins)).collect());
    let worst = slower.clone().map(|(bins, run, _)| (*bins, *run)).next();
    let slower = list(slower.map(|(bins, ..)| grouped(*bins)).collect());
    let workers = with_workers(private[0].1);
    let because = worst.map(|(bins, run)| {
        format!(
            " With {} bins and {} there are {} additions for each key in joining alone.",
            grouped(bins),
            count(run.workers as u64, "worker"),
            three_digits(bins as f64 * run.workers as f64 / run.terms.max(1) as f64)
        )
    });
    let sentence = match (faster, slower) {
        (None, None) => return None,
        (Some(faster), None) => {
            format!("Private tables {workers} were faster than one core with {faster} bins.")
        }
        (None, Some(slower)) => {
            format!("Private tables {workers} were slower than one core with {slower} bins.")
        }
        (Some(faster), Some(slower)) => format!(
            "Private tables {workers} were faster than one core with {faster} bins, and slower with {slower}."
        ),
    };
    Some(sentence + &because.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use course::made_up::{self, says, silent};
    use kernels::{Known, Primes};

    use super::*;
    use crate::histogram::Drawn;
    use crate::table_kind::TableKind;

    fn of(runs: &[(&str, usize, f64)]) -> Document {
        let runs = runs.iter().map(|(name, workers, time)| made_up::run(name, *workers, *time));
        made_up::document("patterns", Primes::NAME, runs.collect())
    }

    #[test]
    fn contention_is_what_several_workers_add_to_the_time_of_one() {
        let atomics =
            |one, two| of(&[("histogram-atomics", 1, one), ("histogram-atomics", 2, two)]);
        says(contention, &atomics(0.05, 0.2), &["2.00 ns for a key", "0.50 ns with one"]);
        silent(contention, &atomics(0.05, 0.04));
        silent(contention, &of(&[("histogram-atomics", 2, 0.2)]));
    }

    #[test]
    fn rows_are_compared_where_the_rounds_tell_them_apart() {
        let rows = |own, atomics, sort| {
            let (own, atomics) = (("histogram-private", 2, own), ("histogram-atomics", 2, atomics));
            of(&[own, atomics, ("histogram-sort", 2, sort)])
        };
        says(private, &rows(0.005, 0.05, 0.1), &["10.0x", "2 additions for each bin"]);
        silent(private, &rows(0.005, 0.006, 0.1));
        says(sort, &rows(0.005, 0.05, 0.1), &["Private tables were 20.0x"]);
        says(sort, &rows(0.1, 0.05, 0.005), &["Sorting was 20.0x"]);
        silent(sort, &rows(0.005, 0.05, 0.005));
    }

    #[test]
    fn many_bins_make_private_tables_lose() {
        let table = |bins, seconds| TableDocument {
            kind: TableKind::Histogram(Drawn { bins, skew: 0 }),
            document: of(&[("histogram-private", 2, seconds)]),
            sum_only: None,
            expected: String::new(),
        };
        let said = between_tables(&[table(256, 0.005), table(100_000_000, 0.02)]);
        let said = said.expect("two tables");
        assert!(
            said.contains("faster than one core with 256 bins, and slower with 100,000,000."),
            "{said}"
        );
        assert!(said.ends_with("2.00 additions for each key in joining alone."), "{said}");
        assert_eq!(between_tables(&[table(256, 0.005)]), None);
        assert_eq!(between_tables(&[table(256, 0.010), table(512, 0.010)]), None);
    }
}
