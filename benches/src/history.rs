//! Every bench that was run here, under its machine and its commit. Nothing in it is ever overwritten.

mod told;

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::results::{Results, Unreadable};
use crate::saving;
use crate::saving::files::write_new;
use crate::slugs::slug;

pub use told::{Told, Unknown, told};

/// Where benches are kept: beside the report of the last one.
pub fn folder() -> PathBuf {
    saving::folder().join("history")
}

/// Keeps a bench in `folder`, in a file of its own: `<machine>/<commit>/<when it began>.json`.
///
/// # Errors
///
/// Where the system refuses the file; the error names it.
pub fn keep(folder: &Path, results: &Results) -> io::Result<PathBuf> {
    let machine = &results.machine;
    let machine = format!("{}-{}-cores", slug(&machine.cpu), machine.usable_cores);
    let commit = results.commit.as_deref().map_or_else(|| "no-commit".to_owned(), slug);
    let place = folder.join(machine).join(commit);
    write_new(&place, &results.began.replace(':', "-"), ".json", &results.to_json())
}

/// All benches that are kept in `folder`, the oldest first, and what there cannot be read.
pub fn kept(folder: &Path) -> (Vec<Results>, Vec<Unreadable>) {
    let commits = entries(folder).into_iter().flat_map(|machine| entries(&machine));
    let files = commits.flat_map(|commit| entries(&commit));
    let files = files.filter(|path| path.extension() == Some(OsStr::new("json")));
    let (mut all, mut unreadable) = (Vec::new(), Vec::new());
    for loaded in files.map(|path| Results::load(&path)) {
        match loaded {
            Ok(results) => all.push(results),
            Err(why) => unreadable.push(why),
        }
    }
    all.sort_by(|one, other| one.began.cmp(&other.began));
    (all, unreadable)
}

/// What lies in a folder, the shorter names first: a bench that began in the same second as another has a number behind
/// its name. Nothing where it is no folder.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort_by_cached_key(|path| (path.as_os_str().len(), path.clone()));
    paths
}
