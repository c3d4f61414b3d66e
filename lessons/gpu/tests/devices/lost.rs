//! A device that is lost, as a watchdog of the system takes it away: in the submission, or while somebody waits for it.
//! The row that asked for it has failed, and all others are right, on a device that was opened anew.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use libtest_mimic::{Failed, Trial};
use testkit::{finish, trial};

use super::PROGRAM;
use super::driver::{Driver, holds};

const LAYER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/devices/lost.c");

pub fn trials() -> Vec<Trial> {
    let no_compiler = || {
        let started = Command::new("cc").arg("--version").output();
        started.is_err().then(|| "no C compiler `cc`".to_owned())
    };
    let missing = Driver::Lavapipe.missing().or_else(no_compiler);
    let mut trials = Vec::new();
    for place in ["submit", "wait"] {
        // The first belong to the first row, and those behind it to any.
        for at in ["1", "2", "4", "7", "12", "20"] {
            let name = format!("a_device_lost_in_{place}_{at}_is_one_row_that_says_so");
            trials.push(trial(name, missing.clone(), move || lost(place, at)));
        }
    }
    trials
}

fn lost(place: &str, at: &str) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let library = folder.path().join("lost.so");
    let built =
        Command::new("cc").args(["-shared", "-fPIC", "-o"]).arg(&library).arg(LAYER).output()?;
    if !built.status.success() {
        return Err(String::from_utf8_lossy(&built.stderr).into_owned().into());
    }
    describe(&library, &folder.path().join("lost.json"))?;
    let rows = ["-s", "one-atomic,tree,strided,two-pass"];
    let few =
        ["-k", "integers", "-n", "70000", "-w", "1", "--rounds", "1", "--no-baseline", "--json"];
    let mut command = Driver::Lavapipe.command(PROGRAM, &[&few[..], &rows].concat());
    command.env("VK_LAYER_PATH", folder.path()).env("VK_INSTANCE_LAYERS", "VK_LAYER_TEST_lost");
    let ended = finish(command.env("LOST_IN", place).env("LOST_AT", at).spawn()?);
    holds(ended.code() == Some(70) && ended.took < Duration::from_secs(30), &ended)?;
    let line = &ended.stderr;
    holds(
        line.lines().count() == 1 && line.contains("lost") && !line.contains("panicked"),
        &ended,
    )?;
    let verdicts: Vec<_> = ended.runs().iter().map(|row| row["verdict"].clone()).collect();
    let count = |verdict: &str| verdicts.iter().filter(|one| *one == verdict).count();
    holds(count("failed") == 1 && count("right") == 3, &ended)
}

/// Describes the layer to the loader.
fn describe(library: &Path, file: &Path) -> Result<(), Failed> {
    let description = serde_json::json!({
        "file_format_version": "1.0.0",
        "layer": {
            "name": "VK_LAYER_TEST_lost",
            "type": "GLOBAL",
            "library_path": library,
            "api_version": "1.3.0",
            "implementation_version": "1",
            "description": "says that the device is lost",
        },
    });
    Ok(fs::write(file, description.to_string())?)
}
