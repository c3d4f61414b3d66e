//! One file for each system: no other source asks which one this is.

use std::path::{Path, PathBuf};

use regex::Regex;

use crate::book::{files_under, root};

/// The sources that ask all the same, and why, in alphabetical order. This list may only become shorter.
const EXCEPTIONS: [(&str, &str); 3] = [
    (
        "lessons/distributed/src/bound.rs",
        "ranks end with their supervisor where the kernel sees to it",
    ),
    ("lessons/python/src/child.rs", "its tests write scripts that only Unix starts"),
    (
        "lessons/python/src/place.rs",
        "an environment of Python has its programs elsewhere on Windows",
    ),
];

#[test]
fn only_the_files_for_systems_ask_which_system_this_is() {
    let mut asking: Vec<String> = sources().into_iter().filter(asks).map(name).collect();
    asking.sort();
    let known = EXCEPTIONS.map(|(source, _)| source);
    assert_eq!(asking, known, "a question to the system belongs into its `system.rs`");
}

/// All sources but those that are there to ask.
fn sources() -> Vec<PathBuf> {
    let rooms = ["lessons", "shared", "benches", "yours"].map(|room| root().join(room));
    let is_source = |path: &PathBuf| {
        let mut folders = path.components().map(|part| part.as_os_str());
        path.extension().is_some_and(|extension| extension == "rs")
            && folders.any(|folder| folder == "src")
            && !path.ends_with("system.rs")
            && !path.components().any(|part| part.as_os_str() == "system")
    };
    let sources: Vec<PathBuf> =
        rooms.iter().flat_map(|room| files_under(room)).filter(is_source).collect();
    assert!(sources.len() > 300, "only {} sources", sources.len());
    sources
}

/// Whether a source asks, but for what a test does that is shown as ignored elsewhere.
fn asks(source: &impl AsRef<Path>) -> bool {
    let asked = r"\bcfg(_attr)?!?\(.*\b(unix|windows|target_os|target_family|target_vendor)\b";
    let asked = Regex::new(asked).expect("a pattern");
    let text = std::fs::read_to_string(source).expect("a source");
    let text = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    text.filter(|line| asked.is_match(line)).any(|line| !line.contains("ignore = "))
}

/// Its path from the root, with the same signs on every system.
fn name(source: PathBuf) -> String {
    let path = source.strip_prefix(root()).unwrap_or(&source);
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}
