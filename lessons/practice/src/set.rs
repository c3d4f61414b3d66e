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
    chapter!(
        "cutting",
        "Cutting ranges",
        "no_tail",
        "few_terms",
        "blocks",
        "start_anywhere",
        "by_weight",
    ),
    chapter!(
        "joining",
        "Starting and joining",
        "scoped",
        "owned",
        "results",
        "caller_works",
        "panics",
        "all_joined",
    ),
    chapter!(
        "sharing",
        "Sharing",
        "lock_per_block",
        "lost_update_atomic",
        "lost_update_lock",
        "lost_update_private",
        "ordering",
        "one_shot",
        "lost_wake_up",
        "lock_order",
        "read_lock",
        "barrier",
        "bounded_channel",
    ),
    chapter!("lines", "Cache lines", "stride", "padding", "private_then_join", "read_mostly",),
    chapter!(
        "scheduling",
        "Scheduling",
        "self_scheduling",
        "grain",
        "guided",
        "both_ends",
        "steal_one",
        "steal_half",
        "join_threshold",
        "know_when_not",
    ),
    chapter!(
        "processes",
        "Processes",
        "spawn_and_wait",
        "full_pipe",
        "exit_status",
        "dead_child",
        "retry",
        "end_with_the_parent",
        "input_end",
    ),
    chapter!(
        "core",
        "One core",
        "four_sums",
        "lanes",
        "branches",
        "blocking",
        "float_order",
        "pairwise",
    ),
    chapter!("patterns", "Patterns", "prefix", "histogram", "sum_by_key", "minimum"),
    chapter!("laws", "Laws", "predict", "serial_part", "choose_workers", "break_even"),
    chapter!("gpu", "On a device", "tree", "coalesced", "two_passes", "two_words", "device_pays",),
];

impl Chapter {
    /// Its exercises, in order.
    ///
    /// # Errors
    ///
    /// What is wrong with a source, in words.
    pub fn exercises(&self) -> Result<Vec<Exercise>, String> {
        let parse = |(name, source): &(&str, &str)| Exercise::parse(self.name, name, source);
        self.sources.iter().map(parse).collect()
    }
}

/// All exercises, in order.
///
/// # Errors
///
/// What is wrong with a source, in words.
pub fn all() -> Result<Vec<Exercise>, String> {
    let chapters: Result<Vec<Vec<Exercise>>, String> =
        CHAPTERS.iter().map(Chapter::exercises).collect();
    chapters.map(|chapters| chapters.into_iter().flatten().collect())
}
