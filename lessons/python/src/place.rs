//! The folders of the lesson.

use std::path::{Path, PathBuf};

/// The folder of the lesson: its rungs, and the program that runs them.
pub fn lesson() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of everything that is made for the lesson, in the one in which cargo built this program.
/// `None` where it lies in no such folder, as one that was copied elsewhere.
pub fn made() -> Option<PathBuf> {
    Some(course::target()?.join("sum-of-parts").join("python"))
}

/// Where the modules are that were compiled, each in the folder `rungs` of this one.
pub fn built(made: &Path) -> PathBuf {
    made.join("built")
}

/// The Python of the virtual environment in `folder`.
pub fn python_of(folder: &Path) -> PathBuf {
    if cfg!(windows) { folder.join("Scripts/python.exe") } else { folder.join("bin/python") }
}
