//! The named results of criterion: whether there are any, and whether they can be saved. Criterion only prints
//! what goes wrong with them, and measures on.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use measure::Error;

/// How many folders deep criterion's results lie: those of the group, of the strategy, of the workers, and
/// of the name.
const DEEP: usize = 4;

/// Where criterion keeps its results: in `CRITERION_HOME`, or beside the report.
pub fn folder() -> PathBuf {
    let named = std::env::var_os("CRITERION_HOME").map(PathBuf::from);
    named.unwrap_or_else(|| crate::saving::folder().with_file_name("criterion"))
}

/// Makes sure that something can be saved in `folder`, before anything is measured.
///
/// # Errors
///
/// [`Error::Save`] where it cannot.
pub fn can_be_saved(folder: &Path, name: &str) -> Result<(), Error> {
    let probe = folder.join(format!("probe-{}", std::process::id())).join(name);
    let tried = fs::create_dir_all(&probe).and_then(|()| fs::write(probe.join("probe"), "probe"));
    let _ = fs::remove_dir_all(probe.parent().unwrap_or(&probe));
    tried.map_err(|cause| not_saved(folder, cause))
}

/// Makes sure that results of this name are there.
///
/// # Errors
///
/// [`Error::Usage`] where there are none.
pub fn is_there(folder: &Path, name: &str) -> Result<(), Error> {
    if newest(folder, name, DEEP).is_empty() {
        return Err(Error::Usage(format!(
            "no results were saved as '{name}' in {}; save some first: cargo bench -- \
             --save-baseline {name}",
            folder.display()
        )));
    }
    Ok(())
}

/// Makes sure that the results of so many ids were saved since `began`.
///
/// # Errors
///
/// [`Error::Save`] where some are missing.
pub fn were_saved(folder: &Path, name: &str, ids: usize, began: SystemTime) -> Result<(), Error> {
    let saved = newest(folder, name, DEEP);
    let saved = saved.iter().filter(|time| **time >= began).count();
    if saved >= ids {
        return Ok(());
    }
    let cause =
        format!("of the {ids} results measured now, only {saved} could be saved as '{name}'");
    Err(not_saved(folder, std::io::Error::other(cause)))
}

fn not_saved(folder: &Path, cause: std::io::Error) -> Error {
    Error::Save { what: "baseline", option: "CRITERION_HOME", path: folder.to_owned(), cause }
}

/// When each of the results of this name was saved.
fn newest(folder: &Path, name: &str, deep: usize) -> Vec<SystemTime> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let folders = entries.map(|entry| entry.path()).filter(|path| path.is_dir());
    folders
        .flat_map(|inner| match inner.file_name() {
            Some(its) if its == name && deep < DEEP => {
                let saved = fs::metadata(inner.join("benchmark.json"));
                saved.and_then(|saved| saved.modified()).into_iter().collect()
            }
            _ if deep > 1 => newest(&inner, name, deep - 1),
            _ => Vec::new(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_that_are_not_there_are_missed_before_and_after() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let home = folder.path().join("criterion");
        let began = SystemTime::now() - std::time::Duration::from_secs(1);
        can_be_saved(&home, "before").expect("it can be written");
        assert_eq!(fs::read_dir(&home).expect("it was made").count(), 0, "no probe stays");
        let missing = is_there(&home, "before").expect_err("nothing was saved");
        assert_eq!(missing.exit_code(), 2, "{missing}");
        for id in ["group/scoped/1", "group/scoped/2"] {
            let saved = home.join(id).join("before");
            fs::create_dir_all(&saved).expect("a folder");
            fs::write(saved.join("benchmark.json"), "{}").expect("a file");
        }
        is_there(&home, "before").expect("it is there");
        were_saved(&home, "before", 2, began).expect("both are there");
        let lost = were_saved(&home, "before", 3, began).expect_err("one is lost");
        assert_eq!(lost.exit_code(), 74, "{lost}");
        let later = SystemTime::now() + std::time::Duration::from_secs(10);
        were_saved(&home, "before", 1, later).expect_err("those are old");
    }

    #[test]
    fn a_place_that_cannot_be_written_is_an_error_before_anything_is_measured() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("criterion");
        fs::write(&file, "in the way").expect("a file");
        let refused = can_be_saved(&file, "before").expect_err("a file is no folder");
        assert_eq!(refused.exit_code(), 74, "{refused}");
        let long = "n".repeat(300);
        can_be_saved(folder.path(), &long).expect_err("no file system takes it");
        assert_eq!(fs::read_dir(folder.path()).expect("it is ours").count(), 1, "no probe stays");
    }
}
