use std::env;
use std::path::Path;
use std::process::{Command, Stdio};

use course::Document;

/// Seconds that the rounds of one lesson may take.
const BUDGET: &str = "3";

/// Builds and runs the program of a lesson, for these rows, and reads its document.
///
/// # Errors
///
/// Why there is none, in one line.
pub(super) fn run(lesson: &str, rows: &[&str]) -> Result<Document, String> {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).args(["run", "--quiet"]);
    command.args(["--locked", "--package", lesson]);
    if lesson == "distributed" && on_path("mpirun") {
        command.args(["--features", "mpi"]);
    }
    command.args(["--", "--json", "--kernel", "integers", "--workers", "auto"]);
    command.args(["--budget", BUDGET, "--strategy", &rows.join(",")]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let ended = command.output().map_err(|cause| format!("cargo could not be started: {cause}"))?;
    let text = String::from_utf8_lossy(&ended.stdout);
    // A row that failed is in the document, too, with its reason.
    Document::parse(&text).map_err(|cause| {
        let errors = String::from_utf8_lossy(&ended.stderr);
        let last = errors.lines().rfind(|line| !line.trim().is_empty());
        last.map_or(cause, |line| line.trim().to_owned())
    })
}

/// Whether there is a program of this name. Where MPI is, its headers may still be missing: then cargo
/// says what it could not build.
fn on_path(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder: std::path::PathBuf| Path::is_file(&folder.join(program)))
}
