use std::collections::BTreeSet;

use course::HandIn;

/// The learner's files: their digests, and their places.
pub(super) fn faults(hand_in: &HandIn) -> Vec<String> {
    let mut found = Vec::new();
    let mut paths = BTreeSet::new();
    for file in &hand_in.files {
        if !is_inside(&file.path) {
            found.push(format!("it names a file outside of the workspace: {}", file.path));
        }
        if !paths.insert(&file.path) {
            found.push(format!("it holds {} twice", file.path));
        }
        if !file.is_sound() {
            found.push(format!("the digest of {} is not that of its text", file.path));
        }
    }
    if humantime::parse_rfc3339(&hand_in.made).is_err() {
        found.push(format!("the time when it was made is none: {}", hand_in.made));
    }
    if hand_in.document.is_none() && hand_in.exercises.is_none() {
        found.push("it holds neither a document nor exercises".to_owned());
    }
    found
}

/// Whether a path stays below the folder that it begins in.
fn is_inside(path: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && part != "." && part != "..";
    !path.contains(['\\', ':']) && path.split('/').all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_in_the_workspace() {
        assert!(is_inside("lessons/threads/src/your_turn.rs"));
        for outside in ["/etc/passwd", "../x.rs", "a/../../x", "C:\\x", "a//b", "", "./a"] {
            assert!(!is_inside(outside), "{outside}");
        }
    }
}
