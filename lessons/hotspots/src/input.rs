use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use course::Saved;
use measure::{Cancellation, Error};

use crate::folder::Folder;
use crate::known::{self, KnownFile};
use crate::options::Options;
use crate::record::BadLine;
use crate::{first, made};

/// No larger file is read: it is held in memory, and so are its records.
const MOST_BYTES: u64 = 100_000_000;

/// What to do about a file that is not as it should be.
const REMEDY: &str = "each line of --file is a station and a value, like Oslo;-3.4";

/// The file that every row reads, and what is known of it.
#[derive(Debug)]
pub(crate) struct Input {
    pub(crate) path: PathBuf,
    pub(crate) bytes: u64,
    pub(crate) known: KnownFile,
    pub(crate) bad: u64,
    pub(crate) first_bad: Vec<BadLine>,
}

impl Input {
    /// The file of `--file`, or one that is made in `folder`.
    pub(crate) fn prepared(options: &Options, folder: &Folder) -> Result<Self, Error> {
        let Some(path) = &options.file else {
            let path = folder.path("readings.txt");
            make(options.terms, options.seed, &path)?;
            return Input::read(path, options.lenient);
        };
        check(path)?;
        let input = Input::read(path.clone(), options.lenient)?;
        if input.known.records > 0 {
            return Ok(input);
        }
        let cause = match input.bad {
            0 => "it is empty".to_owned(),
            1 => "its only line is no record".to_owned(),
            bad => format!("none of its {bad} lines is a record"),
        };
        Err(Error::Data { path: path.clone(), line: None, cause, remedy: REMEDY })
    }

    fn read(path: PathBuf, lenient: bool) -> Result<Self, Error> {
        let text = first::read(&path)?;
        if let Err(cause) = course::without_mark(&text) {
            return Err(Error::Data { path, line: None, cause, remedy: REMEDY });
        }
        // The first program explains best what is wrong with a line; the answer is found without it.
        let parsed = first::parse(&text, lenient).map_err(|bad| bad.in_file(&path))?;
        let (bad, first_bad) = (parsed.bad, parsed.first_bad);
        let (bytes, known) = (text.len() as u64, known::answer(&text));
        Ok(Input { path, bytes, known, bad, first_bad })
    }
}

/// Refuses what is no file, before anything is read: a pipe gives its bytes only once, and some devices
/// have no end.
fn check(path: &Path) -> Result<(), Error> {
    let no_input = |cause: String| Error::Input {
        path: path.to_owned(),
        cause,
        remedy: "give --file a file that you may read",
    };
    let facts = fs::metadata(path).map_err(|cause| no_input(cause.to_string()))?;
    if facts.is_dir() {
        return Err(no_input("it is a folder".to_owned()));
    }
    if !facts.is_file() {
        return Err(no_input("it is no regular file, and each row reads it again".to_owned()));
    }
    if facts.len() > MOST_BYTES {
        return Err(Error::Data {
            path: path.to_owned(),
            line: None,
            cause: format!("it has {} bytes, more than {MOST_BYTES}", facts.len()),
            remedy: "give --file a part of it",
        });
    }
    Ok(())
}

/// Makes the file of `-n` and `--seed` at `path`, in the folder of this run.
pub(crate) fn make(terms: u64, seed: u64, path: &Path) -> Result<(), Error> {
    let made = || {
        let mut output = BufWriter::new(File::create(path)?);
        made::write(terms, seed, &mut output)?;
        output.flush()
    };
    made().map_err(|cause| no_room(&cause))
}

/// The folder of this run does not take a file.
pub(crate) fn no_room(cause: &std::io::Error) -> Error {
    Error::Refused {
        what: "room for the records in the temporary folder".to_owned(),
        remedy: course::remedy(cause)
            .unwrap_or("ask for fewer records with -n, or set TMPDIR to a folder with room"),
        cause: cause.to_string(),
    }
}

/// Makes the same file where `--make` wants it, to be kept.
pub(crate) fn keep(
    options: &Options,
    path: &Path,
    cancellation: &Cancellation,
) -> Result<(), Error> {
    let saved = Saved::create("file of records", "--make", path, cancellation)?;
    saved.write(|output| made::write(options.terms, options.seed, output))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<Input, Error> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("records");
        fs::write(&path, bytes).expect("a file can be written");
        Input::read(path, false)
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_first_name() {
        let input = read("\u{feff}Oslo;-3.4\nRome;12.1\n".as_bytes()).expect("two records");
        assert!(input.known.text.starts_with("Oslo;-3.4;"), "{}", input.known.text);
    }

    #[test]
    fn another_encoding_is_named() {
        let utf16: Vec<u8> =
            "\u{feff}Oslo;-3.4\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let error = read(&utf16).map(|_| ()).expect_err("it is no UTF-8");
        assert!(error.exit_code() == 65 && error.to_string().contains("UTF-16"), "{error}");
    }
}
