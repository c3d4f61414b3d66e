use std::fmt::Write;

use course::{BOLD, DIM, Document, Run, doubt, plain_table, wrapped};
use measure::verdict::Verdict;
use serde_json::Value;
use units::{count, grouped, percent, seconds, speedup};

use crate::QUESTION;
use crate::document::{BOUND, Observations, TableDocument, WORK, known};
use crate::findings::{between_tables, findings};
use crate::table_kind::{PatternName, TableKind};

/// What `--list` shows.
pub(crate) fn list() -> String {
    let mut text = String::from("Patterns\n");
    for pattern in PatternName::ALL {
        let _ = writeln!(text, "  {:<10} {}", pattern.as_str(), pattern.about());
    }
    for pattern in PatternName::ALL {
        let _ = writeln!(text, "\nRows of patterns: {}", pattern.as_str());
        for row in pattern.rows() {
            let _ = writeln!(text, "  {:<21} {}", row.name(), row.about);
        }
    }
    text
}

/// Everything that the lesson prints for people.
pub(crate) fn text(seen: &Document<Observations>, tables: &[TableDocument]) -> String {
    let mut text = format!("{BOLD}{}: {QUESTION}{BOLD:#}\n", seen.lesson);
    for table in tables {
        text.push('\n');
        text += &one_table(table);
    }
    let notes = seen.notes.iter();
    notes.for_each(|note| text += &footnote(note));
    if let Some(sentence) = between_tables(tables) {
        let _ = writeln!(text, "\n{BOLD}From table to table{BOLD:#}");
        text += &wrapped(&sentence, 2);
    }
    text += "\nRead lessons/patterns/src/scan/three_phases.rs.\n\
             Then edit lessons/patterns/src/your_turn.rs and run this again.\n";
    text
}

/// A table, with what there is to say of it.
fn one_table(table: &TableDocument) -> String {
    let document = &table.document;
    let title = table.kind.title(document.kernel.terms);
    let mut text = format!("{BOLD}{}{BOLD:#}\n", wrapped(&title, 0).trim_end());
    if let Some(alone) = &document.baseline {
        let (time, terms) = (alone.seconds.median, document.kernel.terms.max(1) as f64);
        let line = format!("one core: {}, {} per term", seconds(time), seconds(time / terms));
        text += &wrapped(&line, 0);
    }
    text.push('\n');
    text += &rows(table);
    text += &footnotes(table);
    let sentences = match doubt(document) {
        Some(doubt) => vec![doubt.to_string()],
        None => findings(table),
    };
    if !sentences.is_empty() {
        let _ = writeln!(text, "\n{BOLD}What the numbers say{BOLD:#}");
        sentences.iter().for_each(|sentence| text += &wrapped(sentence, 2));
    }
    text
}

fn rows(table: &TableDocument) -> String {
    let scan = table.kind == TableKind::Scan;
    let own: &[&str] = if scan { &["work", "bound"] } else { &["per term"] };
    let mut columns = vec!["strategy", "workers", "time", "speedup"];
    columns.extend_from_slice(own);
    columns.extend(["of control", "answer"]);
    let columns: Vec<String> = columns.into_iter().map(str::to_owned).collect();
    let runs = &table.document.runs;
    let rows = runs.iter().enumerate().map(|(number, run)| {
        let again = number > 0 && runs[number - 1].strategy == run.strategy;
        let good = run.verdict.has_right_sum();
        let time = Some(run.time()).filter(|time| good && time.is_finite());
        let mut cells = vec![
            if again { String::new() } else { run.strategy.clone() },
            workers(run),
            time.map(seconds).unwrap_or_default(),
            run.speedup.map(|ratio| speedup(ratio.median)).unwrap_or_default(),
        ];
        if scan {
            cells.push(known(run, WORK).map(|work| format!("{work:.1}")).unwrap_or_default());
            let bound = known(run, BOUND).map(|bound| format!("{bound:.1}x"));
            cells.push(bound.unwrap_or_default());
        } else {
            let per_term = time.filter(|_| run.terms > 0).map(|_| seconds(run.per_term()));
            cells.push(per_term.unwrap_or_default());
        }
        let share = run.share_of_control().filter(|share| *share >= 0.005);
        cells.push(share.map(percent).unwrap_or_default());
        cells.push(run.verdict.as_str().to_owned());
        cells
    });
    plain_table(&columns, rows, 1)
}

/// `2`, or `1/2` where only one of two took part.
fn workers(run: &Run) -> String {
    match run.busy_workers() {
        busy if run.audit.is_empty() || busy == run.workers => run.workers.to_string(),
        busy => format!("{busy}/{}", run.workers),
    }
}

fn footnotes(table: &TableDocument) -> String {
    let document = &table.document;
    let mut notes = Vec::new();
    if table.kind == TableKind::Scan {
        notes.push(
            "work: additions for each number, counted in the audit; bound: workers over work, \
             the largest speedup if every addition took the same time"
                .to_owned(),
        );
    }
    notes.extend(document.runs.iter().map(workers).find_map(|cell| {
        let (busy, _) = cell.split_once('/')?;
        Some(format!("{cell} workers: {busy} wrote or counted, the others were idle"))
    }));
    let rounds = |run: &Run| run.seconds.as_ref().map_or(0, |time| time.samples.len());
    let rounds = document.runs.iter().map(rounds).max().unwrap_or(0);
    notes.push(format!("medians of {}", count(rounds as u64, "round")));
    let odd = document.runs.iter().filter(|run| run.verdict != Verdict::Right);
    let odd = odd.filter_map(|run| Some(format!("{}: {}", run.strategy, run.note.as_deref()?)));
    notes.extend(odd);
    notes.dedup();
    notes.iter().map(|note| footnote(note)).collect()
}

fn footnote(note: &str) -> String {
    format!("{DIM}{}{DIM:#}\n", wrapped(note, 0).trim_end())
}

/// What `--check` prints for people.
pub(crate) fn checked(seen: &Document<Observations>) -> String {
    let mut text = format!("{BOLD}{}: {QUESTION}{BOLD:#}\n\n", seen.lesson);
    let several = seen.tables.iter().filter(|table| table.bins.is_some()).count() > 1;
    let name = |run: &Run| match run.extra.get("bins").and_then(Value::as_u64) {
        Some(bins) if several => format!("{}, {} bins", run.strategy, grouped(bins)),
        _ => run.strategy.clone(),
    };
    let rows = seen
        .runs
        .iter()
        .map(|run| vec![name(run), run.workers.to_string(), run.verdict.as_str().to_owned()]);
    text += &plain_table(&["strategy", "workers", "answer"].map(str::to_owned), rows, 1);
    for run in seen.runs.iter().filter(|run| run.verdict != Verdict::Right) {
        let note = run.note.as_deref().unwrap_or_default();
        text += &wrapped(&format!("{}: {note}", run.strategy), 0);
    }
    text + &footnote(&format!(
        "checked with 0, 1, 2, 3, 5, 1,000 and 100,003 terms by up to 7 workers (--seed {}); nothing \
         was timed",
        seen.seed
    ))
}
