//! What a teacher chooses: whose crates, and for which systems.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::str::FromStr;

use clap::ValueEnum;

use crate::program::root;
use crate::text::listed;

/// The lessons of a first hour, and of a first day.
const CORE: [&str; 4] = ["sequential", "threads", "processes", "work-stealing"];

/// The lesson that is in every bundle: it judges exercises.
const CHECKER: &str = "practice";

/// What is to be in a bundle.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Whose crates.
    pub lessons: Lessons,
    /// Where they are to be built.
    pub systems: Vec<TargetSystem>,
    /// More bytes than this are too many for the archive.
    pub most_bytes: u64,
}

/// The lessons whose crates are in a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lessons {
    /// All of them, with the benches, and with what their tests need.
    All,
    /// These, and `practice`.
    Named(BTreeSet<String>),
}

/// A system that a bundle can be built on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TargetSystem {
    Linux,
    Macos,
    Windows,
}

impl FromStr for Lessons {
    type Err = String;

    /// Reads `core`, `all`, and names of lessons, separated by commas.
    fn from_str(text: &str) -> Result<Self, String> {
        let known = known();
        let mut named = BTreeSet::from([CHECKER.to_owned()]);
        for name in text.split(',').map(str::trim) {
            match name {
                "all" => return Ok(Lessons::All),
                "core" => named.extend(CORE.map(str::to_owned)),
                name if known.contains(name) => {
                    named.insert(name.to_owned());
                }
                unknown => {
                    return Err(format!(
                        "there is no lesson {unknown:?}: core, all, or some of {}; for example: threads,scale",
                        known.into_iter().collect::<Vec<_>>().join(", ")
                    ));
                }
            }
        }
        Ok(Lessons::Named(named))
    }
}

impl fmt::Display for Lessons {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Lessons::All => f.write_str("all lessons"),
            Lessons::Named(names) => {
                f.write_str(&listed(&names.iter().cloned().collect::<Vec<_>>()))
            }
        }
    }
}

/// The lessons of the workspace.
fn known() -> BTreeSet<String> {
    let entries = fs::read_dir(root().join("lessons")).into_iter().flatten().flatten();
    let lessons = entries.filter(|entry| entry.path().join("Cargo.toml").exists());
    lessons.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

impl TargetSystem {
    /// What cargo calls the machines of learners on this system.
    pub(super) fn triples(self) -> &'static [&'static str] {
        match self {
            TargetSystem::Linux => &["x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu"],
            TargetSystem::Macos => &["aarch64-apple-darwin", "x86_64-apple-darwin"],
            // The last one is for those without the Build Tools for Visual Studio.
            TargetSystem::Windows => {
                &["x86_64-pc-windows-msvc", "aarch64-pc-windows-msvc", "x86_64-pc-windows-gnu"]
            }
        }
    }

    fn title(self) -> &'static str {
        match self {
            TargetSystem::Linux => "Linux",
            TargetSystem::Macos => "macOS",
            TargetSystem::Windows => "Windows",
        }
    }
}

/// `Linux, macOS and Windows`.
pub(super) fn in_words(systems: &[TargetSystem]) -> String {
    listed(&systems.iter().map(|system| system.title().to_owned()).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checker_is_always_in_it() {
        let named = |text: &str| text.parse::<Lessons>().expect("known").to_string();
        assert_eq!(named("threads"), "practice and threads");
        assert_eq!(named("scale, core"), named("core,scale,practice"));
        assert_eq!(named("threads,all"), "all lessons");
    }

    #[test]
    fn an_unknown_lesson_is_refused_with_those_that_there_are() {
        let refused = "threads,thread".parse::<Lessons>().expect_err("there is no such lesson");
        assert!(refused.contains("\"thread\"") && refused.contains("work-stealing"), "{refused}");
        assert!("".parse::<Lessons>().is_err());
    }
}
