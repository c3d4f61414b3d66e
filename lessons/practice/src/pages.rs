//! The pages of the book: one for each chapter of exercises, made from the same sources as everything else.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use crate::exercise::Exercise;
use crate::set::Chapter;

/// Where the page of a chapter is.
pub fn page_file(chapter: &Chapter) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("{}.md", chapter.name))
}

/// The page of a chapter: each exercise with its task, and its hints and its solution folded away.
///
/// # Errors
///
/// What is wrong with a source, in words.
pub fn page(chapter: &Chapter) -> Result<String, String> {
    let exercises = chapter.exercises()?;
    let mut text = format!(
        "<!-- Made by `cargo run -p practice -- pages` from the files in set/{}. -->\n\n# {}\n\n```sh\ncargo run -p \
         practice -- check {}\n```\n",
        chapter.name, chapter.title, chapter.name
    );
    for exercise in &exercises {
        text += &section(exercise);
    }
    Ok(text)
}

fn section(exercise: &Exercise) -> String {
    let mut text = format!("\n## {}: {}\n", exercise.name, exercise.title);
    for paragraph in exercise.task().split("\n\n").skip(1) {
        // The page lies two folders above the learner's file.
        let paragraph = paragraph.trim().replace("](../../../", "](../");
        let _ = write!(text, "\n{paragraph}\n");
    }
    for (number, hint) in exercise.hints.iter().enumerate() {
        let _ = write!(text, "\n{}", folded(&format!("Hint {}", number + 1), hint));
    }
    let code = format!("```rust\n{}```", exercise.solution_alone());
    let _ = write!(text, "\n{}", folded("Solution", &code));
    text
}

fn folded(title: &str, content: &str) -> String {
    format!("<details>\n<summary>{title}</summary>\n\n{content}\n\n</details>\n")
}
