//! Two commits of a repository, each in a folder of its own, and built there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use children::shell;
use measure::{Cancellation, Error};

use crate::subject::{Folders, quietly};
use crate::template::Template;

/// What the folder of a commit is called in words.
const TREE: &str = "{tree}";

/// Checks both commits out, builds each, and gives the words of the program for each.
///
/// Nothing changes in the repository, nor in its working tree: the index of these folders is their own.
pub(crate) fn built(
    commits: &[String; 2],
    build: Option<&Template>,
    words: &[Template],
    folders: &Folders,
    cancellation: &Cancellation,
) -> Result<[Vec<Template>; 2], Error> {
    let named = words.iter().chain(build).any(|word| word.as_str().contains(TREE));
    if !named {
        return Err(Error::Usage(format!(
            "the program is the same for both commits: put {TREE} where their folders belong; for example: compare \
             --commits main,HEAD --build \"cargo build --release --manifest-path {TREE}/Cargo.toml\" -- \
             {TREE}/target/release/sum"
        )));
    }
    let words_of = |commit: &String| -> Result<Vec<Template>, Error> {
        let tree = checked_out(Path::new("."), commit, &folders.path()?, cancellation)?;
        let filled = |word: &Template| word.as_str().replace(TREE, &tree.display().to_string());
        if let Some(line) = build {
            quietly("--build", shell(&filled(line)).stdin(Stdio::null()), cancellation)?;
        }
        Ok(words.iter().map(|word| Template::from(filled(word).as_str())).collect())
    };
    Ok([words_of(&commits[0])?, words_of(&commits[1])?])
}

/// Checks a commit of the repository around `repository` out, in a folder in `folder` that is given back.
///
/// # Errors
///
/// [`Error::Input`] where there is no such commit, or the system refuses the files.
pub fn checked_out(
    repository: &Path,
    commit: &str,
    folder: &Path,
    cancellation: &Cancellation,
) -> Result<PathBuf, Error> {
    let wrong = |cause: String| Error::Input {
        path: Path::new(commit).to_owned(),
        cause,
        remedy: "name a commit of the repository around this folder; git log shows them",
    };
    let tree = folder.join("tree");
    fs::create_dir_all(&tree).map_err(|cause| wrong(cause.to_string()))?;
    let git = |words: &[&str]| {
        let mut git = Command::new("git");
        git.env("GIT_INDEX_FILE", folder.join("index")).stdin(Stdio::null());
        git.current_dir(repository);
        let ended = quietly("git", git.arg("--work-tree").arg(&tree).args(words), cancellation);
        ended.map_err(|error| match error {
            Error::Worker { cause, .. } => wrong(cause),
            other => other,
        })
    };
    // An option is no commit.
    git(&[
        "rev-parse",
        "--quiet",
        "--verify",
        "--end-of-options",
        &format!("{commit}^{{commit}}"),
    ])?;
    git(&["read-tree", commit])?;
    git(&["checkout-index", "--all", "--force"])?;
    Ok(tree)
}
