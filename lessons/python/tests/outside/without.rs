//! The lesson on machines that lack things: no Python, an old one, a broken one, nothing set up. The program
//! is copied into a folder of its own, so that it finds nothing that was set up here.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

use libtest_mimic::{Failed, Trial};
use tempfile::TempDir;

use super::PROGRAM;
use super::program::{self, Ended};

/// What a stub of Python answers when it is asked what it is.
const SAYS: &str = r#"{"path": "PATH", "version": [3, MINOR, 1], "implementation": "CPython", "free_threaded": false}"#;

type Test = fn() -> Result<(), Failed>;

pub fn trials() -> Vec<Trial> {
    let tests: [(&str, Test); 7] = [
        ("without_a_python_every_rung_is_skipped", no_python),
        ("an_old_python_is_named", old),
        ("a_python_that_dies_at_its_start_is_a_failed_row", || {
            broken("exit 7", 70, "exit status 7")
        }),
        ("a_python_that_hangs_at_its_start_is_ended", || broken("sleep 1000", 75, "--timeout")),
        ("a_python_that_floods_is_refused", || broken("yes", 70, "nonsense")),
        ("setup_refuses_what_it_cannot_use", refusals),
        ("a_program_in_no_target_folder_sets_nothing_up", nowhere),
    ];
    tests.into_iter().map(|(name, test)| Trial::test(name, test)).collect()
}

/// The program alone in a folder, with nothing else on its path.
struct Alone {
    folder: TempDir,
}

impl Alone {
    fn new() -> Result<Self, Failed> {
        let folder = tempfile::tempdir()?;
        fs::create_dir(folder.path().join("path"))?;
        fs::copy(PROGRAM, folder.path().join("python"))?;
        Ok(Alone { folder })
    }

    /// A Python that says it is 3.`minor`, and does `work` when it is to work.
    fn with_python(self, minor: u32, work: &str) -> Result<Self, Failed> {
        let path = self.folder.path().join("path/python3");
        let says = SAYS.replace("PATH", &path.display().to_string());
        let says = says.replace("MINOR", &minor.to_string());
        let script = format!(
            "#!/bin/sh\nPATH=/usr/bin:/bin\nif [ \"$2\" = -c ]; then echo '{says}'; else {work}; fi\n"
        );
        fs::write(&path, script)?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755))?;
        Ok(self)
    }

    fn run(&self, arguments: &[&str]) -> Result<Ended, Failed> {
        let program = self.folder.path().join("python");
        let mut command = program::command(program.to_str().expect("a plain path"), arguments);
        Ok(program::finish(command.env("PATH", self.folder.path().join("path")).spawn()?))
    }
}

fn skipped(ended: &Ended, why: &str) -> Result<(), Failed> {
    check(ended.code() == Some(0) && ended.stderr.is_empty(), ended)?;
    for row in ended.runs() {
        let (name, note) = (&row["strategy"], row["note"].as_str().unwrap_or_default());
        if name == "rust" {
            check(row["verdict"] == "right", ended)?;
        } else if name != "free-threaded" {
            check(row["verdict"] == "skipped" && row["sum"].is_null(), ended)?;
            check(note.contains(why) && note.contains("cargo run -p python -- setup"), ended)?;
        }
    }
    Ok(())
}

fn no_python() -> Result<(), Failed> {
    let alone = Alone::new()?;
    skipped(&alone.run(&["-n", "1e4", "--rounds", "1", "--json"])?, "none is on the path")?;
    let table = alone.run(&["-n", "1e4", "--rounds", "1"])?;
    check(table.code() == Some(0), &table)?;
    // One reason for all of them is shown once.
    check(table.stdout.matches("none is on the path: ").count() <= 1, &table)?;
    check(table.stdout.lines().all(|line| line.chars().count() <= 80), &table)?;
    for arguments in [&["dis"][..], &["--inspect", "asm"], &["annotate"], &["setup"]] {
        let ended = alone.run(arguments)?;
        check(ended.code() == Some(71) && ended.stderr.lines().count() == 1, &ended)?;
    }
    Ok(())
}

fn old() -> Result<(), Failed> {
    let alone = Alone::new()?.with_python(8, "exit 1")?;
    skipped(&alone.run(&["-n", "1e4", "--rounds", "1", "--json"])?, "3.8.1, too old")
}

fn broken(work: &str, code: i32, says: &str) -> Result<(), Failed> {
    let alone = Alone::new()?.with_python(11, work)?;
    let ended = alone.run(&[
        "-n",
        "1e4",
        "--rounds",
        "1",
        "--json",
        "-s",
        "loop,rust",
        "--timeout",
        "2",
    ])?;
    check(ended.code() == Some(code), &ended)?;
    check(ended.stderr.lines().count() <= 2 && !ended.stderr.contains("panicked"), &ended)?;
    let note = |row: &serde_json::Value| row["note"].as_str().unwrap_or_default().to_owned();
    let rows = ended.runs();
    let row = rows.iter().find(|row| row["strategy"] == "loop");
    let reported = row.is_some_and(|row| row["verdict"] == "failed" && note(row).contains(says));
    check(reported && ended.took < Duration::from_secs(30), &ended)
}

fn refusals() -> Result<(), Failed> {
    let python = python::Pythons::default().found().map(|found| found.path.display().to_string());
    let empty = tempfile::tempdir()?;
    let empty = empty.path().to_str().expect("a plain path");
    let mut cases = vec![
        (vec!["setup", "--python", "/there/is/none"], 2, "does not start"),
        (vec!["setup", "--python", "/bin/true"], 2, "is no Python 3"),
        (vec!["setup", "--free-threaded", "/there/is/none"], 2, "does not start"),
        (vec!["setup", "--offline", "/there/is/none"], 66, "/there/is/none"),
        (vec!["setup", "--offline", empty], 66, "no wheel"),
        (vec!["setup", "more"], 2, "more"),
        (vec!["-n", "5", "setup"], 2, "setup"),
        (vec!["dis", "/there/is/none.py"], 66, "/there/is/none.py"),
        (vec!["dis", "/etc/passwd"], 66, "neither"),
        (vec!["--inspect", "magic"], 2, "magic"),
    ];
    if let Ok(python) = &python {
        cases.push((vec!["setup", "--free-threaded", python], 2, "with the lock"));
    }
    for (arguments, code, says) in cases {
        let ended = program::run(PROGRAM, &arguments);
        check(ended.code() == Some(code) && ended.stderr.contains(says), &ended)?;
        check(ended.stdout.is_empty() && !ended.stderr.contains("panicked"), &ended)?;
    }
    Ok(())
}

fn nowhere() -> Result<(), Failed> {
    let alone = Alone::new()?.with_python(11, "exit 1")?;
    let ended = alone.run(&["setup"])?;
    check(ended.code() == Some(71) && ended.stderr.contains("no target folder"), &ended)?;
    let left = fs::read_dir(Path::new(alone.folder.path()))?.count();
    check(left == 2, &ended)
}

fn check(holds: bool, ended: &Ended) -> Result<(), Failed> {
    if holds { Ok(()) } else { Err(format!("{ended:?}").into()) }
}
