//! Puts a bench on the disk: the numbers, the charts and the report, beside each other.

pub(crate) mod files;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use measure::Error;

use crate::chart::{self, Chart};
use crate::law_readings::{LawReading, law_readings};
use crate::report;
use crate::results::Results;
use crate::slugs;

/// What was written, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The page to open.
    pub report: PathBuf,
    /// The numbers.
    pub results: PathBuf,
    pub charts: Vec<PathBuf>,
    /// Why it is not in the folder that was meant for it, in one sentence.
    pub moved: Option<String>,
}

/// The name of the file with the numbers.
pub const NUMBERS: &str = "results.json";

/// Where a bench leaves what it found: `sum-of-parts` in the folder in which cargo built it, or in the
/// one that `CARGO_TARGET_DIR` names.
pub fn folder() -> PathBuf {
    // A relative one is meant from the folder in which cargo was called, which this may not be.
    let named = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let target = named.filter(|named| named.is_absolute()).or_else(course::target);
    target.unwrap_or_else(|| PathBuf::from("target")).join("sum-of-parts")
}

/// Saves results in [`folder`], with all charts: also those of other lessons' documents that lie there,
/// and of the ladder of the results that lay there before.
///
/// # Errors
///
/// [`Error::Output`] where it cannot be written, there or elsewhere.
pub fn save_all(mut results: Results) -> Result<Saved, Error> {
    let folder = folder();
    if results.ladder.is_none() {
        let before = Results::load(&folder.join(NUMBERS));
        results.ladder = before.ok().and_then(|before| before.ladder);
    }
    let (left, unreadable) = chart::lessons(&folder.join("lessons"));
    results.troubles.extend(unreadable);
    let charts = [chart::charts(&results), left].concat();
    save(&folder, &results, &charts, &law_readings(&results))
}

/// Writes everything to `folder`, or to a new folder of the system's temporary one where that
/// cannot be written: what took minutes to measure is not lost to a full disk.
///
/// # Errors
///
/// [`Error::Output`] where neither can be written.
pub fn save(
    folder: &Path,
    results: &Results,
    charts: &[Chart],
    laws: &[LawReading],
) -> Result<Saved, Error> {
    let refused = match save_into(folder, results, charts, laws) {
        Err(Error::Output(refused)) => refused,
        saved => return saved,
    };
    let elsewhere = tempfile::Builder::new().prefix("sum-of-parts-").tempdir();
    let elsewhere = elsewhere.map_err(|error| Error::Output(both(&refused, &error)))?.keep();
    match save_into(&elsewhere, results, charts, laws) {
        Ok(saved) => {
            let moved = format!("{refused}; so everything is in {} instead", elsewhere.display());
            Ok(Saved { moved: Some(moved), ..saved })
        }
        Err(Error::Output(error)) => Err(Error::Output(both(&refused, &error))),
        Err(error) => Err(error),
    }
}

/// Writes everything to `folder` and nowhere else.
///
/// Each file is written under another name first and then renamed, so an interruption leaves the
/// old file or the new one, never half of one.
///
/// # Errors
///
/// [`Error::Output`], which names the file.
pub fn save_into(
    folder: &Path,
    results: &Results,
    charts: &[Chart],
    laws: &[LawReading],
) -> Result<Saved, Error> {
    // The numbers first: everything else can be drawn from them again.
    let write = || -> io::Result<Saved> {
        let drawings = folder.join("charts");
        files::make_folder(&drawings)?;
        let numbers = files::write(folder, NUMBERS, &results.to_json())?;
        files::remove_old_charts(&drawings)?;
        let names = slugs::unique(charts.iter().map(|chart| chart.name.as_str()));
        let drawn = charts.iter().zip(names);
        let drawn = drawn.map(|(chart, name)| files::write_chart(&drawings, &name, &chart.file));
        Ok(Saved {
            results: numbers,
            charts: drawn.collect::<io::Result<Vec<PathBuf>>>()?,
            report: files::write(folder, "report.html", &report::html(results, charts, laws))?,
            moved: None,
        })
    };
    write().map_err(Error::Output)
}

/// Writes one drawing to `folder`.
///
/// # Errors
///
/// [`Error::Output`], which names the file.
pub fn save_drawing(folder: &Path, name: &str, svg: &str) -> Result<PathBuf, Error> {
    let write = files::make_folder(folder).and_then(|()| files::write_chart(folder, name, svg));
    write.map_err(Error::Output)
}

fn both(first: &io::Error, second: &io::Error) -> io::Error {
    io::Error::new(second.kind(), format!("{first}, and {second}"))
}

/// Removes what lies at `path`, where something does.
fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
