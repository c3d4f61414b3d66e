//! What each rung gains per term, what it costs once, and from how many terms on that pays.

use std::fs;

use course::{BOLD, Document, Run, plain_table, wrapped};
use measure::verdict::Verdict;

use crate::compare::per_term;
use crate::place;
use crate::report::Stages;
use crate::rung::{Count, rung};

/// What each rung costs, from slow to fast; with `stages`, also where the time before its first sum went. Rows
/// with several workers stand in the table above.
pub(crate) fn tables(document: &Document, stages: bool) -> String {
    let mut rows: Vec<(&Run, f64)> = document
        .runs
        .iter()
        .filter(|run| rung(&run.strategy).is_none_or(|rung| rung.workers == Count::One))
        .filter(|run| run.strategy != "your-turn")
        .filter_map(|run| Some((run, per_term(run)?)))
        .collect();
    rows.sort_by(|one, other| other.1.total_cmp(&one.1));
    if rows.is_empty() {
        return String::new();
    }
    let mut text = costs(&rows);
    if stages {
        text += &stages_table(&rows);
    }
    text + "\n"
}

fn costs(rows: &[(&Run, f64)]) -> String {
    let slow = rows.iter().find(|(run, _)| run.strategy == "loop").copied();
    let columns = ["rung", "of the loop", "ready in", "pays from", "lines"];
    let cells = rows.iter().map(|(run, time)| {
        let right = run.verdict == Verdict::Right;
        let faster = slow.filter(|_| right).map(|(_, slow)| slow / time);
        vec![
            run.strategy.clone(),
            faster.map_or_else(|| run.verdict.as_str().to_owned(), units::speedup),
            Stages::of(run).map(|stages| units::seconds(stages.until_ready())).unwrap_or_default(),
            slow.and_then(|slow| pays_from(slow, (run, *time))).map(compact).unwrap_or_default(),
            lines_of(&run.strategy).map(|lines| lines.to_string()).unwrap_or_default(),
        ]
    });
    let table = plain_table(&columns.map(str::to_owned), cells, columns.len());
    let legend = wrapped(
        "ready in: before the first sum, once in each run (--stages shows more); pays from: so many terms \
         make up for being ready later than the loop; lines: of the rung's own file, without comments.",
        0,
    );
    format!("{BOLD}From slow to fast{BOLD:#}\n{table}{legend}")
}

fn stages_table(rows: &[(&Run, f64)]) -> String {
    let staged: Vec<(&Run, Stages)> =
        rows.iter().filter_map(|(run, _)| Some((*run, Stages::of(run)?))).collect();
    if staged.is_empty() {
        return String::new();
    }
    let columns = ["rung", "start", "import", "load", "first call", "built before"];
    let cells = staged.iter().map(|(run, stages)| {
        let shown = |seconds: f64| match seconds {
            0.0 => String::new(),
            some => units::seconds(some),
        };
        vec![
            run.strategy.clone(),
            shown(stages.start),
            shown(stages.import),
            shown(stages.load),
            shown(stages.first_call),
            stages.build.map(shown).unwrap_or_default(),
        ]
    });
    let table = plain_table(&columns.map(str::to_owned), cells, 1);
    let legend = wrapped(
        "start: a Python that can be asked; import: what the rung needs; load: the rung itself \
         (numba-signature and numba-jitclass are compiled then); first call: of a few terms (numba is \
         compiled then).",
        0,
    );
    format!("\n{BOLD}Before the first sum{BOLD:#}\n{table}{legend}")
}

/// From how many terms on a rung is done before the loop is, both from nothing.
fn pays_from((slow, slow_time): (&Run, f64), (run, time): (&Run, f64)) -> Option<f64> {
    let later = Stages::of(run)?.until_ready() - Stages::of(slow)?.until_ready();
    let each = slow_time - time;
    // It pays only if it is faster in more than this one median.
    let is_faster = slow.times_as_long_as(run)?.low? > 1.0;
    (run.strategy != slow.strategy && is_faster).then(|| (later / each).max(1.0).ceil())
}

/// `1`, `250,000`, `1.2 M`: short enough for a column.
fn compact(terms: f64) -> String {
    match terms {
        few if few < 1e6 => units::grouped(few as u64),
        many => format!("{} M", units::three_digits(many * 1e-6)),
    }
}

