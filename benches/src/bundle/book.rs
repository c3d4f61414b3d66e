//! The lessons as a book that a browser opens from the disk.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use measure::{Cancellation, Error};
use scale::quietly;

use super::folder::{self, Size};
use crate::program::{found, root};

/// Builds the book into `part`; there is none without mdbook.
pub(super) fn build(part: &Path, cancellation: &Cancellation) -> Result<Size, Error> {
    let mdbook = mdbook().ok_or_else(|| Error::Missing {
        what: "mdbook".to_owned(),
        why: "it is not on PATH".to_owned(),
        remedy: "the README says how to install it",
    })?;
    let folder = part.join("book");
    let mut build = Command::new(mdbook);
    build.arg("build").arg(root().join("lessons")).arg("--dest-dir").arg(&folder);
    quietly("mdbook", build.stdin(Stdio::null()), cancellation)?;
    folder::size(&folder)
}

/// The one that the checks of this repository have installed, or the reader's own.
fn mdbook() -> Option<PathBuf> {
    let name = format!("mdbook{}", env::consts::EXE_SUFFIX);
    let own = root().join("target/tools/bin").join(&name);
    if own.is_file() { Some(own) } else { found(&name) }
}
