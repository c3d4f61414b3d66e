//! The rules that hold in every room, checked against the sources.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("benches lie in the workspace").to_owned()
}

fn text(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The packages in a room, in alphabetical order.
fn folders(room: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join(room)).expect("there is such a room");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("the folder can be read"))
        .filter(|entry| entry.path().join("Cargo.toml").exists())
        .map(|entry| entry.file_name().into_string().expect("a plain name"))
        .collect();
    names.sort();
    assert!(names.len() >= 4, "{names:?}");
    names
}

pub(crate) fn lessons() -> Vec<String> {
    folders("lessons")
}

/// The folders of all packages but those that lie within a lesson.
fn packages() -> Vec<String> {
    let lessons = lessons().into_iter().map(|lesson| format!("lessons/{lesson}"));
    let shared = folders("shared").into_iter().map(|layer| format!("shared/{layer}"));
    lessons.chain(shared).chain(["benches".into(), "yours".into()]).collect()
}

#[test]
fn every_package_is_named_as_its_folder_and_inherits() {
    for package in packages() {
        let manifest = text(format!("{package}/Cargo.toml"));
        let folder = package.rsplit('/').next().expect("a path has a last part");
        assert!(manifest.contains(&format!("name = \"{folder}\"")), "{package}");
        for inherited in ["version", "edition", "rust-version", "license"] {
            assert!(manifest.contains(&format!("{inherited}.workspace = true")), "{package}");
        }
        assert!(manifest.contains("[lints]\nworkspace = true"), "{package}: lints");
        assert!(!manifest.contains("[profile"), "{package}: profiles live in the root");
        let sections = manifest
            .split("\n[")
            .filter(|section| section.starts_with("lib]") || section.starts_with("[bin]]"));
        for section in sections {
            assert!(section.contains("bench = false"), "{package}: {section}");
        }
    }
}

#[test]
fn versions_live_in_the_root_only() {
    for package in packages() {
        for line in text(format!("{package}/Cargo.toml")).lines() {
            let target = line.starts_with('[');
            let version = !target && line.contains("= \"") && line.contains(char::is_numeric);
            assert!(!version || line.starts_with("name"), "{package}: {line}");
        }
    }
}

#[test]
fn both_first_pages_know_every_lesson() {
    let (readme, first_page) = (text("README.md"), text("lessons/README.md"));
    for lesson in lessons() {
        assert!(readme.contains(&format!("(lessons/{lesson}/README.md)")), "{lesson}");
        assert!(first_page.contains(&format!("({lesson}/README.md)")), "{lesson}");
    }
}

#[test]
fn every_lesson_keeps_the_contract() {
    for lesson in lessons() {
        let name = lesson.replace('-', "_");
        let files = [format!("{name}.rs"), format!("{name}/main.rs")];
        let files = files.map(|file| root().join("lessons").join(&lesson).join("tests").join(file));
        let tests = files.iter().find_map(|file| fs::read_to_string(file).ok());
        let tests = tests.unwrap_or_else(|| panic!("{lesson} has no tests/{name}.rs"));
        assert!(tests.contains("testkit::"), "{lesson}: no checks of its program");
    }
}

#[test]
fn shared_and_the_lessons_know_only_what_they_may() {
    for layer in folders("shared") {
        let manifest = text(format!("shared/{layer}/Cargo.toml"));
        for lesson in lessons() {
            assert!(!manifest.contains(&format!("{lesson}.workspace")), "{layer} knows {lesson}");
        }
    }
    for light in ["sequential", "threads", "processes", "work-stealing"] {
        let manifest = text(format!("lessons/{light}/Cargo.toml"));
        for heavy in ["criterion", "plotters", "cranelift", "iced-x86", "capstone"] {
            assert!(!manifest.contains(heavy), "{light} builds {heavy}");
        }
    }
}
