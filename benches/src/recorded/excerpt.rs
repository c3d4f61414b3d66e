//! Lines of a source that a chapter shows.

use std::fs;
use std::path::Path;

/// The lines of `file` between `ANCHOR: name` and `ANCHOR_END: name`, without other anchors and as far to the left
/// as they go.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let folder = tempfile::tempdir()?;
/// let file = folder.path().join("sum.rs");
/// std::fs::write(&file, "fn f() {\n    // ANCHOR: loop\n    loop {}\n    // ANCHOR_END: loop\n}\n")?;
/// assert_eq!(benches::recorded::excerpt(&file, "loop")?, "loop {}\n");
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// The file cannot be read, or the anchor is not there, does not end, or holds nothing.
pub fn excerpt(file: &Path, name: &str) -> Result<String, String> {
    let source = fs::read_to_string(file).map_err(|cause| format!("no such file: {cause}"))?;
    let mut lines = source.lines().skip_while(|line| anchor(line, "ANCHOR: ") != Some(name));
    lines.next().ok_or("no such anchor")?;
    let mut inside = Vec::new();
    loop {
        let line = lines.next().ok_or("the anchor does not end")?;
        if anchor(line, "ANCHOR_END: ") == Some(name) {
            break;
        }
        if !is_anchor(line) {
            inside.push(line.trim_end());
        }
    }
    let filled = || inside.iter().filter(|line| !line.is_empty());
    let indent = filled().map(|line| line.len() - line.trim_start().len()).min();
    let indent = indent.ok_or("the anchor is empty")?;
    let shifted = inside.iter().map(|line| line.get(indent..).unwrap_or_default());
    Ok(shifted.flat_map(|line| [line, "\n"]).collect())
}

/// The names of all anchors that begin in `source`.
pub fn anchors(source: &str) -> impl Iterator<Item = &str> {
    source.lines().filter_map(|line| anchor(line, "ANCHOR: "))
}

fn is_anchor(line: &str) -> bool {
    anchor(line, "ANCHOR: ").is_some() || anchor(line, "ANCHOR_END: ").is_some()
}

/// The name of the anchor that begins (`ANCHOR: `) or ends (`ANCHOR_END: `) in `line`.
fn anchor<'a>(line: &'a str, mark: &str) -> Option<&'a str> {
    let line = line.trim();
    line.strip_prefix("// ").or_else(|| line.strip_prefix("# "))?.strip_prefix(mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(source: &str) -> Result<String, String> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("sum.py");
        fs::write(&file, source).expect("a file");
        excerpt(&file, "new")
    }

    #[test]
    fn an_excerpt_is_moved_to_the_left_and_holds_no_other_anchor() {
        let source = "a\n  # ANCHOR: new\n    b\n    # ANCHOR: c\n\n      d\n  # ANCHOR_END: c\n  # ANCHOR_END: new\ne";
        assert_eq!(of(source).as_deref(), Ok("b\n\n  d\n"));
    }

    #[test]
    fn a_bad_anchor_is_an_error() {
        for (source, says) in [
            ("// ANCHOR: newer\nx\n// ANCHOR_END: newer\n", "no such anchor"),
            ("// ANCHOR: new\n\n// ANCHOR_END: new\n", "empty"),
            ("// ANCHOR: new\nx\n// ANCHOR_END: old\n", "does not end"),
        ] {
            let why = of(source).expect_err(source);
            assert!(why.contains(says), "{why}");
        }
        let missing = excerpt(Path::new("/no/such/file.rs"), "new").expect_err("there is none");
        assert!(missing.contains("no such file"), "{missing}");
    }
}
