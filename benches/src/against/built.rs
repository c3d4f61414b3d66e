use std::fs;
use std::path::{Path, PathBuf};

use measure::{Cancellation, Error};
use scale::commits::checked_out;
use scale::quietly;
use serde_json::Value;

use crate::program::{cargo, root};
use crate::provenance;

/// The bench of a commit, and that of the working tree.
pub(super) struct Built {
    /// The programs.
    pub(super) programs: [PathBuf; 2],
    /// What they are called.
    pub(super) titles: [String; 2],
}

impl Built {
    /// Builds both as `cargo bench` does: the working tree where cargo builds all, and commits in a folder of their own.
    pub(super) fn new(
        commit: &str,
        cancellation: &Cancellation,
        tell: &impl Fn(&str),
    ) -> Result<Self, Error> {
        let name = name(commit, cancellation)?;
        tell(&format!("building the bench of {name}"));
        let tree = tree(commit, &name, cancellation)?;
        let target = super::folder().join("target");
        let before = bench(&name, (&tree, &target), cancellation)?;
        let now = provenance::commit().unwrap_or_else(|| "the working tree".to_owned());
        tell("building that of the working tree");
        let after = bench("the working tree", (&root(), &target_of_all()), cancellation)?;
        Ok(Built { programs: [before, after], titles: [name, now] })
    }
}

/// The first digits of a commit.
fn name(commit: &str, cancellation: &Cancellation) -> Result<String, Error> {
    let mut git = std::process::Command::new("git");
    git.current_dir(root()).args(["rev-parse", "--quiet", "--verify", "--short=12"]);
    git.args(["--end-of-options", &format!("{commit}^{{commit}}")]);
    let said =
        quietly("git", &mut git, cancellation).ok().and_then(|ended| ended.output.bytes().ok());
    let name = said.map(|said| String::from_utf8_lossy(&said).trim().to_owned());
    name.filter(|name| !name.is_empty()).ok_or_else(|| Error::Input {
        path: Path::new(commit).to_owned(),
        cause: "it is no commit of this repository".to_owned(),
        remedy: "name one that git log shows, or a branch",
    })
}

/// The files of the commit, in a folder in which the last one had its own.
///
/// Cargo calls what it builds of a package the same wherever the workspace lies, and tells by the age of the files
/// whether that is up to date. So files that were checked out before are only left if they are of this commit.
fn tree(commit: &str, name: &str, cancellation: &Cancellation) -> Result<PathBuf, Error> {
    let folder = super::folder().join("commit");
    let (tree, stamp) = (folder.join("tree"), folder.join("whole"));
    if fs::read_to_string(&stamp).is_ok_and(|whole| whole == name) {
        return Ok(tree);
    }
    let refused = |cause: std::io::Error| super::refused("the folder", &folder, &cause);
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(refused)?;
    }
    fs::create_dir_all(&folder).map_err(refused)?;
    checked_out(&root(), commit, &folder, cancellation)?;
    fs::write(stamp, name).map_err(refused)?;
    Ok(tree)
}

/// Builds the bench of a workspace into `target`; gives the program.
fn bench(
    title: &str,
    (workspace, target): (&Path, &Path),
    cancellation: &Cancellation,
) -> Result<PathBuf, Error> {
    let mut build = cargo();
    build.current_dir(workspace).env("CARGO_TARGET_DIR", target);
    build.args([
        "bench",
        "--quiet",
        "--no-run",
        "--locked",
        "--package",
        "benches",
        "--bench",
        "benches",
    ]);
    build.args(["--message-format", "json-render-diagnostics"]);
    build.stdin(std::process::Stdio::null());
    let ended = quietly(&format!("building {title}"), &mut build, cancellation)?;
    let messages = ended.output.bytes().unwrap_or_default();
    let messages = String::from_utf8_lossy(&messages);
    let messages = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mut benches =
        messages.filter(|message| message["target"]["kind"] == serde_json::json!(["bench"]));
    let program = benches.find_map(|message| Some(message["executable"].as_str()?.to_owned()));
    program.map(PathBuf::from).ok_or_else(|| Error::Worker {
        worker: title.to_owned(),
        cause: "it has no bench that `cargo bench` would run".to_owned(),
        remedy: "name a later commit",
    })
}

/// Where cargo builds the working tree.
fn target_of_all() -> PathBuf {
    let folder = crate::saving::folder();
    folder.parent().map_or(folder.clone(), Path::to_owned)
}
