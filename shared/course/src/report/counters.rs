use measure::Interval;
use measure::counters::Counters;
use units::{grouped, three_digits};

use crate::layout::{DIM, plain_table, wrapped};
use crate::{Document, Run};

/// A row of the table of counters.
#[derive(Debug, Clone, Copy)]
pub struct CountedRow<'r> {
    /// Its name.
    pub name: &'r str,
    /// How many workers it has.
    pub workers: usize,
    /// Of how many terms one sum is.
    pub terms: u64,
    /// What was counted in one sum.
    pub counters: Counters,
}

/// What the processors counted in the rows that are shown; empty where nobody asked for it.
pub(super) fn counters(document: &Document, shown: &[&Run]) -> String {
    let rows = shown.iter().filter_map(|run| {
        let Run { workers, terms, .. } = **run;
        Some(CountedRow { name: &run.strategy, workers, terms, counters: run.counters? })
    });
    let rows: Vec<CountedRow<'_>> = rows.collect();
    counters_table(&rows, "term", document.counters_missing.as_deref())
}

/// What the processors counted for one `term` of these rows, or one of what they have instead, and why something is
/// `missing`; empty where nobody asked for it. At most 80 columns wide.
pub fn counters_table(rows: &[CountedRow<'_>], term: &str, missing: Option<&str>) -> String {
    let (mut text, mut notes) = (String::new(), Vec::new());
    if rows.iter().any(|row| !row.counters.is_empty()) {
        let columns =
            ["counted", "workers", "cycles", "instructions", "IPC", "L1 misses", "LL", "branch"];
        text = plain_table(&columns.map(str::to_owned), rows.iter().map(cells), columns.len());
        notes.push(format!(
            "counted in sums that nobody timed, all workers together, in user space; cycles and \
             instructions of one {term}, IPC: instructions per cycle; misses in 1,000 {term}s: of the \
             first-level data cache, of the last-level cache, of branch prediction"
        ));
        if rows.iter().any(|row| row.counters.estimated) {
            notes.push(
                "scaled up from a part of the time: the counters were shared, or not every kind of core \
                 has them"
                    .to_owned(),
            );
        }
    }
    notes.extend(missing.map(|why| format!("not counted: {why}")));
    if text.is_empty() && notes.is_empty() {
        return text;
    }
    let notes = notes.iter().map(|note| format!("{DIM}{}{DIM:#}\n", wrapped(note, 0).trim_end()));
    format!("\n{text}{}", notes.collect::<String>())
}

fn cells(row: &CountedRow<'_>) -> Vec<String> {
    let each = row.counters.per(row.terms);
    let one = |count: Option<Interval>| count.map(|count| number(count.median));
    let thousand = |count: Option<Interval>| count.map(|count| number(1000.0 * count.median));
    let counts = [
        one(each.cycles),
        one(each.instructions),
        each.instructions_per_cycle().map(|ratio| format!("{ratio:.2}")),
        thousand(each.first_level_misses),
        thousand(each.cache_misses),
        thousand(each.branch_misses),
    ];
    let mut cells = vec![row.name.to_owned(), row.workers.to_string()];
    cells.extend(counts.map(Option::unwrap_or_default));
    cells
}

/// With three digits, or whole and in groups; what is less than a thousandth is next to nothing.
fn number(count: f64) -> String {
    match count {
        little if little < 0.0005 => "0".to_owned(),
        few if few < 999.5 => three_digits(few),
        many => grouped(many.round() as u64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::made_up::{CountersOfATerm, counted, integers, run};

    fn told(runs: Vec<Run>, missing: Option<&str>) -> String {
        let mut document = integers(runs);
        document.counters_missing = missing.map(str::to_owned);
        let text = counters(&document, &document.runs.iter().collect::<Vec<_>>());
        anstream::adapter::strip_str(&text).to_string()
    }

    #[test]
    fn counters_are_told_per_term_and_fit() {
        let of = CountersOfATerm {
            cycles: 12_345.0,
            instructions: 45_678.0,
            first_level_misses: 1234.5,
            cache_misses: 0.25,
            branch_misses: 0.0,
        };
        let text = told(vec![counted(run("mutex-parking-lot", 1024, 0.01), of)], None);
        let row = text.lines().find(|line| line.starts_with("mutex")).expect("a row");
        let cells: Vec<&str> = row.split_whitespace().skip(2).collect();
        assert_eq!(cells, ["12,345", "45,678", "3.70", "1,234,500", "250", "0"]);
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    }

    #[test]
    fn what_is_missing_is_an_empty_cell_with_a_reason() {
        let mut some = counted(run("atomic", 2, 0.01), CountersOfATerm::default());
        some.counters.as_mut().expect("some").cache_misses = None;
        let text = told(vec![some], Some("last-level misses (there is none)"));
        assert!(text.contains("atomic") && text.contains("not counted: last-level"), "{text}");
        let mut none = run("atomic", 2, 0.01);
        none.counters = Some(Counters::default());
        let text = told(vec![none], Some("only Linux gives them to a program"));
        assert_eq!(text, "\nnot counted: only Linux gives them to a program\n");
        assert_eq!(told(vec![run("atomic", 2, 0.01)], None), "");
    }
}
