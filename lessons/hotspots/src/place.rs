use std::path::PathBuf;

/// Where the flamegraph goes unless told otherwise: into `sum-of-parts` of the folder in which cargo
/// built this program, or else into the current folder.
pub(crate) fn of_the_flamegraph() -> PathBuf {
    let folder = course::target().map(|built| built.join("sum-of-parts"));
    let folder = folder.filter(|folder| std::fs::create_dir_all(folder).is_ok());
    folder.unwrap_or_default().join("flamegraph.svg")
}
