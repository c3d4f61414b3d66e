//! The files of the workspace, as they are in the working tree.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use measure::{Cancellation, Error};
use scale::quietly;
use units::count;

use super::folder::{self, Size, refused};
use crate::program::root;

/// Copies the files that git tracks to `part`; those that are removed in the working tree are left out.
pub(super) fn copy(part: &Path, cancellation: &Cancellation) -> Result<Size, Error> {
    let mut size = Size::default();
    for name in listed("--cached", cancellation)? {
        let (from, to) = (root().join(&name), part.join(&name));
        if !from.is_file() {
            continue;
        }
        to.parent().map_or(Ok(()), folder::create)?;
        size.bytes += fs::copy(&from, &to).map_err(|cause| refused(&to, &cause))?;
        size.files += 1;
    }
    Ok(size)
}

/// What is said of files that git neither tracks nor ignores: they may be anybody's, and are left out.
pub(super) fn left_out(cancellation: &Cancellation) -> Result<Option<String>, Error> {
    let others = listed("--others", cancellation)?;
    let files = count(others.len() as u64, "file");
    Ok(others.first().map(|first| {
        format!(
            "{files} that git does not track, {first} for one: where they belong to the course, `git add` them, and make \
             the bundle again."
        )
    }))
}

/// The files of the workspace that git lists with this option.
fn listed(which: &str, cancellation: &Cancellation) -> Result<Vec<String>, Error> {
    let mut git = Command::new("git");
    git.current_dir(root()).args(["ls-files", "-z", "--exclude-standard", which]);
    let ended = quietly("git", git.stdin(Stdio::null()), cancellation);
    let ended = ended.map_err(|error| match error {
        Error::Worker { cause, .. } | Error::Row { cause, .. } => Error::Missing {
            what: "the list of the files that belong to the course".to_owned(),
            why: cause,
            remedy: "install git; in a copy without its history, run `git init` and `git add .` first",
        },
        other => other,
    })?;
    let names = ended.output.bytes().map_err(|cause| refused(&root(), &cause))?;
    let names = String::from_utf8_lossy(&names).into_owned();
    Ok(names.split('\0').filter(|name| !name.is_empty()).map(str::to_owned).collect())
}
