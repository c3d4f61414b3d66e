use std::fs::File;
use std::io::Read;
use std::path::Path;

use measure::Error;

use crate::text_of;

/// A result of a lesson has some hundred kilobytes, and a description of a machine one.
const MOST_BYTES: u64 = 64 << 20;

/// The text of a file that a person has named, unless it is larger than any such file is. `remedy` says
/// what to name instead.
///
/// # Errors
///
/// [`Error::Input`] where it cannot be read, is no regular file, too large, or no text.
pub fn read_text(path: &Path, remedy: &'static str) -> Result<String, Error> {
    limited(path).map_err(|cause| Error::Input { path: path.to_owned(), cause, remedy })
}

fn limited(path: &Path) -> Result<String, String> {
    // Whoever opens a pipe without a writer waits for one. One that a shell made for `<(command)` has a writer, and no
    // place in a folder.
    let kind = path.metadata().map_err(|cause| cause.to_string())?;
    if !kind.is_file() && !kind.is_dir() && path.canonicalize().is_ok() {
        return Err("it is no regular file".to_owned());
    }
    let file = File::open(path).map_err(|cause| cause.to_string())?;
    let mut bytes = Vec::new();
    let read = file.take(MOST_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|cause| cause.to_string())?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(format!("it has more than {} MiB", MOST_BYTES >> 20));
    }
    text_of(&bytes).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg_attr(not(unix), ignore = "needs a pipe with a name, as only Unix has")]
    fn a_pipe_that_nobody_writes_to_is_refused_at_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.is_ok_and(|made| made.success()), "every Unix has mkfifo");
        let error = read_text(&pipe, "name another").expect_err("it is a pipe");
        assert!(error.to_string().ends_with("cannot be read: it is no regular file; name another"));
        assert_eq!(error.exit_code(), 66);
    }

    #[test]
    fn a_file_that_is_larger_than_any_result_is_refused() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        file.as_file().set_len(MOST_BYTES + 1).expect("it takes no room");
        assert_eq!(limited(file.path()), Err("it has more than 64 MiB".to_owned()));
    }

    #[test]
    fn a_missing_file_is_an_error() {
        assert!(limited(Path::new("/no/such/file")).is_err());
    }
}
