//! Every promise names tests, and the tests are there.

use std::fs;
use std::path::{Path, PathBuf};

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("benches lie in the workspace").to_owned()
}

/// The sources of a package's tests, its own unit tests included. All that every program promises is in
/// `testkit`, and belongs to those who name it.
pub fn sources(package: &str) -> String {
    let rooms = ["lessons", "shared", ""].map(|room| root().join(room).join(package));
    let folder = rooms.into_iter().find(|folder| folder.join("Cargo.toml").is_file());
    let folder = folder.unwrap_or_else(|| panic!("there is no package {package}"));
    let mut text = String::new();
    read_all(&folder.join("src"), &mut text);
    if folder.join("tests").is_dir() {
        read_all(&folder.join("tests"), &mut text);
    }
    if text.contains("testkit::contract!") {
        read_all(&root().join("shared/testkit/src"), &mut text);
    }
    text
}

/// The tests in these sources: functions, and the checks that a macro of `testkit` makes into tests.
pub fn test_names(sources: &str) -> impl Iterator<Item = &str> {
    let functions = sources
        .split("#[test]")
        .skip(1)
        .filter_map(|after| after.split_once("fn ").and_then(|(_, rest)| rest.split('(').next()));
    let checks = sources.lines().filter_map(|line| {
        let (module, check) = line.trim().strip_suffix(',')?.split_once("::")?;
        let is_name = |text: &str| text.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        (is_name(module) && is_name(check)).then_some(check)
    });
    functions.chain(checks)
}

fn read_all(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            read_all(&path, text);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            *text += &fs::read_to_string(&path).expect("a source file");
        }
    }
}

/// Whether `cargo test -p <command>` runs anything: a test whose path has the filter in it. A script that looks from
/// outside is a command, too.
fn runs_something(command: &str) -> bool {
    if command.starts_with(".ci/") {
        return root().join(command).is_file();
    }
    let mut words = command.split(' ');
    let sources = sources(words.next().expect("a package"));
    match (words.next(), words.next()) {
        (None, _) => sources.contains("#[test]"),
        (Some("--test"), Some(file)) => {
            let package = command.split(' ').next().expect("a package");
            root().join("lessons").join(package).join("tests").join(format!("{file}.rs")).exists()
        }
        (Some(filter), _) => test_names(&sources).any(|name| name.contains(filter)),
    }
}

/// A row of the table.
struct Promise {
    number: String,
    /// What is tested on Linux, and how.
    linux: Vec<String>,
    /// What the other columns say: "the same", "untested", or tests of their own.
    elsewhere: Vec<String>,
}

fn promises(page: &str) -> Vec<Promise> {
    let rows = page.lines().filter_map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, number, _, linux, arm, windows, macos, _] = cells[..] else { return None };
        let number: u32 = number.parse().ok().filter(|number| (1..=13).contains(number))?;
        let elsewhere = [arm, windows, macos].map(str::to_owned).to_vec();
        Some(Promise { number: number.to_string(), linux: commands(linux), elsewhere })
    });
    rows.collect()
}

/// The arguments of `cargo test -p` in a cell.
fn commands(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn every_promise_has_tests_that_are_there() {
    let page = root().join("lessons/reference/promises.md");
    let promises = promises(&fs::read_to_string(page).expect("the promises"));
    assert_eq!(promises.len(), 13, "one row for each");
    for Promise { number, linux, elsewhere } in &promises {
        assert!(!linux.is_empty(), "promise {number} names no test");
        let own =
            elsewhere.iter().filter(|cell| !["the same", "untested"].contains(&cell.as_str()));
        let own = own.flat_map(|cell| {
            let commands = commands(cell);
            assert!(!commands.is_empty(), "promise {number}: {cell}: which test?");
            commands
        });
        for command in linux.iter().cloned().chain(own) {
            assert!(runs_something(&command), "promise {number}: cargo test -p {command}");
        }
    }
}

#[test]
fn a_command_that_runs_nothing_is_seen() {
    assert!(!runs_something("processes no_such_test"));
    assert!(!runs_something("processes --test no_such_file"));
    assert!(!runs_something(".ci/no_such_file"));
    assert!(runs_something("measure"));
    assert!(runs_something("threads full_disk") && !runs_something("sequential full_disk_is_no"));
}

/// Any program that starts worker processes can be one: its first line turns such a start into a worker.
#[test]
fn whoever_starts_workers_can_be_one() {
    let lessons = ["lessons/processes/src/main.rs", "lessons/faults/src/main.rs"];
    for main in lessons.into_iter().chain(["benches/benches/main.rs"]) {
        let source = fs::read_to_string(root().join(main)).expect("a main");
        let body = source.split("fn main() -> ExitCode {").nth(1).expect("it gives an exit code");
        let mut lines = body.lines().map(str::trim);
        let first = lines.find(|line| !line.is_empty() && !line.starts_with("//"));
        let first = first.expect("a first line");
        assert!(first.contains("processes::worker_if_asked()"), "{main}: {first}");
    }
}
