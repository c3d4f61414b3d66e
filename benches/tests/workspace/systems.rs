//! What is said about other systems: the list of tests that emulation cannot judge names tests that are there.

use std::collections::BTreeSet;
use std::fs;

use super::promises::{root, sources, test_names};

/// A line of the list: `windows | processes worker::some_test | a reason`.
struct Marked {
    system: String,
    package: String,
    test: String,
    reason: String,
}

/// The lines of the list.
fn marked(list: &str) -> Vec<Marked> {
    let lines = list.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let marked = lines.map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [system, test, reason] = cells[..] else { panic!("three cells in a line: {line}") };
        let (package, test) = test.split_once(' ').unwrap_or_else(|| panic!("no package: {line}"));
        let [system, package, test, reason] = [system, package, test, reason].map(str::to_owned);
        Marked { system, package, test, reason }
    });
    marked.collect()
}

/// What is wrong with the list, one line each.
fn faults(list: &str) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut faults = Vec::new();
    for Marked { system, package, test, reason } in marked(list) {
        let name = test.rsplit("::").next().expect("a path has a last part");
        let sources = sources(&package);
        // Where a macro or a program makes the tests: as a function, or by a text.
        let made = [format!("fn {name}()"), format!("\"{name}\"")];
        let mut says = |what: &str| faults.push(format!("{package} {test}: {what}"));
        if !["windows", "arm", "both"].contains(&system.as_str()) {
            says("for which system?");
        }
        if !test_names(&sources).any(|known| known == name)
            && !made.iter().any(|text| sources.contains(text))
        {
            says("there is no such test");
        }
        if reason.is_empty() {
            says("has no reason");
        }
        if !seen.insert((package.clone(), test.clone())) {
            says("is there twice");
        }
    }
    faults
}

#[test]
fn every_marked_test_is_there_and_has_a_reason() {
    let list = fs::read_to_string(root().join(".ci/emulated.txt")).expect("the list");
    assert_eq!(faults(&list), [""; 0]);
}

#[test]
fn a_bad_list_is_seen() {
    let good = "# a comment\nboth | threads a::a_full_disk_is_an_error | no such device\n";
    for (line, fault) in [
        ("both | threads a::no_such_test | why", "there is no such test"),
        ("plan9 | threads a::a_full_disk_is_an_error | why", "for which system?"),
        ("both | threads a::a_full_disk_is_an_error |", "has no reason"),
    ] {
        let faults = faults(line);
        assert!(faults.len() == 1 && faults[0].contains(fault), "{line}: {faults:?}");
    }
    assert_eq!(faults(good), [""; 0]);
    assert_eq!(faults(&good.repeat(2)).len(), 1);
}
