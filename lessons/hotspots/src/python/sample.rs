use std::fs;
use std::path::{Path, PathBuf};

use measure::Error;
use measure::verdict::Verdict;

use super::options::PythonOptions;
use crate::folder::Folder;
use crate::input;
use crate::known::{self, KnownFile};

/// The programs of this lesson: as one writes it first, and with its hotspot fixed.
const PROGRAMS: [(&str, &str); 2] = [
    ("records.py", include_str!("records.py")),
    ("records_faster.py", include_str!("records_faster.py")),
];

/// The lesson's own programs, with what they read, and what they have to write.
#[derive(Debug)]
pub(super) struct Sample {
    /// As one writes it first.
    pub(super) first: PathBuf,
    /// With its hotspot fixed.
    pub(super) faster: PathBuf,
    pub(super) input: PathBuf,
    pub(super) output: PathBuf,
    pub(super) known: KnownFile,
}

impl Sample {
    /// Writes all of it into `folder`.
    pub(super) fn made(options: &PythonOptions, folder: &Folder) -> Result<Self, Error> {
        let input = folder.path("readings.txt");
        input::make(options.terms, options.seed, &input)?;
        let [first, faster] = PROGRAMS.map(|(name, text)| {
            let path = folder.path(name);
            fs::write(&path, text).map(|()| path).map_err(|cause| input::no_room(&cause))
        });
        let text = fs::read(&input).map_err(|cause| input::no_room(&cause))?;
        let known = known::answer(&text);
        let output = folder.path("result.txt");
        Ok(Sample { first: first?, faster: faster?, input, output, known })
    }

    /// Whether the last run wrote the known answer. Its file is gone afterwards: the next run writes its own.
    pub(super) fn judge(&self) -> Verdict {
        judge(&self.output, &self.known)
    }
}

fn judge(output: &Path, known: &KnownFile) -> Verdict {
    let right = fs::read(output).is_ok_and(|file| file == known.text.as_bytes());
    let _ = fs::remove_file(output);
    if right { Verdict::Right } else { Verdict::Wrong }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_written_or_is_another_answer_is_wrong() {
        let folder = tempfile::tempdir().expect("a folder");
        let (output, known) = (folder.path().join("result.txt"), known::answer(b"a;1\nb;2.5\n"));
        assert_eq!(judge(&output, &known), Verdict::Wrong);
        fs::write(&output, "a;1.0;15\nb;2.5;15\n30\n").expect("it is written");
        assert_eq!(judge(&output, &known), Verdict::Right);
        assert_eq!(judge(&output, &known), Verdict::Wrong, "the file of an older run");
        fs::write(&output, "a;1.0;15\nb;2.5;15\n31\n").expect("it is written");
        assert_eq!(judge(&output, &known), Verdict::Wrong);
    }
}
