//! The rungs from slow to fast: what one addition takes, what has to be done once, and when that pays.

use std::fs;

use course::{BOLD, Document, Run, plain_table, wrapped};
use measure::verdict::Verdict;
use units;

use crate::place;
use crate::rung::{Count, rung};

/// Both tables. Rows with several workers stand in the table above.
pub(crate) fn ladder(document: &Document) -> String {
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
    let slow = rows.iter().find(|(run, _)| run.strategy == "loop").copied();
    let mut text = format!("{BOLD}The ladder{BOLD:#}, from slow to fast\n");
    let columns = ["rung", "per term", "of the loop", "ready in", "pays from", "lines", "answer"];
    let cells = rows.iter().map(|(run, time)| {
        let right = run.verdict == Verdict::Right;
        let faster = slow.filter(|_| right).map(|(_, slow)| slow / time);
        vec![
            run.strategy.clone(),
            Some(*time).filter(|_| right).map(units::seconds).unwrap_or_default(),
            faster.map(units::speedup).unwrap_or_default(),
            once(run).map(units::seconds).unwrap_or_default(),
            slow.and_then(|slow| pays_from(slow, (run, *time))).map(compact).unwrap_or_default(),
            lines_of(&run.strategy).map(|lines| lines.to_string()).unwrap_or_default(),
            run.verdict.as_str().to_owned(),
        ]
    });
    text += &plain_table(&columns.map(str::to_owned), cells, 6);
    text += &wrapped(
        "ready in: before the first sum, once in each run; pays from: so many terms make up for being \
         ready later than the loop; lines: of the rung's own file, without comments.",
        0,
    );
    let staged: Vec<&Run> =
        rows.iter().map(|(run, _)| *run).filter(|run| run.stages.is_some()).collect();
    if staged.is_empty() {
        return text + "\n";
    }
    text += &format!("\n{BOLD}Before the first sum{BOLD:#}\n");
    let columns = ["rung", "start", "import", "load", "first call", "built before"];
    let cells = staged.iter().filter_map(|run| {
        let stages = run.stages?;
        let shown = |seconds: f64| match seconds {
            0.0 => String::new(),
            some => units::seconds(some),
        };
        Some(vec![
            run.strategy.clone(),
            shown(stages.start),
            shown(stages.import),
            shown(stages.load),
            shown(stages.first_call),
            stages.build.map(shown).unwrap_or_default(),
        ])
    });
    text += &plain_table(&columns.map(str::to_owned), cells, 1);
    text += &wrapped(
        "start: a Python that can be asked; import: what the rung needs; load: the rung itself \
         (numba-signature and numba-jitclass are compiled then); first call: of a few terms (numba is \
         compiled then).",
        0,
    );
    text + "\n"
}

/// The time of one term, in a row whose sum is right.
pub(crate) fn per_term(run: &Run) -> Option<f64> {
    let seconds = run.seconds.as_ref().filter(|_| run.sum.is_some())?;
    Some(seconds.interval.median / run.terms.max(1) as f64)
}

/// The row with one worker.
pub(crate) fn alone<'d>(document: &'d Document, name: &str) -> Option<&'d Run> {
    document.runs.iter().find(|run| run.strategy == name && run.workers == 1)
}

/// Seconds until a rung has given its first answer.
fn once(run: &Run) -> Option<f64> {
    let stages = run.stages?;
    Some(stages.start + stages.import + stages.load + stages.first_call)
}

/// From how many terms on a rung is done before the loop is, both from nothing.
fn pays_from((slow, slow_time): (&Run, f64), (run, time): (&Run, f64)) -> Option<f64> {
    let later = once(run)? - once(slow)?;
    let each = slow_time - time;
    (run.strategy != slow.strategy && each > 0.0).then(|| (later / each).max(1.0).ceil())
}

/// `1`, `250,000`, `1.2 M`: short enough for a column.
fn compact(terms: f64) -> String {
    match terms {
        few if few < 1e6 => units::grouped(few as u64),
        many => format!("{} M", units::three_digits(many * 1e-6)),
    }
}

/// How many lines of a rung's file say something.
fn lines_of(row: &str) -> Option<usize> {
    let rung = rung(row)?;
    let text = fs::read_to_string(place::lesson().join(rung.file())).ok()?;
    Some(lines(&text, rung.ending.starts_with(".py")))
}

/// Lines that are neither empty nor comment.
fn lines(text: &str, python: bool) -> usize {
    let mut quoted = false;
    let says_something = |line: &&str| {
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
    text.lines().filter(says_something).count()
}

/// Leaves the document where the report of the benches looks for what lessons have measured.
pub(crate) fn leave(document: &Document) -> String {
    let Some(target) = course::target() else { return String::new() };
    let folder = target.join("sum-of-parts").join("lessons");
    let mut left = document.clone();
    // A row on the way to its answer is no bar of a chart; and the time of a term is what is drawn.
    left.runs.retain(|run| run.verdict == Verdict::Right && run.seconds.is_some());
    left.runs.sort_by(|one, other| {
        let time = |run: &Run| per_term(run).unwrap_or_default();
        time(other).total_cmp(&time(one))
    });
    let path = folder.join(format!("python-{}.json", document.kernel.name));
    let text = serde_json::to_string_pretty(&left).expect("a document is plain data") + "\n";
    let written = fs::create_dir_all(&folder).and_then(|()| fs::write(&path, text));
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

/// The ratio of two rows' times of a term, each with one worker.
pub(crate) fn ratio(document: &Document, slow: &str, fast: &str) -> Option<f64> {
    let right = |name| alone(document, name).filter(|run| run.verdict == Verdict::Right);
    Some(per_term(right(slow)?)? / per_term(right(fast)?)?)
}

/// The median of a row with so many workers over that of the same row with one.
pub(crate) fn gained(document: &Document, name: &str, workers: usize) -> Option<f64> {
    let median = |workers: usize| {
        let run =
            document.runs.iter().find(|run| run.strategy == name && run.workers == workers)?;
        let seconds = run.seconds.as_ref().filter(|_| run.verdict == Verdict::Right)?;
        Some(seconds.interval.median)
    };
    Some(median(1)? / median(workers)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_without_comments() {
        let python = "\"\"\"One line.\"\"\"\n\nimport numba\n\n# Why.\ndef f():\n    \"\"\"Two\n    lines.\"\"\"\n    return 1\n";
        assert_eq!(lines(python, true), 3);
        let c = "/* A comment\n * goes on. */\n#include <x.h>\n\n// Why.\nint f(void) { /* here */\n  return 1;\n}\n/* short */\n";
        assert_eq!(lines(c, false), 4);
    }

    #[test]
    fn many_terms_take_few_columns() {
        assert_eq!(compact(1.0), "1");
        assert_eq!(compact(250_000.0), "250,000");
        assert_eq!(compact(12_345_678.0), "12.3 M");
    }
}
