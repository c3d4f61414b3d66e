use std::fs::File;
use std::io::Read;
use std::path::Path;

use measure::Error;

/// A result of a lesson has some hundred kilobytes, and a description of a machine one.
const MOST_BYTES: u64 = 64 << 20;

/// The text of a file that a person has named, unless it is larger than any such file is. `remedy` says
/// what to name instead.
pub(crate) fn read(path: &Path, remedy: &'static str) -> Result<String, Error> {
    limited(path).map_err(|cause| Error::Input { path: path.to_owned(), cause, remedy })
}

fn limited(path: &Path) -> Result<String, String> {
    if is_named_pipe(path) {
        return Err("it is a pipe, and whoever opens it waits until somebody writes".to_owned());
    }
    let file = File::open(path).map_err(|cause| cause.to_string())?;
    let mut bytes = Vec::new();
    let read = file.take(MOST_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|cause| cause.to_string())?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(format!("it has more than {} MiB", MOST_BYTES >> 20));
    }
    course::text_of(&bytes).map(str::to_owned)
}

/// Whether it is a pipe that has a name in a folder. One that a shell made for `<(command)` has none, and a writer.
#[cfg(unix)]
fn is_named_pipe(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt;
    let kind = std::fs::metadata(path).map(|facts| facts.file_type());
    kind.is_ok_and(|kind| kind.is_fifo()) && path.canonicalize().is_ok()
}

#[cfg(not(unix))]
fn is_named_pipe(_: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn a_pipe_that_nobody_writes_to_is_refused_at_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.is_ok_and(|made| made.success()), "every Unix has mkfifo");
        assert!(limited(&pipe).expect_err("it is a pipe").starts_with("it is a pipe"));
    }

    #[test]
    #[cfg_attr(not(unix), ignore = "needs a device without an end, as only Unix has")]
    fn a_file_without_an_end_is_refused() {
        let error = read(Path::new("/dev/zero"), "name another").expect_err("it has no end");
        let expected = "/dev/zero cannot be read: it has more than 64 MiB; name another";
        assert_eq!((error.to_string().as_str(), error.exit_code()), (expected, 66));
    }

    #[test]
    fn a_missing_file_is_an_error() {
        assert!(limited(Path::new("/no/such/file")).is_err());
    }
}
