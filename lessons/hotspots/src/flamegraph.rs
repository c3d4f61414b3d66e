use std::fs;
use std::io::Write;
use std::path::PathBuf;

use course::Saved;
use measure::Error;

/// Writes the picture to the file that was asked for, or else to the usual place, if that can be written.
/// Says where it is.
pub(crate) fn write(svg: &[u8], asked: Option<&Saved>) -> Result<Option<PathBuf>, Error> {
    let Some(saved) = asked else {
        let path = usual_place();
        return Ok(fs::write(&path, svg).is_ok().then_some(path));
    };
    saved.write(|output| output.write_all(svg))?;
    Ok(Some(saved.path().to_owned()))
}

/// In `sum-of-parts` of the folder in which cargo built this program, or else in the current folder.
fn usual_place() -> PathBuf {
    let folder = course::target().map(|built| built.join("sum-of-parts"));
    let folder = folder.filter(|folder| fs::create_dir_all(folder).is_ok());
    folder.unwrap_or_default().join("flamegraph.svg")
}
