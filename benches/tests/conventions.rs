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

/// The folders of the lessons, in alphabetical order.
fn lessons() -> Vec<String> {
    let folders = fs::read_dir(root().join("lessons")).expect("there are lessons");
    let mut names: Vec<String> = folders
        .map(|entry| entry.expect("the folder can be read"))
        .filter(|entry| entry.path().join("Cargo.toml").exists())
        .map(|entry| entry.file_name().into_string().expect("a plain name"))
        .collect();
    names.sort();
    assert!(names.len() >= 4, "{names:?}");
    names
}

fn packages() -> Vec<String> {
    let lessons = lessons().into_iter().map(|lesson| format!("lessons/{lesson}"));
    lessons.chain(["shared".into(), "benches".into()]).collect()
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

fn all_rust_files() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for package in packages() {
        for folder in ["src", "tests", "benches", "build.rs"] {
            let path = root().join(&package).join(folder);
            if path.is_dir() {
                rust_files(&path, &mut found);
            } else if path.exists() {
                found.push(path);
            }
        }
    }
    assert!(found.len() > 50, "{} files", found.len());
    found
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
fn every_lesson_has_a_chapter_with_the_fixed_parts() {
    for lesson in lessons() {
        let chapter = text(format!("lessons/{lesson}/README.md"));
        let parts: Vec<&str> =
            chapter.lines().filter_map(|line| line.strip_prefix("## ")).map(str::trim).collect();
        assert_eq!(parts, ["Question", "Run", "Read", "Expect", "Why", "Try", "Next"], "{lesson}");
        assert!(chapter.contains(&format!("cargo run -p {lesson}")), "{lesson}");
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
fn files_stay_short() {
    for path in all_rust_files() {
        let lines = fs::read_to_string(&path).expect("a source file").lines().count();
        assert!(lines < 400, "{}: {lines} lines", path.display());
    }
}

#[test]
fn shared_and_the_lessons_know_only_what_they_may() {
    let manifest = text("shared/Cargo.toml");
    for lesson in lessons() {
        assert!(!manifest.contains(&format!("{lesson}.workspace")), "shared knows {lesson}");
    }
    for light in ["sequential", "threads", "processes", "work-stealing"] {
        let manifest = text(format!("lessons/{light}/Cargo.toml"));
        for heavy in ["criterion", "plotters", "cranelift", "iced-x86", "capstone"] {
            assert!(!manifest.contains(heavy), "{light} builds {heavy}");
        }
    }
}
