use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use measure::Error;

use super::Class;
use crate::saving::{self, files};

/// What was written, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The page to open.
    pub page: PathBuf,
    /// The table for a spreadsheet.
    pub table: PathBuf,
}

impl Saved {
    /// Where a class goes that was read from `folder`: to `output`, or beside the other reports.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] where that is the folder itself, in which nothing is changed.
    pub fn place(folder: &Path, output: Option<&Path>) -> Result<PathBuf, Error> {
        let place = output.map_or_else(|| saving::folder().join("class"), Path::to_owned);
        let is_same = |one: io::Result<PathBuf>, other: io::Result<PathBuf>| {
            one.ok().zip(other.ok()).is_some_and(|(one, other)| one == other)
        };
        if is_same(fs::canonicalize(folder), fs::canonicalize(&place)) {
            return Err(Error::Usage(format!(
                "invalid value for --output: {} holds what was handed in, and nothing there is changed; for example: \
                 --output report",
                place.display()
            )));
        }
        Ok(place)
    }

    /// Writes page and table of `class` to `folder`.
    ///
    /// # Errors
    ///
    /// [`Error::Output`], which names the file.
    pub fn write(class: &Class, folder: &Path) -> Result<Self, Error> {
        let write = || -> io::Result<Self> {
            files::make_folder(folder)?;
            let table = files::write(folder, "class.csv", &class.csv())?;
            let page = files::write(folder, "class.html", &class.html())?;
            Ok(Saved { page, table })
        };
        write().map_err(Error::Output)
    }
}
