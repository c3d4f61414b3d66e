//! All exercises, in the order in which they are done.

use crate::exercise::Exercise;

/// A chapter of exercises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chapter {
    /// Its folder.
    pub name: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// The names of its files, and what is in them.
    sources: &'static [(&'static str, &'static str)],
}

/// Writes a chapter: its folder, its heading, and the files of its exercises.
macro_rules! chapter {
    ($name:literal, $title:literal, $($exercise:literal),* $(,)?) => {
        Chapter {
            name: $name,
            title: $title,
            sources: &[$((
                $exercise,
                include_str!(concat!("../set/", $name, "/", $exercise, ".rs")),
            )),*],
        }
    };
}

/// All chapters, in order.
pub const CHAPTERS: &[Chapter] = &[
    chapter!("cutting", "Cutting ranges", "no_tail"),
    chapter!("joining", "Starting and joining", "scoped"),
    chapter!("sharing", "Sharing", "lost_update"),
];

/// All exercises, in order.
///
/// # Errors
///
/// What is wrong with a source, in words.
pub fn all() -> Result<Vec<Exercise>, String> {
    let of_chapter = |chapter: &'static Chapter| {
        chapter.sources.iter().map(|(name, source)| Exercise::parse(chapter.name, name, source))
    };
    CHAPTERS.iter().flat_map(of_chapter).collect()
}
