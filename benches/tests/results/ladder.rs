//! `cargo run -p benches -- ladder`, with a cargo that only says what the lessons would say.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use benches::ladder::{RUNGS, lessons};
use benches::results::Results;

use crate::made_up;

/// A cargo that answers with `$answers/<lesson>`, or fails where there is no such file. The lesson is the
/// word after `--package`.
const CARGO: &str = r#"#!/bin/sh
while [ "$1" != --package ]; do shift; done
cat "$(dirname "$0")/$2" 2>/dev/null || { echo "error: no $2 here" >&2; exit 101; }
"#;

/// A folder with that cargo, and the answers of all lessons.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let cargo = folder.path().join("cargo");
    fs::write(&cargo, CARGO).expect("it can be written");
    fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).expect("it is ours");
    for lesson in lessons() {
        let rows = RUNGS.iter().filter(|rung| rung.lesson == lesson).map(|rung| rung.row);
        let runs: Vec<_> = rows.map(|row| run(row, lesson == "threads")).collect();
        answer(folder.path(), lesson, &serde_json::json!(runs));
    }
    folder
}

fn run(row: &str, two: bool) -> serde_json::Value {
    let seconds = if two { 0.06 } else { 0.1 };
    serde_json::json!({
        "strategy": row, "workers": if two { 2 } else { 1 }, "terms": 1_000_000, "note": null,
        "seconds": {"median": seconds, "low": seconds * 0.9, "high": seconds * 1.1}, "verdict": "right",
    })
}

fn answer(folder: &Path, lesson: &str, runs: &serde_json::Value) {
    let of_device = |kind| serde_json::json!({"name": "a device", "kind": kind});
    let device = if lesson == "gpu" { of_device("discrete") } else { serde_json::Value::Null };
    answer_with(folder, lesson, runs, &device);
}

fn answer_with(folder: &Path, lesson: &str, runs: &serde_json::Value, device: &serde_json::Value) {
    let document = serde_json::json!({
        "schema": 2, "lesson": lesson, "machine": {"cpu": "a processor", "usable_cores": 2},
        "kernel": {"name": "integers", "terms": 1_000_000}, "runs": runs,
        "device": device,
    });
    fs::write(folder.join(lesson), document.to_string()).expect("it can be written");
}

