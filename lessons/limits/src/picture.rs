//! Pictures as files.

use std::fs;
use std::path::Path;

use draw::Drawing;
use measure::Error;

/// A picture with the name of its file: `drawing` with a title and what there is to see.
pub(crate) fn picture(
    name: &str,
    title: &str,
    reading: &str,
    drawing: Drawing,
) -> (String, String) {
    (name.to_owned(), drawing.picture_with_heading(name, title, reading))
}

/// Creates the folder for the pictures, before anything is measured.
pub(crate) fn create_folder(path: &Path) -> Result<(), Error> {
    fs::create_dir_all(path).map_err(|cause| refused(path, cause))
}

/// Writes the pictures; gives the paths of their files.
pub(crate) fn save(folder: &Path, pictures: &[(String, String)]) -> Result<Vec<String>, Error> {
    let write = |(name, svg): &(String, String)| {
        let path = folder.join(format!("{name}.svg"));
        fs::write(&path, svg).map_err(|cause| refused(&path, cause))?;
        Ok(path.display().to_string())
    };
    pictures.iter().map(write).collect()
}

fn refused(path: &Path, cause: std::io::Error) -> Error {
    Error::Save { what: "picture", option: "--svg", path: path.to_owned(), cause }
}
