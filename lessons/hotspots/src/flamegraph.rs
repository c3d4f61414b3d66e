use std::fs;
use std::io::Write;
use std::path::PathBuf;

use course::Saved;
use measure::Error;

/// The palette of the picture in light and in dark, after what the picture says itself.
const STYLE: &str = include_str!("flamegraph.css");

/// How many colours it has for functions.
const COLOURS: usize = 6;

/// Writes the picture, in our colours, to the file that was asked for, or else to the usual place, if that can be
/// written. Says where it is.
pub(crate) fn write(svg: &[u8], asked: Option<&Saved>) -> Result<Option<PathBuf>, Error> {
    let svg = coloured(&String::from_utf8_lossy(svg)).into_bytes();
    let Some(saved) = asked else {
        let path = usual_place();
        return Ok(fs::write(&path, &svg).is_ok().then_some(path));
    };
    saved.write(|output| output.write_all(&svg))?;
    Ok(Some(saved.path().to_owned()))
}

/// In `sum-of-parts` of the folder in which cargo built this program, or else in the current folder.
fn usual_place() -> PathBuf {
    let folder = course::target().map(|built| built.join("sum-of-parts"));
    let folder = folder.filter(|folder| fs::create_dir_all(folder).is_ok());
    folder.unwrap_or_default().join("flamegraph.svg")
}

/// The picture in colours that follow the reader's light or dark scheme; a function has the same one in every
/// picture, and neighbours can be told by their edges.
fn coloured(svg: &str) -> String {
    let svg = svg.replacen("</style>", &format!("{STYLE}</style>"), 1);
    let svg = svg.replace("fill=\"url(#background)\"", "fill=\"var(--paper)\"");
    let mut frames = svg.split("<g><title>");
    let mut coloured = frames.next().unwrap_or_default().to_owned();
    for frame in frames {
        let name = frame.split([' ', '<']).next().unwrap_or_default();
        coloured.push_str("<g><title>");
        coloured.push_str(&with_fill(frame, &format!("var(--f{})", colour(name))));
    }
    coloured
}

/// The frame with this fill in its box.
fn with_fill(frame: &str, fill: &str) -> String {
    let Some((before, rest)) = frame.split_once("fill=\"rgb(") else { return frame.to_owned() };
    let Some((_, after)) = rest.split_once('"') else { return frame.to_owned() };
    format!("{before}fill=\"{fill}\"{after}")
}

/// Which colour a function has.
fn colour(name: &str) -> usize {
    name.bytes().fold(0, |sum, byte| (sum * 31 + usize::from(byte)) % 8191) % COLOURS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_has_one_colour_of_both_schemes() {
        let frame = |name: &str, fill: &str| {
            format!("<g><title>{name} (1 samples, 5.00%)</title><rect fill=\"{fill}\"/></g>")
        };
        let svg = format!(
            "<svg><style>text {{}}</style><rect fill=\"url(#background)\"/>{}{}{}</svg>",
            frame("first::parse", "rgb(227,55,22)"),
            frame("first::parse", "rgb(1,2,3)"),
            frame("first::distances", "rgb(227,55,22)"),
        );
        let ours = coloured(&svg);
        assert!(!ours.contains("rgb(") && !ours.contains("url("), "{ours}");
        let parse = format!("fill=\"var(--f{})\"", colour("first::parse"));
        assert!(ours.matches(&parse).count() >= 2 && ours.contains("prefers-color-scheme:dark"));
        assert_ne!(colour("first::parse"), colour("first::distances"));
        assert_eq!(ours.matches("</g>").count(), 3, "nothing is lost: {ours}");
    }
}
