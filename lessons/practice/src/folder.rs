use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use measure::Error;

use crate::exercise::Exercise;
use crate::progress::kept;
use crate::workshop::{refused, write};

/// Where the learner's files are: one for each exercise, in a folder for each chapter. Nothing but a reset overwrites one.
#[derive(Debug, Clone)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// The learner's own folder, or another one. A file that is missing in it is laid out again.
    ///
    /// # Errors
    ///
    /// Where the system refuses the files.
    pub(crate) fn open(path: Option<&Path>, exercises: &[Exercise]) -> Result<Self, Error> {
        let usual = || Path::new(env!("CARGO_MANIFEST_DIR")).join("exercises");
        let path = path.map_or_else(usual, Path::to_owned);
        let folder = Folder(std::path::absolute(&path).unwrap_or(path));
        for exercise in exercises {
            lay_out(&folder.file(exercise), &exercise.skeleton_text())?;
        }
        folder.lay_out_for_editors(exercises)?;
        Ok(folder)
    }

    /// A package around the files, so that an editor that opens the folder knows what is in them. Nothing here needs it.
    fn lay_out_for_editors(&self, exercises: &[Exercise]) -> Result<(), Error> {
        let judge = Path::new(env!("CARGO_MANIFEST_DIR")).join("judge");
        let manifest = format!(
            "# Made anew each time, for your editor: open this folder in it.\n[package]\nname = \"exercises\"\nedition = \
             \"2024\"\n\n[lib]\npath = \"lib.rs\"\n\n[dependencies]\njudge = {{ path = {:?} }}\n\n[workspace]\n",
            judge.display().to_string()
        );
        let mut modules = "// Made anew each time, for your editor.\n".to_owned();
        for exercise in exercises {
            let name = exercise.name.replace('-', "_");
            modules += &format!("#[path = \"{}/{name}.rs\"]\npub mod {name};\n", exercise.chapter);
        }
        for (name, text) in [("Cargo.toml", manifest), ("lib.rs", modules)] {
            write(&self.0.join(name), &text)?;
        }
        Ok(())
    }

    /// The folder itself.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// The learner's file of `exercise`.
    pub(crate) fn file(&self, exercise: &Exercise) -> PathBuf {
        self.0.join(exercise.chapter).join(format!("{}.rs", exercise.name.replace('-', "_")))
    }

    /// The same as a reader of the terminal wants it: from the folder where they are, if it lies below that.
    pub(crate) fn shown(&self, exercise: &Exercise) -> String {
        let file = self.file(exercise);
        let here = std::env::current_dir().unwrap_or_default();
        file.strip_prefix(&here).unwrap_or(&file).display().to_string()
    }

    /// Lays `exercise` out again; gives the place where the learner's text is kept.
    ///
    /// # Errors
    ///
    /// Where the system refuses the files.
    pub(crate) fn reset(&self, exercise: &Exercise) -> Result<PathBuf, Error> {
        let file = self.file(exercise);
        let beside = kept(&file)?;
        lay_out(&file, &exercise.skeleton_text()).inspect_err(|_| {
            // Without room for another, the learner's text goes back to its place.
            let _ = fs::rename(&beside, &file);
        })?;
        Ok(beside)
    }
}

/// Writes a file that is not there yet.
fn lay_out(path: &Path, text: &str) -> Result<(), Error> {
    if path.exists() {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let made = fs::create_dir_all(folder).and_then(|()| File::create_new(path));
    let written = match made {
        Err(cause) if cause.kind() == ErrorKind::AlreadyExists => return Ok(()),
        made => made.and_then(|mut file| {
            // A part of it would be taken for the learner's.
            file.write_all(text.as_bytes()).inspect_err(|_| drop(fs::remove_file(path)))
        }),
    };
    written.map_err(|cause| refused(path, &cause))
}
