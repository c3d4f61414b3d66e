use std::process::Command;
use std::time::SystemTime;

use kernels::Workers;
use measure::machine::Machine;
use measure::{Context, Error};

use crate::results::Results;

/// Results with nothing measured yet: where, when and on what they are about to be.
///
/// # Errors
///
/// Where the system refuses the threads that measure the machine's ceilings.
pub fn results_of_nothing(arguments: &[String]) -> Result<Results, Error> {
    Ok(Results {
        schema: Results::SCHEMA,
        kind: Results::KIND.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        began: humantime::format_rfc3339_seconds(SystemTime::now()).to_string(),
        took: 0.0,
        commit: commit(),
        seed: Some(course::options::values::seed_of_the_clock()),
        arguments: arguments.to_vec(),
        complete: false,
        load: load(),
        machine: Machine::measured(&Context::new(Workers::usable()), None)?,
        measured: Vec::new(),
        timelines: Vec::new(),
        ladder: None,
        troubles: Vec::new(),
    })
}

/// The commit of the workspace, with `+changes` where tracked files differ from it.
pub(crate) fn commit() -> Option<String> {
    let git = |arguments: &[&str]| {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
        let output = Command::new("git").arg("-C").arg(root).args(arguments).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let commit = git(&["rev-parse", "--short=12", "HEAD"])?;
    let changes = git(&["status", "--porcelain", "--untracked-files=no"])?;
    Some(if changes.is_empty() { commit } else { format!("{commit}+changes") })
}

/// The load averages of 1, 5 and 15 minutes.
fn load() -> Option<[f64; 3]> {
    let text = std::fs::read_to_string("/proc/loadavg").ok()?;
    let mut numbers = text.split_whitespace().map_while(|word| word.parse().ok());
    Some([numbers.next()?, numbers.next()?, numbers.next()?])
}
