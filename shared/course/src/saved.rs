use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use measure::{Cancellation, Error, Registration};
use tempfile::NamedTempFile;

use crate::system::{Here, System};

/// A file that takes a result in the end, and is opened before anything is measured.
///
/// So a path that cannot be written is found out at once. What is in the file stays until there is
/// something to take its place, whole: the new text is written beside it first. A new file is removed
/// again where the run is interrupted, or fails.
#[derive(Debug)]
pub struct Saved {
    what: &'static str,
    option: &'static str,
    path: PathBuf,
    /// A pipe or a device, which stays open, as it has no former content.
    device: Option<File>,
    is_standard_output: bool,
    removed: Option<Registration>,
    cancellation: Cancellation,
}

impl Saved {
    /// Opens the file at `path` for `what` it is, as `option` asked: `trace`, `--trace`. A new
    /// file is removed again on `cancellation`.
    ///
    /// # Errors
    ///
    /// [`Error::Save`] where the system refuses it.
    pub fn create(
        what: &'static str,
        option: &'static str,
        path: &Path,
        cancellation: &Cancellation,
    ) -> Result<Self, Error> {
        let is_new = !path.exists();
        let file = Here::open_to_save(path).map_err(|cause| Error::Save {
            what,
            option,
            path: path.to_owned(),
            cause,
        })?;
        let ours = path.to_owned();
        let removed = is_new.then(|| cancellation.on_cancel(move || remove_if_empty(&ours)));
        Ok(Saved {
            what,
            option,
            path: path.to_owned(),
            is_standard_output: Here::is_standard_output(&file),
            device: (!file.metadata().is_ok_and(|file| file.is_file())).then_some(file),
            removed,
            cancellation: cancellation.clone(),
        })
    }

    /// The same for what must not stand between the lines of the result, nor over them.
    ///
    /// # Errors
    ///
    /// [`Error::Save`] where the system refuses the file, and [`Error::Usage`] where it is standard output.
    pub fn beside_the_result(
        what: &'static str,
        option: &'static str,
        path: &Path,
        cancellation: &Cancellation,
    ) -> Result<Self, Error> {
        let saved = Saved::create(what, option, path, cancellation)?;
        if saved.is_standard_output {
            return Err(Error::Usage(format!(
                "invalid value for {option}: standard output takes the result and no more; for example: \
                 {option} run.json"
            )));
        }
        Ok(saved)
    }

    /// The name of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether both are the same file, by whatever names.
    pub fn is_same_file(&self, other: &Saved) -> bool {
        let place = |saved: &Saved| saved.path.canonicalize().ok();
        let both_keep = self.device.is_none() && other.device.is_none();
        both_keep && place(self).is_some() && place(self) == place(other)
    }

    /// Replaces the file's contents with what `fill` writes.
    ///
    /// # Errors
    ///
    /// [`Error::Save`] where the file does not take it; what was in it is then still there.
    pub fn write(
        &self,
        fill: impl FnOnce(&mut BufWriter<&File>) -> io::Result<()>,
    ) -> Result<(), Error> {
        let written = match &self.device {
            Some(device) => filled(device, fill),
            None => self.replaced(fill),
        };
        written.map_err(|cause| Error::Save {
            what: self.what,
            option: self.option,
            path: self.path.clone(),
            cause,
        })
    }

    /// Writes the whole text beside the file, and gives it the file's name.
    fn replaced(
        &self,
        fill: impl FnOnce(&mut BufWriter<&File>) -> io::Result<()>,
    ) -> io::Result<()> {
        // Where the name is a link, the file behind it is meant.
        let place = self.path.canonicalize()?;
        let Ok(beside) = NamedTempFile::new_in(place.parent().unwrap_or(Path::new("."))) else {
            // A file in a folder that takes no other.
            return filled(&File::create(&place)?, fill);
        };
        let unfinished = beside.path().to_owned();
        let _removed = self.cancellation.on_cancel(move || drop(fs::remove_file(&unfinished)));
        filled(beside.as_file(), fill)?;
        beside.as_file().set_permissions(fs::metadata(&place)?.permissions())?;
        beside.persist(&place).map(drop).map_err(|error| error.error)
    }
}

/// Writes through a buffer, and makes sure that everything has arrived.
fn filled(
    file: &File,
    fill: impl FnOnce(&mut BufWriter<&File>) -> io::Result<()>,
) -> io::Result<()> {
    let mut output = BufWriter::new(file);
    fill(&mut output)?;
    output.flush()
}

impl Drop for Saved {
    fn drop(&mut self) {
        if self.removed.take().is_some() {
            remove_if_empty(&self.path);
        }
    }
}

fn remove_if_empty(path: &Path) {
    if fs::metadata(path).is_ok_and(|file| file.is_file() && file.len() == 0) {
        // If it cannot be removed, it is at least empty.
        let _ = fs::remove_file(path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(path: &Path) -> Saved {
        Saved::create("document", "--save", path, &Cancellation::default()).expect("a good place")
    }

    #[test]
    fn a_text_that_does_not_fit_leaves_the_older_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("run.json");
        fs::write(&path, "older").expect("room");
        let full = |output: &mut BufWriter<&File>| {
            output.write_all(b"half of the new one")?;
            Err(io::ErrorKind::StorageFull.into())
        };
        let error = saved(&path).write(full).expect_err("no room");
        assert_eq!(error.exit_code(), 74);
        assert_eq!(fs::read_to_string(&path).expect("it is there"), "older");
        saved(&path).write(|output| output.write_all(b"new")).expect("room");
        assert_eq!(fs::read_to_string(&path).expect("it is there"), "new");
        let files = fs::read_dir(folder.path()).expect("a folder").count();
        assert_eq!(files, 1, "nothing is left beside it");
    }

    #[test]
    fn a_file_keeps_its_permissions() {
        let folder = tempfile::tempdir().expect("a folder");
        let (plain, path) = (folder.path().join("plain"), folder.path().join("run.json"));
        File::create(&plain).expect("a file");
        saved(&path).write(|output| output.write_all(b"new")).expect("room");
        let of = |path: &Path| fs::metadata(path).expect("it is there").permissions();
        assert_eq!(of(&path), of(&plain), "as any new file");
    }

    #[test]
    fn two_names_of_one_file_are_one_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("run.json");
        let (one, other) = (saved(&path), saved(&folder.path().join("./run.json")));
        assert!(one.is_same_file(&other));
        assert!(!one.is_same_file(&saved(&folder.path().join("another"))));
    }
}
