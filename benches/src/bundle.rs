//! The course in one file, for a room with a bad network: sources, the crates that its lessons need, and the book.
//!
//! What is unpacked builds with `cargo` alone, and asks nobody for anything. Rust itself is not in it: its toolchains
//! are one for each system, and are carried by themselves.

mod archive;
mod book;
mod choice;
mod crates;
mod first_hour;
mod folder;
mod sources;

use std::fs;
use std::path::{Path, PathBuf};

use course::{BOLD, Program, plain_table, wrapped};
use measure::{Cancellation, Error};
use units::count;

pub use choice::{Choice, Lessons, TargetSystem};
use folder::Size;

/// The name of the folder in the bundle, and of the archive.
const NAME: &str = "sum-of-parts";

/// A bundle on the disk.
#[derive(Debug)]
pub struct Bundle {
    /// The folder, as it is once it is unpacked.
    pub folder: PathBuf,
    /// The same as one file; `None` where there is no `tar` to make it.
    pub archive: Option<PathBuf>,
    choice: Choice,
    sources: Size,
    crates: crates::Kept,
    book: Option<Size>,
    archived: u64,
    missing: Vec<String>,
}

/// Makes a bundle in `folder`; `tell` hears what is being done.
///
/// # Errors
///
/// [`Error::Usage`] where there is one already, [`Error::Worker`] where `git` or `cargo` fails, [`Error::Refused`] where
/// the system refuses a file or the archive is larger than the choice allows, [`Error::Missing`] without `git`.
pub fn bundle(
    folder: &Path,
    choice: &Choice,
    program: &Program,
    tell: impl Fn(&str),
) -> Result<Bundle, Error> {
    program.handle_signals()?;
    children::orphans::adopt();
    let made = made(folder, choice, &program.cancellation, tell);
    program.stand_still_if_interrupted();
    made
}

fn made(
    folder: &Path,
    choice: &Choice,
    cancellation: &Cancellation,
    tell: impl Fn(&str),
) -> Result<Bundle, Error> {
    let whole = folder.join(NAME);
    if whole.exists() {
        return Err(Error::Usage(format!(
            "{} is there already: name another folder, or remove it first",
            whole.display()
        )));
    }
    // An interrupted one is begun anew, and is never taken for a whole one.
    let part = folder.join(format!("{NAME}.part"));
    folder::remove(&part)?;
    folder::create(&part)?;
    // Cargo and mdbook are run elsewhere.
    let part = fs::canonicalize(&part).map_err(|cause| folder::refused(&part, &cause))?;

    tell("the sources, as git lists them");
    let sources = sources::copy(&part, cancellation)?;
    tell("the crates: cargo fetches those that are not here yet");
    let crates = crates::vendor(choice, &part, cancellation)?;
    tell("the book");
    let mut missing: Vec<String> = sources::left_out(cancellation)?.into_iter().collect();
    let book = match book::build(&part, cancellation) {
        Err(cancelled) if cancellation.is_cancelled() => return Err(cancelled),
        Err(why) => {
            missing.push(format!("The book: {why}"));
            None
        }
        Ok(size) => Some(size),
    };
    first_hour::write(&part, choice, book.is_some())?;
    tell("does it resolve without a network?");
    crates::check(&part, cancellation)?;
    fs::rename(&part, &whole).map_err(|cause| folder::refused(&whole, &cause))?;

    tell("the archive");
    let (archive, archived) = match archive::pack(folder, cancellation) {
        Err(cancelled) if cancellation.is_cancelled() => return Err(cancelled),
        Err(why) => {
            missing.push(format!("The archive: {why}. Hand the folder out, or pack it otherwise."));
            (None, 0)
        }
        Ok((path, bytes)) => (Some(path), bytes),
    };
    if archived > choice.most_bytes {
        return Err(Error::Refused {
            what: format!("an archive of {}", folder::megabytes(archived)),
            cause: format!("--most-mb allows {}", folder::megabytes(choice.most_bytes)),
            remedy: "choose fewer --lessons or --systems, or allow more",
        });
    }
    let (choice, folder) = (choice.clone(), whole);
    Ok(Bundle { folder, archive, choice, sources, crates, book, archived, missing })
}

impl Bundle {
    /// What is in it, how large it is, and what is missing, for a terminal of 80 columns.
    pub fn text(&self) -> String {
        let Choice { lessons, systems, .. } = &self.choice;
        let title = format!("A bundle of {lessons}, for {}.", choice::in_words(systems));
        let crates = format!(
            "{} of {}; the others have their manifests only",
            self.crates.whole,
            count((self.crates.whole + self.crates.manifests) as u64, "crate")
        );
        let row = |part: &str, size: Size, what: &str| {
            [part.to_owned(), folder::megabytes(size.bytes), what.to_owned()].to_vec()
        };
        let files = |size: Size| count(size.files as u64, "file");
        let mut rows = vec![
            row("sources", self.sources, &files(self.sources)),
            row("vendor", self.crates.size, &crates),
        ];
        rows.extend(self.book.map(|size| row("book", size, &files(size))));
        if let Some(archive) = &self.archive {
            let size = Size { bytes: self.archived, files: 1 };
            rows.push(row("archive", size, "to hand out"));
            rows.push(vec![String::new(), String::new(), archive.display().to_string()]);
        }
        let table = plain_table(&["part", "size", ""].map(str::to_owned), rows.into_iter(), 2);
        let mut text =
            format!("{}\n{table}\n{BOLD}What is not in it{BOLD:#}\n", wrapped(&title, 0));
        for missing in self.missing.iter().map(String::as_str).chain(first_hour::NEVER_IN_IT) {
            text += &wrapped(missing, 2);
        }
        let first = "Unpacked, the folder has FIRST-HOUR.md: three commands for a learner.";
        text + &format!("\n{}", wrapped(first, 0))
    }
}
