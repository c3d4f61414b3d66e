//! What a learner reads first, in the folder of the bundle.

use std::path::Path;

use measure::Error;

use super::choice::{Choice, Lessons, in_words};
use super::folder;

/// What no bundle has, and what to do about it: for whoever hands it out.
pub(super) const NEVER_IN_IT: [&str; 2] = [
    "Rust: a toolchain is for one system only. Where the network is too slow for rustup, carry Rust's standalone \
     installer for each system, or a copy of a folder in ~/.rustup/toolchains: it works wherever it lies, once its \
     bin is on PATH.",
    "A linker: gcc on Linux, the command line tools on macOS, the Build Tools for Visual Studio on Windows. The README \
     names the packages.",
];

const PAGE: &str = include_str!("first_hour.md");

const BOOK: &str = "The chapters are in the book: open `book/index.html` in a browser.";
const NO_BOOK: &str =
    "The chapters are the `README.md` of each lesson: begin with `lessons/threads/README.md`.";

const ALL: &str = "Everything else of the course builds, too: `cargo test`, `cargo bench`, and every lesson. Only the \
                   rows of `python`, which its `setup` installs, come from the network.";
const SOME: &str = "Other lessons, `cargo test` and `cargo bench` need crates that are left out here. Cargo says so: \
                    *this crate is not in the bundle*.";

/// Writes the page of a bundle.
pub(super) fn write(part: &Path, choice: &Choice, has_book: bool) -> Result<(), Error> {
    folder::write(&part.join("FIRST-HOUR.md"), &page(choice, has_book))
}

fn page(choice: &Choice, has_book: bool) -> String {
    let others = if choice.lessons == Lessons::All { ALL } else { SOME };
    PAGE.replace("{rust}", env!("CARGO_PKG_RUST_VERSION"))
        .replace("{lessons}", &choice.lessons.to_string())
        .replace("{systems}", &in_words(&choice.systems))
        .replace("{chapters}", if has_book { BOOK } else { NO_BOOK })
        .replace("{others}", others)
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum;

    use super::*;
    use crate::bundle::choice::TargetSystem;

    #[test]
    fn the_page_names_what_is_in_the_bundle() {
        let lessons = "threads".parse().expect("known");
        let systems = TargetSystem::value_variants().to_vec();
        let choice = Choice { lessons, systems, most_bytes: 0 };
        let page = page(&choice, false);
        assert!(page.contains("practice and threads, on Linux, macOS and Windows"), "{page}");
        assert!(page.contains("Rust 1.95") && page.contains("left out"), "{page}");
        assert!(page.contains("lessons/threads/README.md") && !page.contains('{'), "{page}");
        let commands = page.lines().filter(|line| line.starts_with("cargo run")).count();
        assert_eq!(commands, 3, "{page}");
    }
}
