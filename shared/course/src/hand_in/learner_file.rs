use std::fmt::Write;

use measure::Error;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// No file of a learner is longer: an exercise has some kilobytes.
pub const MOST_BYTES: usize = 256 << 10;

/// A file that the learner has written, with its digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LearnerFile {
    /// Where it is, from the root of the workspace: `lessons/threads/src/your_turn.rs`.
    pub path: String,
    /// The SHA-256 digest of its text, in hexadecimal.
    pub sha256: String,
    /// Its text.
    pub text: String,
}

impl LearnerFile {
    /// The file at `path` in the workspace, which holds `text`.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] where it has more than [`MOST_BYTES`].
    pub fn new(path: &str, text: &str) -> Result<Self, Error> {
        if text.len() > MOST_BYTES {
            return Err(Error::Usage(format!(
                "{path} has {} KiB, and a file that is handed in has {} at most; move its data into a \
                 file of its own",
                text.len().div_ceil(1 << 10),
                MOST_BYTES >> 10
            )));
        }
        Ok(LearnerFile { path: path.to_owned(), sha256: digest(text), text: text.to_owned() })
    }

    /// The learner's own kernel, as it was compiled.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] where it has more than [`MOST_BYTES`].
    pub fn kernel() -> Result<Self, Error> {
        LearnerFile::new("yours/src/lib.rs", include_str!("../../../../yours/src/lib.rs"))
    }

    /// Whether the digest is that of the text, and the text no longer than allowed.
    pub fn is_sound(&self) -> bool {
        self.text.len() <= MOST_BYTES && self.sha256.eq_ignore_ascii_case(&digest(&self.text))
    }
}

/// The SHA-256 digest of `text`, in hexadecimal.
fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().fold(String::new(), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The values are those of FIPS 180-4.
    #[test]
    fn the_digest_is_sha_256() {
        let of = |text| LearnerFile::new("a", text).expect("small").sha256;
        assert_eq!(of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(of(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    #[test]
    fn a_text_that_was_changed_afterwards_is_found() {
        let file = LearnerFile::new("a", "one line").expect("small");
        assert!(file.is_sound());
        let changed = LearnerFile { text: "another".to_owned(), ..file.clone() };
        assert!(!changed.is_sound());
        let loud = LearnerFile { sha256: file.sha256.to_uppercase(), ..file };
        assert!(loud.is_sound());
    }

    #[test]
    fn a_file_that_is_too_long_is_refused() {
        assert!(LearnerFile::new("a", &"x".repeat(MOST_BYTES)).is_ok());
        let error = LearnerFile::new("src/a.rs", &"x".repeat(MOST_BYTES + 1)).expect_err("long");
        assert!(error.to_string().starts_with("src/a.rs has 257 KiB"), "{error}");
        assert_eq!(error.exit_code(), 2);
    }
}
