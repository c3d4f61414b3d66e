use course::Document;

use crate::program::program;

/// Seconds that the rounds of one lesson may take.
const BUDGET: &str = "3";

/// Builds and runs the program of a lesson, for these rows, and reads its document.
///
/// # Errors
///
/// Why there is none, in one line.
pub(super) fn run(lesson: &str, rows: &[&str]) -> Result<Document, String> {
    let mut command = program(lesson);
    command.args(["--json", "--kernel", "integers", "--workers", "auto"]);
    command.args(["--budget", BUDGET, "--strategy", &rows.join(",")]);
    let ended = command.output().map_err(|cause| format!("cargo could not be started: {cause}"))?;
    let text = String::from_utf8_lossy(&ended.stdout);
    // A row that failed is in the document, too, with its reason.
    Document::parse(&text).map_err(|cause| {
        let errors = String::from_utf8_lossy(&ended.stderr);
        let last = errors.lines().rfind(|line| !line.trim().is_empty());
        last.map_or(cause, |line| line.trim().to_owned())
    })
}
