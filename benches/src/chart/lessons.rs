//! What other lessons measured in runs of their own: the time of each row, with the run it is from.

mod workers;

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use course::{Document, Run};
use measure::Interval;
use measure::verdict::Verdict;
use units::{count, grouped};

use super::caption::Caption;
use super::overhead::{Step, dot, times as drawn};
use super::words::{self, sound};
use super::{Chart, Section, Table};
use crate::results::Trouble;
use crate::text::short;

/// A chart of each document in `folder`, by name of the file, and one of the rows with several workers,
/// where there are any; and what could not be read.
///
/// A lesson that the benches do not build leaves its result there:
/// `cargo run -p threads -- --json > target/sum-of-parts/lessons/threads.json`.
pub fn lessons(folder: &Path) -> (Vec<Chart>, Vec<Trouble>) {
    let files = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<_> =
        files.filter(|path| path.extension().is_some_and(|ending| ending == "json")).collect();
    files.sort();
    let (mut charts, mut troubles) = (Vec::new(), Vec::new());
    for (number, file) in files.iter().enumerate() {
        match read(file) {
            Ok((document, date)) => {
                charts.extend(chart(number, &document, &date));
                charts.extend(workers::chart(number, &document, &date));
            }
            Err(reason) => {
                let name = file.file_name().unwrap_or_default().to_string_lossy();
                troubles.push(Trouble { id: format!("lessons/{name}"), failed: false, reason });
            }
        }
    }
    (charts, troubles)
}

/// The document, and when it was written.
fn read(file: &Path) -> Result<(Document, String), String> {
    let bytes = fs::read(file).map_err(|cause| format!("it could not be read: {cause}"))?;
    let document = Document::parse(course::text_of(&bytes)?)?;
    let written = fs::metadata(file).and_then(|facts| facts.modified());
    let written = written.unwrap_or(SystemTime::UNIX_EPOCH);
    Ok((document, humantime::format_rfc3339_seconds(written).to_string()))
}

/// The time of one term: rows that ran on fewer terms are compared by it.
fn per_term(run: &Run) -> Option<Interval> {
    sound(Some(run.seconds.as_ref()?.interval.over(run.terms.max(1) as f64)))
}

fn chart(number: usize, document: &Document, date: &str) -> Option<Chart> {
    let right = document.runs.iter().filter(|run| run.verdict == Verdict::Right);
    let times: Vec<(&Run, Interval)> =
        right.filter_map(|run| Some((run, per_term(run)?))).collect();
    let named = times.iter().map(|(run, time)| {
        dot(format!("{}, {}", short(&run.strategy), count(run.workers as u64, "worker")), time)
    });
    let [drawing, broad] = drawn(named.collect(), Step::Down)?;
    let rows = times.iter().map(|(run, time)| {
        let (workers, terms) = (run.workers.to_string(), grouped(run.terms));
        vec![short(&run.strategy), workers, terms, words::time(time)]
    });
    let table = Table::new(&["strategy", "workers", "terms", "time of one term"], rows);
    let (lesson, kernel) = (short(&document.lesson), short(document.kernel.name.as_str()));
    let caption = Caption {
        name: format!("lesson-{}", number + 1),
        section: Section::Lessons,
        title: format!("{lesson}: time of one term, {kernel}"),
        subtitle: "time of one term, and how many times as fast as the row above; equal steps are equal ratios"
            .into(),
        reading: vec![format!(
            "From a run of its own, written {date} on {} ({}), {} terms.",
            document.machine.cpu,
            count(document.machine.usable_cores as u64, "usable core"),
            grouped(document.kernel.terms)
        )],
        table,
    };
    Some(caption.with_both(drawing, broad))
}
