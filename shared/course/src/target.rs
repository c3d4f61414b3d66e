use std::path::PathBuf;

/// The folder in which cargo built this program: cargo marks it as one that can be made again. `None`
/// where the program lies in no such folder, as one that was copied elsewhere.
pub fn target() -> Option<PathBuf> {
    let program = std::env::current_exe().ok()?;
    let found = program.ancestors().skip(1).find(|folder| folder.join("CACHEDIR.TAG").is_file())?;
    Some(found.to_owned())
}
