//! How much of each line Cython leaves to Python: the pages of its two rungs, side by side.

mod page;
mod table;

use std::fs;
use std::path::{Path, PathBuf};

use course::wrapped;
use measure::Error;

use crate::place;
use crate::pythons::Pythons;
use crate::rung::rung;

/// Cython's pages of the two rungs, and one that holds both.
const UNTYPED: &str = "cython_untyped.html";
const TYPED: &str = "cython_typed.html";
const BOTH: &str = "cython.html";

/// Shows what each line of the two rungs became, and where the pages are; and writes the one that holds both.
///
/// # Errors
///
/// [`Error::Missing`] where the rungs were not built.
pub(crate) fn annotated(pythons: &Pythons) -> Result<String, Error> {
    for name in ["cython-untyped", "cython-typed"] {
        pythons.python_for(rung(name).expect("it is in the table"))?;
    }
    let missing = |path: &Path, why: &str| Error::Missing {
        what: path.display().to_string(),
        why: why.to_owned(),
        remedy: "delete target/sum-of-parts/python, and run: cargo run -p python -- setup",
    };
    let folder = folder().ok_or_else(|| missing(Path::new(BOTH), "it has no folder"))?;
    let functions = |name: &str| {
        let path = folder.join(name);
        let html = fs::read_to_string(&path).map_err(|cause| missing(&path, &cause.to_string()));
        html.map(|html| page::functions(&html))
    };
    let table = table::table(functions(UNTYPED)?, functions(TYPED)?);
    let both = folder.join(BOTH);
    fs::write(&both, page_of_both()).map_err(|cause| Error::Refused {
        what: both.display().to_string(),
        cause: cause.to_string(),
        remedy: "free some space there, or allow writing to it",
    })?;
    let intro = "What Cython makes of the same loop, line by line. Its own pages show the same in yellow: \
                 the more of Python is left in a line, the yellower it is.";
    let pages = format!(
        "For a browser, side by side, and with the C of each line: {} ({UNTYPED} and {TYPED} lie beside it)",
        both.display()
    );
    Ok(format!("{}\n{table}\n{}", wrapped(intro, 0), wrapped(&pages, 0)))
}

/// Says how to see it; empty where the rungs were not built.
pub(crate) fn mention() -> String {
    let built = folder().is_some_and(|folder| folder.join(TYPED).is_file());
    let text = "How much of each line Cython leaves to Python: cargo run -p python -- annotate";
    if built { wrapped(text, 0) } else { String::new() }
}

fn folder() -> Option<PathBuf> {
    place::made().map(|made| place::built(&made).join("annotated"))
}

/// A page with both of Cython's in it; on a narrow screen one below the other.
fn page_of_both() -> String {
    let part = |title: &str, page: &str| {
        format!(
            "<section><h2>{title}</h2><iframe src=\"{page}\" title=\"{title}\"></iframe></section>\n"
        )
    };
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>One loop in Cython, twice</title>\n\
         <style>{STYLE}</style>\n<h1>One loop in Cython, without types and with them</h1>\n\
         <p>The yellower a line, the more of Python is left in it. Click a line to see its C.</p>\n\
         <main>\n{}{}</main>\n</html>\n",
        part("without types", UNTYPED),
        part("with types", TYPED)
    )
}

/// The frames are white in the dark, too: Cython's pages know no other ground.
const STYLE: &str = "
:root { color-scheme: light dark; font-family: system-ui, sans-serif }
body { margin: 0; padding: 1rem; box-sizing: border-box; height: 100vh; display: flex; flex-direction: column }
h1 { font-size: 1.25rem; margin: 0 } h2 { font-size: 1rem; margin: 0 0 .25rem } p { margin: .25rem 0 1rem }
main { flex: 1; display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; min-height: 0 }
section { display: flex; flex-direction: column; min-height: 0; min-width: 0 }
iframe { flex: 1; border: 1px solid #888; background: #fff; color-scheme: light }
@media (max-width: 50rem) { main { grid-template-columns: 1fr } iframe { min-height: 45vh } body { height: auto } }
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_page_holds_both() {
        let page = page_of_both();
        assert!(page.contains("src=\"cython_untyped.html\""), "{page}");
        assert!(page.contains("src=\"cython_typed.html\""), "{page}");
        assert!(!page.contains("http"), "nothing from elsewhere: {page}");
    }
}
