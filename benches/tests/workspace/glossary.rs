//! The glossary has every term once, and each was introduced in the chapter that it names.

use std::collections::BTreeSet;
use std::fs;

use crate::book::root;

/// A row of the glossary.
struct Entry {
    term: String,
    meaning: String,
    chapter: String,
}

fn entries() -> Vec<Entry> {
    let page = fs::read_to_string(root().join("lessons/glossary.md")).expect("a glossary");
    let rows = page.lines().filter(|line| line.starts_with("| **"));
    let entry = |row: &str| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [_, term, meaning, chapter, _] = cells[..] else { panic!("four bars: {row}") };
        let chapter = chapter.split(['[', ']']).nth(1).unwrap_or_else(|| panic!("a link: {row}"));
        let [term, meaning, chapter] =
            [term.trim_matches('*'), meaning, chapter].map(str::to_owned);
        Entry { term, meaning, chapter }
    };
    rows.map(entry).collect()
}

/// All pages of a lesson.
fn pages(lesson: &str) -> String {
    let folder = root().join("lessons").join(lesson);
    let files = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{lesson}: {error}"));
    let pages = files.map(|file| file.expect("an entry").path());
    let pages = pages.filter(|path| path.extension().is_some_and(|ending| ending == "md"));
    pages.map(|page| fs::read_to_string(page).expect("a page")).collect()
}

#[test]
fn the_glossary_is_in_order_and_has_each_term_once() {
    let entries = entries();
    assert!(entries.len() >= 60, "{}", entries.len());
    let terms: Vec<String> = entries.iter().map(|entry| entry.term.to_lowercase()).collect();
    let mut sorted = terms.clone();
    sorted.sort();
    assert_eq!(terms, sorted);
    assert_eq!(terms.iter().collect::<BTreeSet<_>>().len(), terms.len(), "each once");
    for Entry { term, meaning, .. } in &entries {
        assert!(
            meaning.split_whitespace().count() >= 5 && meaning.ends_with('.'),
            "{term}: {meaning}"
        );
    }
}

#[test]
fn every_term_is_introduced_in_its_chapter() {
    let mut missing = Vec::new();
    for Entry { term, chapter, .. } in entries() {
        // `dispatch (GPU)` is the word `dispatch` there.
        let word = term.split(" (").next().unwrap_or(&term).to_lowercase();
        let pages = pages(&chapter).to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
        if !pages.contains(&format!("**{word}")) {
            missing.push(format!("{chapter}: **{word}**"));
        }
    }
    assert_eq!(missing, [""; 0], "no chapter introduces these");
}
