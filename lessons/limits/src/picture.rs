//! Pictures as SVG: each speaks of itself in a title and a description, and follows light and dark.

use std::fs;
use std::path::Path;

use course::svg::Svg;
use measure::Error;

/// The width of every picture; a page scales it.
pub(crate) const WIDTH: f64 = 640.0;

const STYLE: &str = include_str!("picture/style.css");

/// A whole document with the name of its file: `drawing`, so high, with a title and what there is to see.
pub(crate) fn picture(
    name: &str,
    title: &str,
    reading: &str,
    height: f64,
    drawing: Svg,
) -> (String, String) {
    let (title_id, text_id) = (format!("{name}-title"), format!("{name}-text"));
    let mut svg = Svg::default();
    svg.tag("svg")
        .is("xmlns", "http://www.w3.org/2000/svg")
        .is("class", "sop-limits")
        .is("viewBox", &format!("0 0 {WIDTH} {}", height.ceil()))
        .is("role", "img")
        .is("aria-labelledby", &format!("{title_id} {text_id}"))
        .open();
    svg.tag("title").is("id", &title_id).text(title);
    svg.tag("desc").is("id", &text_id).text(reading);
    svg.tag("style").text(STYLE);
    svg.tag("rect").is("class", "paper").at("width", WIDTH).at("height", height.ceil()).leaf();
    svg.label("head", 16.0, 24.0, title);
    svg.append(drawing);
    (name.to_owned(), svg.finished())
}

/// Makes the folder for the pictures, before anything is measured.
///
/// # Errors
///
/// Where the system refuses it.
pub(crate) fn folder(path: &Path) -> Result<(), Error> {
    fs::create_dir_all(path).map_err(|cause| refused(path, cause))
}

/// Writes the pictures; gives the paths of their files.
///
/// # Errors
///
/// Where the system refuses one.
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
