mod document;
mod findings;
mod shares;

use std::fmt::Write;
use std::path::Path;

use course::{BOLD, plain_table, wrapped};
pub(crate) use document::Document;
use units::{grouped, seconds, speedup, three_digits};

use crate::ROWS;
use crate::amdahl::Prediction;
use crate::guess::Guess;
use crate::input::Input;
use crate::lesson::QUESTION;
use crate::measure::{Measured, Results};
use crate::options::Options;

/// What `--list` shows.
pub(crate) fn list() -> String {
    let mut text = String::from("Rows of hotspots\n");
    for row in ROWS {
        let _ = writeln!(text, "  {:<14} {}", row.name, row.about);
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
pub(crate) fn table(
    document: &Document,
    results: &Results,
    input: &Input,
    guess: Option<&Guess>,
) -> String {
    let mut text = format!("{BOLD}hotspots: {QUESTION}{BOLD:#}\n\n");
    text += &wrapped(&opening(input), 0);
    text += &damaged(input);
    for profile in results.profiles.iter().take(1) {
        text += &shares::bars(profile);
    }
    text += &rows(results);
    text += &findings::findings(results);
    if let Some((guess, profile)) = guess.zip(results.profiles.first()) {
        let _ = writeln!(text, "\n{BOLD}Your guess{BOLD:#}");
        for sentence in guess.compared(profile) {
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
fn opening(input: &Input) -> String {
    format!(
        "The program reads {} records ({} bytes), parses them, sums for each record the distances to \
         all records, and writes the sums.",
        grouped(input.known.records),
        grouped(input.bytes)
    )
}

/// The bad lines that were left out: how many, and the first of them.
fn damaged(input: &Input) -> String {
    if input.bad == 0 {
        return String::new();
    }
    let (are, shown) =
        (if input.bad == 1 { "line is" } else { "lines are" }, input.first_bad.len());
    let mut text = format!("\n{BOLD}{} {are} left out{BOLD:#}\n", grouped(input.bad));
    for bad in &input.first_bad {
        text += &wrapped(&format!("line {}: {}", bad.line, bad.why), 2);
    }
    if input.bad > shown as u64 {
        let _ = writeln!(text, "  ... and {} more", grouped(input.bad - shown as u64));
    }
    text
}

/// The table of rows.
fn rows(results: &Results) -> String {
    let columns = ["row", "changed part", "predicted", "measured", "95 %", "speedup", "answer"];
    let line = |measured: &Measured| line(measured, results);
    let table = plain_table(
        &columns.map(str::to_owned),
        results.rows.iter().map(line),
        columns.len(), // No column of text at the end.
    );
    let rounds = results.rows.iter().map(|measured| measured.seconds.len()).max().unwrap_or(0);
    let plural = if rounds == 1 { "" } else { "s" };
    format!("\n{table}predicted: by Amdahl's law; measured: medians of {rounds} round{plural}\n")
}

fn line(measured: &Measured, results: &Results) -> Vec<String> {
    let prediction = Prediction::of(measured, results);
    let changed = prediction.as_ref().filter(|_| measured.row.changes.len() == 1);
    let changed = changed
        .and_then(|prediction| prediction.changes.first())
        .map(|change| format!("{} {}", change.part.as_str(), short_times(change.faster)));
    let (time, first) = (measured.time(), results.first().and_then(Measured::time));
    let range = time.and_then(|time| Some(range(time.median, time.low?, time.high?)));
    let gained = time.zip(first).filter(|_| !measured.row.changes.is_empty());
    vec![
        measured.row.name.to_owned(),
        changed.unwrap_or_default(),
        prediction.map(|prediction| seconds(prediction.seconds)).unwrap_or_default(),
        time.map(|time| seconds(time.median)).unwrap_or_default(),
        range.unwrap_or_default(),
        gained.map(|(time, first)| speedup(first.median / time.median)).unwrap_or_default(),
        measured.judged().as_str().to_owned(),
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
fn range(median: f64, low: f64, high: f64) -> String {
    let unit = [1.0, 1e-3, 1e-6].into_iter().find(|unit| median >= 0.9995 * unit).unwrap_or(1e-9);
    format!("{}-{}", three_digits(low / unit), three_digits(high / unit))
}
