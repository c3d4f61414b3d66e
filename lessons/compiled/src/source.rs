//! The sources of this lesson, kept in the program: it shows them wherever it is run.

/// The end of each file's path, and what is in it.
const FILES: [(&str, &str); 8] = [
    ("compiled/src/plain.rs", include_str!("plain.rs")),
    ("compiled/src/masked.rs", include_str!("masked.rs")),
    ("compiled/src/folded.rs", include_str!("folded.rs")),
    ("compiled/src/unoptimised.rs", include_str!("unoptimised.rs")),
    ("compiled/src/your_turn.rs", include_str!("your_turn.rs")),
    ("compiled/src/cxx_unoptimised.rs", include_str!("cxx_unoptimised.rs")),
    ("compiled/src/cxx_optimised.rs", include_str!("cxx_optimised.rs")),
    ("cxx/sums.cpp", include_str!("../cxx/sums.cpp")),
];

/// A line of a source of this lesson; `None` if it is one of another file.
pub(crate) fn line(file: &str, number: u32) -> Option<&'static str> {
    let file = resolved(file);
    let (_, text) = FILES.into_iter().find(|(path, _)| file.ends_with(path))?;
    text.lines().nth(usize::try_from(number).ok()?.checked_sub(1)?)
}

/// The path without its turns back: `a/../b` is `b`.
fn resolved(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split(['/', '\\']) {
        if part == ".." && parts.last().is_some_and(|last| *last != "..") {
            parts.pop();
        } else if part != "." {
            parts.push(part);
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_found_also_where_the_path_has_turns() {
        let path = "/x/lessons/compiled/unoptimised/src/../../src/plain.rs";
        assert_eq!(line(path, 1), include_str!("plain.rs").lines().next());
        assert_eq!(line("/x/compiled/src/plain.rs", 0), None);
        assert_eq!(line("/x/compiled/src/plain.rs", 10_000), None);
        assert_eq!(line("/x/core/src/ops/arith.rs", 3), None);
    }
}
