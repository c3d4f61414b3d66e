use std::path::{Path, PathBuf};

/// What cargo leaves in the folder in which it builds. The first only if it made the folder itself.
const MARKS: [&str; 2] = ["CACHEDIR.TAG", ".rustc_info.json"];

/// The folder in which cargo built this program. `None` where the program lies in no such folder, as one
/// that was copied elsewhere.
pub fn target() -> Option<PathBuf> {
    above(&std::env::current_exe().ok()?)
}

fn above(program: &Path) -> Option<PathBuf> {
    let is_marked = |folder: &&Path| MARKS.iter().any(|mark| folder.join(mark).is_file());
    program.ancestors().skip(1).find(is_marked).map(Path::to_owned)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// Cargo does not tag a folder that was there before.
    #[test]
    fn each_mark_is_enough() {
        for mark in MARKS {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let program = folder.path().join("debug/threads");
            assert_eq!(above(&program), None);
            fs::write(folder.path().join(mark), "").expect("a file");
            assert_eq!(above(&program).as_deref(), Some(folder.path()));
        }
    }
}
