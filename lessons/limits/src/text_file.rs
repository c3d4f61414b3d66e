use std::fs::File;
use std::io::Read;
use std::path::Path;

/// A result of a lesson has some hundred kilobytes, and a description of a machine one.
const MOST: u64 = 64 << 20;

/// The text of a file that a person has named: not more of it than any such file has.
///
/// # Errors
///
/// Why it cannot be read, in a few words.
pub(crate) fn read(path: &Path) -> Result<String, String> {
    let file = File::open(path).map_err(|cause| cause.to_string())?;
    let mut text = String::new();
    let read = file.take(MOST + 1).read_to_string(&mut text);
    read.map_err(|cause| cause.to_string())?;
    if text.len() as u64 > MOST {
        return Err(format!("it has more than {} MiB", MOST >> 20));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_without_an_end_is_refused() {
        assert_eq!(read(Path::new("/dev/zero")), Err("it has more than 64 MiB".to_owned()));
    }

    #[test]
    fn what_is_not_there_is_said() {
        assert!(read(Path::new("/no/such/file")).is_err());
    }
}
