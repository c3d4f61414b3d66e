//! The gallery: a whole bench of another machine, cut to what may be shown beside one's own.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use course::gallery::{Entry, Kind, MachineCurve, MachinePoint};
use course::{BOLD, plain_table, wrapped};
use measure::{Error, believable_share};

use crate::gate;
use crate::program::root;
use crate::results::{Measured, Question, Results};
use crate::text::plain;

/// Why a bench is not added.
#[derive(Debug, thiserror::Error)]
#[error("not added: {0}")]
pub struct Refused(String);

/// Where the machines of the course are.
pub fn folder() -> PathBuf {
    root().join("lessons/machines")
}

/// What the gallery would hold of a bench.
///
/// # Errors
///
/// [`Refused`], with all that speaks against it.
pub fn entry(results: &Results, kind: Option<Kind>) -> Result<Entry, Refused> {
    let mut faults = doubts(results);
    let kind = kind.map_or_else(|| only_kind(results), Ok).map_err(Refused)?;
    let entry = Entry {
        format: Entry::FORMAT.to_owned(),
        schema: Entry::SCHEMA,
        kind,
        recorded: results.began.chars().take("2026-11-29".len()).collect(),
        commit: results.commit.clone().unwrap_or_default(),
        machine: results.machine.clone(),
        curves: curves(results),
    };
    faults.extend(entry.faults());
    if faults.is_empty() { Ok(entry) } else { Err(Refused(plain(&faults.join("; ")))) }
}

/// Puts an entry into its file; gives the path.
///
/// # Errors
///
/// [`Error::Usage`] where its kind is there already, unless it is to be replaced; [`Error::Output`] where it cannot be
/// written.
pub fn add(folder: &Path, entry: &Entry, replace: bool) -> Result<PathBuf, Error> {
    let path = folder.join(entry.kind.file_name());
    if path.exists() && !replace {
        return Err(Error::Usage(format!(
            "{} is there already: add --replace to put this one in its place",
            path.display()
        )));
    }
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(&path, entry.to_json()));
    written.map_err(Error::Output)?;
    Ok(path)
}

/// The machines in the folder, and the kinds that are missing, for a terminal of 80 columns.
///
/// # Errors
///
/// As [`Entry::load`], for a file that is no entry.
pub fn list(folder: &Path) -> Result<String, Error> {
    let is_there = |kind: &Kind| folder.join(kind.file_name()).exists();
    let (there, missing): (Vec<Kind>, Vec<Kind>) = Kind::ALL.into_iter().partition(is_there);
    let entries = there.into_iter().map(|kind| Entry::of_kind(folder, kind));
    let entries = entries.collect::<Result<Vec<Entry>, Error>>()?;
    let row = |entry: &Entry| {
        let Entry { kind, recorded, commit, curves, .. } = entry;
        [
            kind.to_string(),
            curves.len().to_string(),
            recorded.clone(),
            commit.clone(),
            entry.title(),
        ]
        .to_vec()
    };
    let columns = ["kind", "curves", "recorded", "commit", "machine"].map(str::to_owned);
    let mut text = match entries[..] {
        [] => "No machine has been recorded yet.\n".to_owned(),
        [..] => plain_table(&columns, entries.iter().map(row), columns.len() - 1),
    };
    if !missing.is_empty() {
        text += &format!("\n{BOLD}Missing{BOLD:#}\n");
        let rows = missing.iter().map(|kind| format!("  {:<13} {}\n", kind.name(), kind.title()));
        text.extend(rows);
        let asked = "Do you have one? Run `cargo bench` on it while it does nothing else, and then `cargo run -p \
                     benches -- gallery add target/sum-of-parts/results.json`.";
        text += &format!("\n{}", wrapped(asked, 0));
    }
    Ok(text)
}

/// What speaks against the bench as a whole.
fn doubts(results: &Results) -> Vec<String> {
    let mut doubts = Vec::new();
    if results.schema != Results::SCHEMA {
        doubts.push(format!("its schema is {}, not {}", results.schema, Results::SCHEMA));
    }
    if !results.complete {
        doubts.push("it was interrupted".to_owned());
    }
    let failed = results.troubles.iter().filter(|trouble| trouble.failed);
    doubts.extend(failed.map(|trouble| format!("{} failed", trouble.id)));
    doubts.extend(gate::doubt(results).map(gate::words));
    doubts
}

/// The kind of a machine that can only stand for one.
fn only_kind(results: &Results) -> Result<Kind, String> {
    let fitting: Vec<Kind> =
        Kind::ALL.into_iter().filter(|kind| kind.fits(&results.machine)).collect();
    let names =
        |kinds: &[Kind]| kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(", ");
    match fitting[..] {
        [kind] => Ok(kind),
        [] => Err(format!("its machine is of none of the kinds {}", names(&Kind::ALL))),
        _ => Err(format!("its machine can stand for {}: choose with --kind", names(&fitting))),
    }
}

/// The curves that are sure, from one worker to the usable cores.
fn curves(results: &Results) -> Vec<MachineCurve> {
    let usable = results.machine.usable_cores;
    let mut curves: BTreeMap<(&str, &str), Vec<&Measured>> = BTreeMap::new();
    for one in results.of(Question::Scaling).filter(|one| one.workers <= usable) {
        curves.entry((&one.kernel, &one.strategy)).or_default().push(one);
    }
    let curves = curves.into_iter().map(|((kernel, strategy), mut measured)| {
        measured.sort_by_key(|one| one.workers);
        MachineCurve {
            kernel: kernel.to_owned(),
            strategy: strategy.to_owned(),
            terms: measured.first().map_or(0, |one| one.terms),
            points: measured.into_iter().filter_map(point).collect(),
        }
    });
    curves.filter(|curve| curve.points.len() > 1 && curve.points[0].workers == 1).collect()
}

/// Where it explains something.
fn point(one: &Measured) -> Option<MachinePoint> {
    one.share_of_control().and_then(believable_share).filter(|_| gate::is_sure(one))?;
    let (speedup, capacity) = (one.speedup()?, one.cores_given()?);
    Some(MachinePoint { workers: one.workers, speedup, capacity, seconds: one.time()?.median })
}
