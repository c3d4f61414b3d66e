mod findings;
mod shares;

use std::fmt::Write;
use std::path::Path;

use course::{BOLD, CountedRow, Document, counters_table, plain_table, wrapped};
use units::{count, grouped, seconds, speedup, three_digits};

pub(crate) use self::shares::points;
use crate::document::{Observations, RecordsFile, VariantRun};
use crate::guess::Guess;
use crate::options::Options;
use crate::{QUESTION, VARIANTS};

/// What `--list` shows.
pub(crate) fn list() -> String {
    let mut text = String::from("Rows of hotspots\n");
    for variant in VARIANTS {
        let _ = writeln!(text, "  {:<14} {}", variant.name, variant.about);
    }
    text
}

/// What `--make` says.
pub(crate) fn kept(options: &Options, path: &Path) -> String {
    let (records, path) = (grouped(options.terms), path.display());
    format!(
        "{records} records are in {path}. Run on them with:\n\
         cargo run -p hotspots -- --file {path}\n"
    )
}

/// Everything that the lesson prints for people.
pub(crate) fn table(document: &Document<Observations>, guess: Option<&Guess>) -> String {
    let mut text = format!("{BOLD}{}: {QUESTION}{BOLD:#}\n\n", document.lesson);
    text += &wrapped(&opening(&document.records), 0);
    text += &damaged(&document.records);
    let profile = document.profiles.first();
    text += &profile.map(shares::bars).unwrap_or_default();
    text += &rows(&document.runs);
    text += &counters(document);
    text += &findings::findings(document);
    if let Some((guess, profile)) = guess.zip(profile) {
        let _ = writeln!(text, "\n{BOLD}Your guess{BOLD:#}");
        for sentence in guess.compared("part", &profile.shares()) {
            text += &wrapped(&sentence, 2);
        }
    }
    text.push('\n');
    if let Some(path) = &document.flamegraph {
        let _ = writeln!(text, "Open the flamegraph in a browser:\n{path}");
    }
    text += "Read lessons/hotspots/src/first.rs.\n\
             Then edit lessons/hotspots/src/your_turn.rs and run this again.\n";
    text
}

/// What the program is and does.
fn opening(records: &RecordsFile) -> String {
    format!(
        "The program reads {} records ({} bytes), parses them, sums for each record the distances to \
         all records, and writes the sums.",
        grouped(records.terms),
        grouped(records.bytes)
    )
}

/// The bad lines that were left out: how many, and the first of them.
fn damaged(records: &RecordsFile) -> String {
    let (bad, shown) = (records.bad_lines, records.first_bad_lines.len() as u64);
    if bad == 0 {
        return String::new();
    }
    let are = if bad == 1 { "is" } else { "are" };
    let mut text = format!("\n{BOLD}{} {are} left out{BOLD:#}\n", count(bad, "line"));
    for line in &records.first_bad_lines {
        text += &wrapped(&format!("line {}: {}", line.line, line.why), 2);
    }
    if bad > shown {
        let _ = writeln!(text, "  ... and {} more", grouped(bad - shown));
    }
    text
}

/// The table of rows.
fn rows(runs: &[VariantRun]) -> String {
    let columns = ["row", "changed part", "by the law", "measured", "95 %", "speedup", "answer"];
    let table = plain_table(
        &columns.map(str::to_owned),
        runs.iter().map(line),
        columns.len(), // No column of text at the end.
    );
    let rounds = |run: &VariantRun| run.seconds.as_ref().map_or(0, |seconds| seconds.samples.len());
    let rounds = count(runs.iter().map(rounds).max().unwrap_or(0) as u64, "round");
    let note = format!(
        "by the law: Amdahl's, from the changed part as it was measured in the same runs; measured: medians of \
         {rounds}"
    );
    format!("\n{table}{}", wrapped(&note, 0))
}

/// What the processors counted; empty where nobody asked for it.
fn counters(document: &Document<Observations>) -> String {
    let rows = document.runs.iter().filter_map(|run| {
        let VariantRun { workers, terms, .. } = *run;
        Some(CountedRow { name: &run.strategy, workers, terms, counters: run.counters? })
    });
    counters_table(&rows.collect::<Vec<_>>(), "record", document.counters_missing.as_deref())
}

fn line(run: &VariantRun) -> Vec<String> {
    let changed =
        run.only_gain().map(|gain| format!("{} {}", gain.part.as_str(), short_times(gain.faster)));
    let time = run.time();
    let range = time.and_then(|time| Some(range(time.median, time.low?, time.high?)));
    vec![
        run.strategy.clone(),
        changed.unwrap_or_default(),
        run.predicted_seconds.map(seconds).unwrap_or_default(),
        time.map(|time| seconds(time.median)).unwrap_or_default(),
        range.unwrap_or_default(),
        run.speedup.filter(|_| run.is_changed()).map(speedup).unwrap_or_default(),
        run.verdict.as_str().to_owned(),
    ]
}

/// `1.7x`, `141x`, and `0.90x` for what has become slower: short, for a narrow column.
fn short_times(faster: f64) -> String {
    match faster {
        slower if slower < 0.95 => format!("{slower:.2}x"),
        few if few < 9.95 => format!("{few:.1}x"),
        many => format!("{many:.0}x"),
    }
}

/// `54.1-55.0`, in the unit of the median.
pub(crate) fn range(median: f64, low: f64, high: f64) -> String {
    let unit = [1.0, 1e-3, 1e-6].into_iter().find(|unit| median >= 0.9995 * unit).unwrap_or(1e-9);
    format!("{}-{}", three_digits(low / unit), three_digits(high / unit))
}
