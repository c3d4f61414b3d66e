//! A class: what its learners handed in, as one page and one table.
//!
//! Each file is judged by itself, and only from what it holds: `folder` reads it, `faults` says why it is not
//! believed, `standing` who is right, parallel and fast. Then the files meet: `doubles`, `section`s, `page` and
//! `csv`. Nothing in the folder is changed, and nothing in it is run, but by `recheck`.

mod content;
mod doubles;
mod entry;
mod faults;
mod folder;
mod known;
mod machine_kind;
mod off;
mod standing;

mod exercises;
mod rows;

mod section;
mod sentence;
mod words;

mod csv;
mod page;
mod picture;

pub mod recheck;

mod saved;

use std::path::Path;

use measure::Error;

pub use entry::{Entry, LeftOut};
pub use saved::Saved;
pub use standing::{Answer, Outcome, Standing};

/// What lies in a folder, file by file.
#[derive(Debug, Clone, Default)]
pub struct Class {
    /// What counts, by the names of the files.
    pub entries: Vec<Entry>,
    /// What does not, and why.
    pub left_out: Vec<LeftOut>,
}

impl Class {
    /// Reads the folder.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] where there is no such folder, [`Error::Data`] where nothing lies in it, and [`Error::Usage`]
    /// where more lies in it than a class hands in.
    pub fn read(folder: &Path) -> Result<Self, Error> {
        let (mut class, known) = (Class::default(), known::KnownAnswers::default());
        for file in folder::files(folder)? {
            match Entry::read(&file, &known) {
                Ok(entry) => class.entries.push(entry),
                Err(left_out) => class.left_out.push(left_out),
            }
        }
        doubles::settle(&mut class);
        Ok(class)
    }

    /// The page: one file of HTML that opens from disk.
    pub fn html(&self) -> String {
        page::html(self)
    }

    /// The table: a row for each file, as RFC 4180 has it.
    pub fn csv(&self) -> String {
        csv::csv(self)
    }

    /// What there is to say on a terminal, on lines of at most 80 columns.
    pub fn text(&self) -> String {
        words::text(self)
    }
}