/// How many lines of a rung's file are code.
fn lines_of(row: &str) -> Option<usize> {
    let rung = rung(row)?;
    let text = fs::read_to_string(place::lesson().join(rung.file())).ok()?;
    Some(lines(&text, rung.ending.starts_with(".py")))
}

/// Lines that are neither empty nor comment.
fn lines(text: &str, python: bool) -> usize {
    let mut quoted = false;
    let is_code = |line: &&str| {
        let line = line.trim();
        if python {
            let quotes = line.matches("\"\"\"").count();
            let comment = quoted || quotes > 0 || line.starts_with('#');
            quoted ^= quotes == 1;
            return !comment && !line.is_empty();
        }
        let inside = quoted || line.starts_with("/*");
        quoted = inside && !line.contains("*/");
        !inside && !line.starts_with("//") && !line.is_empty()
    };
    text.lines().filter(is_code).count()
}

/// Leaves the document where the report of the benches looks for results of lessons, slowest first.
pub(crate) fn leave(document: &Document) -> String {
    let Some(target) = course::target() else { return String::new() };
    let folder = target.join("sum-of-parts").join("lessons");
    let mut left = document.clone();
    left.runs.sort_by(|one, other| other.per_term().total_cmp(&one.per_term()));
    let path = folder.join(format!("python-{}.json", document.kernel.name));
    let written = fs::create_dir_all(&folder).and_then(|()| fs::write(&path, left.to_json()));
    match written {
        Ok(()) => wrapped(
            &format!(
                "The numbers are in {}; the report of the benches draws them.",
                path.display()
            ),
            0,
        ),
        Err(cause) => {
            wrapped(&format!("The numbers could not be left in {}: {cause}", path.display()), 0)
        }
    }
}

#[cfg(test)]
mod tests {
    use course::made_up;
    use kernels::Known;

    use super::*;

    #[test]
    fn lines_are_counted_without_comments() {
        let python = "\"\"\"One line.\"\"\"\n\nimport numba\n\n# Why.\ndef f():\n    \"\"\"Two\n    lines.\"\"\"\n    return 1\n";
        assert_eq!(lines(python, true), 3);
        let c = "/* A comment\n * goes on. */\n#include <x.h>\n\n// Why.\nint f(void) { /* here */\n  return 1;\n}\n/* short */\n";
        assert_eq!(lines(c, false), 4);
    }

    #[test]
    fn a_rung_pays_only_where_it_is_surely_faster() {
        let row = |name: &str, rounds: [f64; 6]| {
            let mut run = made_up::run(name, 1, rounds[0]);
            run.seconds.as_mut().expect("it is timed").samples = rounds.to_vec();
            let stages =
                Stages { start: 0.03, import: 0.0, load: 0.0, first_call: 0.0, build: None };
            run.extra
                .insert("stages".to_owned(), serde_json::to_value(stages).expect("plain data"));
            run
        };
        let pays = |rounds| {
            let (slow, run) = (row("loop", [1.0; 6]), row("object-sum", rounds));
            let times = [&slow, &run].map(|run| per_term(run).expect("it is right"));
            pays_from((&slow, times[0]), (&run, times[1]))
        };
        assert_eq!(pays([0.5; 6]), Some(1.0));
        // Quicker in the median, and slower in half of the rounds.
        assert_eq!(pays([0.95, 0.9, 0.9, 1.1, 1.2, 1.1]), None);
    }

    #[test]
    fn a_rung_is_listed_once_unless_its_stages_are_asked_for() {
        let mut row = made_up::run("loop", 1, 1.0);
        let stages = Stages { start: 0.03, import: 0.0, load: 0.0, first_call: 0.0, build: None };
        row.extra.insert("stages".to_owned(), serde_json::to_value(stages).expect("plain data"));
        let document = made_up::document("python", kernels::Integers::NAME, vec![row]);
        let listed = |stages| {
            let text = tables(&document, stages);
            (text.matches("\nloop ").count(), text.contains("Before the first sum"))
        };
        assert_eq!(listed(false), (1, false));
        assert_eq!(listed(true), (2, true));
    }

    #[test]
    fn many_terms_take_few_columns() {
        assert_eq!(compact(1.0), "1");
        assert_eq!(compact(250_000.0), "250,000");
        assert_eq!(compact(12_345_678.0), "12.3 M");
    }
}
