//! The gallery of machines: every file keeps the rules, and its page lists what is there and what is missing.

use std::fs;

use benches::gallery::folder;
use course::gallery::{Entry, Kind};

/// The kinds that the table under a heading lists, with the rest of each row.
fn listed(page: &str, heading: &str) -> Vec<(String, String)> {
    let section = page.split(&format!("\n## {heading}\n")).nth(1).expect("a section");
    let section = section.split("\n## ").next().unwrap_or_default();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| ")).skip(1);
    let row = |row: &str| {
        let (kind, rest) = row.split_once(" | ").expect("two cells");
        let kind = kind.trim_start_matches('[').split(']').next().unwrap_or_default();
        (kind.to_owned(), rest.trim_end_matches(" |").to_owned())
    };
    rows.map(row).collect()
}

#[test]
fn every_machine_keeps_the_rules() {
    let files = fs::read_dir(folder()).expect("the gallery").flatten();
    let files: Vec<_> =
        files.map(|file| file.path()).filter(|path| !path.ends_with("README.md")).collect();
    assert!(!files.is_empty());
    for file in files {
        let entry = Entry::load(&file).unwrap_or_else(|fault| panic!("{fault}"));
        assert!(file.ends_with(entry.kind.file_name()), "{}", file.display());
    }
}

#[test]
fn the_page_lists_what_is_there_and_what_is_missing() {
    let page = fs::read_to_string(folder().join("README.md")).expect("the page");
    let is_there = |kind: &Kind| folder().join(kind.file_name()).exists();
    let (there, missing): (Vec<Kind>, Vec<Kind>) = Kind::ALL.into_iter().partition(is_there);
    let missing: Vec<_> =
        missing.into_iter().map(|kind| (kind.to_string(), kind.title().to_owned())).collect();
    assert_eq!(listed(&page, "Missing"), missing);
    let recorded = listed(&page, "Recorded");
    let names: Vec<&str> = recorded.iter().map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(names, there.iter().map(|kind| kind.name()).collect::<Vec<_>>());
    for (kind, (_, row)) in there.into_iter().zip(&recorded) {
        let entry = Entry::of_kind(&folder(), kind).expect("it keeps the rules");
        for said in [kind.title(), &entry.machine.cpu, &entry.recorded] {
            assert!(row.contains(said), "{kind}: {said} is not in {row}");
        }
    }
}
