//! What a terminal shows of a class.

use course::{BOLD, wrapped};
use units::count;

use super::Class;
use super::section::Section;
use super::sentence;
use crate::text::plain;

/// So many files that were left out are listed here; the page has all.
const MOST: usize = 20;

pub(super) fn text(class: &Class) -> String {
    let mut text = String::new();
    for section in Section::all(&class.entries) {
        text += &format!("{BOLD}{}{BOLD:#}\n", plain(section.lesson));
        text += &wrapped(&sentence::answer(&section), 2);
        text +=
            &sentence::the_others(section.tally()).map_or(String::new(), |line| wrapped(&line, 2));
    }
    if !class.left_out.is_empty() {
        let files = count(class.left_out.len() as u64, "file");
        text += &format!("{BOLD}Left out: {files}{BOLD:#}\n");
        for left_out in class.left_out.iter().take(MOST) {
            text += &wrapped(&plain(&format!("{}: {}", left_out.file, left_out.why.join("; "))), 2);
        }
        let more = class.left_out.len().saturating_sub(MOST);
        if more > 0 {
            text += &wrapped(&format!("and {more} more: the page has them all"), 2);
        }
    }
    let again: Vec<_> =
        class.entries.iter().filter_map(|entry| Some((entry, entry.recheck.as_ref()?))).collect();
    if !again.is_empty() {
        text += &format!("{BOLD}Run again here{BOLD:#}\n");
        for (entry, recheck) in again {
            let (file, answer) = (&entry.file, recheck.answer.as_str());
            text += &wrapped(&plain(&format!("{file}: {answer}: {}", recheck.words)), 2);
        }
    }
    text
}