fn climb(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_benches"));
    command.arg("ladder").args(arguments).env("CARGO", folder.join("cargo"));
    command.env("CARGO_TARGET_DIR", folder).output().expect("it starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn results(folder: &Path) -> Results {
    Results::load(&folder.join("sum-of-parts/results.json")).expect("they are there")
}

#[test]
fn all_rungs_are_printed_saved_and_drawn() {
    let folder = folder();
    let output = climb(folder.path(), &["--every"]);
    let (printed, errors) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{errors}");
    assert_eq!(errors.lines().count(), lessons().len(), "{errors}");
    assert!(printed.lines().all(|line| line.chars().count() <= 80 || line.contains("report")));
    for words in ["loop (python)", "scoped (threads), 2", "another 1.67 times"] {
        assert!(printed.contains(words), "{words}: {printed}");
    }
    let ladder = results(folder.path()).ladder.expect("it is kept");
    assert_eq!((ladder.steps.len(), ladder.missing.len()), (RUNGS.len(), 0));
    let report = fs::read_to_string(folder.path().join("sum-of-parts/report.html"));
    let report = report.expect("there is one");
    assert!(report.contains("From an interpreter to many machines") && report.contains("ladder"));
    assert!(!report.contains("interrupted"));
    assert!(folder.path().join("sum-of-parts/charts/ladder.svg").is_file());
}

#[test]
fn the_ladder_goes_to_the_results_that_are_there() {
    let folder = folder();
    let before = made_up::results(1, &[1, 2], 2);
    let place = folder.path().join("sum-of-parts");
    fs::create_dir_all(&place).expect("it can be made");
    fs::write(place.join("results.json"), before.to_json()).expect("it can be written");
    let output = climb(folder.path(), &["sequential", "threads"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let after = results(folder.path());
    let ids = |results: &Results| results.measured.iter().map(|one| one.id()).collect::<Vec<_>>();
    assert_eq!(ids(&after), ids(&before));
    let steps = after.ladder.expect("it is there").steps;
    let rows: Vec<&str> = steps.iter().map(|step| step.row.as_str()).collect();
    assert_eq!(rows, ["term-by-term", "simd", "scoped"]);
}

/// The ladder of a file that was written before there were devices.
#[test]
fn a_ladder_of_before_there_were_devices_is_read() {
    let whole = made_up::results(1, &[1, 2], 2);
    let mut old = serde_json::to_value(&whole).expect("plain data");
    for step in old["ladder"]["steps"].as_array_mut().expect("a list") {
        step.as_object_mut().expect("an object").remove("device").expect("it was written");
    }
    let steps = old["ladder"]["steps"].as_array_mut().expect("a list");
    steps.retain(|step| step["lesson"] != "gpu");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("results.json");
    fs::write(&file, old.to_string()).expect("it can be written");
    let read = Results::load(&file).expect("it is read").ladder.expect("it has one");
    let steps = whole.ladder.expect("it is made up").steps;
    assert_eq!(read.device(), None);
    assert!(read.steps.iter().all(|step| steps.contains(step)) && read.steps.len() > 10);
}

#[test]
fn results_that_cannot_be_read_are_refused_and_stay() {
    let folder = folder();
    let place = folder.path().join("sum-of-parts");
    fs::create_dir_all(&place).expect("it can be made");
    let file = place.join("results.json");
    let whole = made_up::results(1, &[1, 2], 2).to_json();
    let newer = whole.replacen("\"schema\":2", "\"schema\":3", 1);
    for unreadable in [&whole[..whole.len() / 2], newer.as_str(), ""] {
        fs::write(&file, unreadable).expect("it can be written");
        let output = climb(folder.path(), &["sequential"]);
        let errors = text(&output.stderr);
        assert_eq!(output.status.code(), Some(65), "{errors}");
        assert!(errors.lines().count() == 1 && errors.contains("results.json"), "{errors}");
        assert_eq!(fs::read_to_string(&file).expect("it is there"), unreadable);
        assert_eq!(fs::read_dir(&place).expect("it is there").count(), 1);
    }
}

#[test]
fn missing_rungs_give_their_reason() {
    let folder = folder();
    fs::remove_file(folder.path().join("jit")).expect("it was there");
    fs::write(folder.path().join("ffi"), "no JSON").expect("it can be written");
    let mut skipped = run("reduce", false);
    skipped["seconds"] = serde_json::Value::Null;
    (skipped["verdict"], skipped["note"]) = ("skipped".into(), "MPI is missing".into());
    answer(folder.path(), "distributed", &serde_json::json!([skipped]));
    let output = climb(folder.path(), &[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let printed = text(&output.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "jit: later-calls (error: no jit here)",
        "ffi: c-whole (it is no result of a lesson (--json)",
        "distributed: reduce (skipped: MPI is missing)",
    ] {
        assert!(printed.contains(words), "{words}: {printed}");
    }
    let output = climb(folder.path(), &["--every", "jit", "sequential"]);
    assert_eq!(output.status.code(), Some(70));
    let last = text(&output.stderr).lines().last().map(str::to_owned).unwrap_or_default();
    assert_eq!(last, "benches: error: not measured: jit: later-calls (error: no jit here)");
}

/// The text on one line.
fn joined(bytes: &[u8]) -> String {
    text(bytes).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_device_in_software_is_named_as_one_everywhere() {
    let folder = folder();
    let mut fast = run("strided", false);
    fast["seconds"] = serde_json::json!({"median": 1e-6, "low": 0.9e-6, "high": 1.1e-6});
    let device = serde_json::json!({"name": "an emulator", "kind": "software", "offers": []});
    answer_with(folder.path(), "gpu", &serde_json::json!([fast]), &device);
    let output = climb(folder.path(), &["--every"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let printed = joined(&output.stdout);
    for words in
        ["strided (gpu), in software", "an emulator is a program on the cores", "1.67 times"]
    {
        assert!(printed.contains(words), "{words}: {printed}");
    }
    let ladder = results(folder.path()).ladder.expect("it is kept");
    assert_eq!(ladder.device().expect("it is kept").name, "an emulator");
    let place = folder.path().join("sum-of-parts");
    let report = fs::read_to_string(place.join("report.html")).expect("there is one");
    for words in ["strided (gpu), in software", "<td>not compared</td>", "no GPU, but a program"] {
        assert!(report.contains(words), "{words}");
    }
    let drawing = fs::read_to_string(place.join("charts/ladder.svg")).expect("it is drawn");
    assert!(drawing.contains("strided (gpu), in software"));
    assert_eq!(drawing.matches("class=\"dot hollow\"").count(), 1, "its dot is an outline");
}

#[test]
fn without_a_device_its_rung_is_missing_with_the_reason() {
    let folder = folder();
    let mut skipped = run("strided", false);
    skipped["seconds"] = serde_json::Value::Null;
    let note = "a GPU with a driver is missing: nobody shows one; install its driver";
    (skipped["verdict"], skipped["note"]) = ("skipped".into(), note.into());
    answer_with(folder.path(), "gpu", &serde_json::json!([skipped]), &serde_json::Value::Null);
    let output = climb(folder.path(), &[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let printed = joined(&output.stdout);
    assert!(
        printed.contains(&format!("Not measured: gpu: strided (skipped: {note}).")),
        "{printed}"
    );
    let ladder = results(folder.path()).ladder.expect("it is kept");
    assert_eq!((ladder.steps.len(), ladder.device()), (RUNGS.len() - 1, None));
}

#[test]
fn where_nothing_can_be_measured_nothing_is_written() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = climb(folder.path(), &["sequential"]);
    assert_eq!(output.status.code(), Some(70), "{}", text(&output.stdout));
    assert!(text(&output.stderr).contains("cargo could not be started"));
    assert!(!folder.path().join("sum-of-parts").exists());
    let output = climb(folder.path(), &["astronomy"]);
    assert_eq!(output.status.code(), Some(2));
}
