//! Names of charts as names of files, on every system.

use std::collections::HashSet;

/// A file system may allow no more than 255 bytes.
const LONGEST: usize = 100;

/// Names of devices, which Windows does not give to files.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// A name of a file for each of `names`, without the ending: small letters, digits and hyphens, and
/// no two the same.
pub(super) fn all<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken = HashSet::new();
    let mut free = |name: &str| {
        let plain = plain(name);
        let others = (2..).map(|number| format!("{plain}-{number}"));
        let mut tried = std::iter::once(plain.clone()).chain(others);
        tried.find(|name| taken.insert(name.clone())).expect("there is always a next number")
    };
    names.map(&mut free).collect()
}

fn plain(name: &str) -> String {
    let letters = name.chars().map(|letter| match letter.to_ascii_lowercase() {
        kept if kept.is_ascii_alphanumeric() => kept,
        _ => '-',
    });
    let kept: String = letters.take(LONGEST).collect();
    let kept = kept.trim_matches('-');
    let device = DEVICES.contains(&kept.trim_end_matches(|letter: char| letter.is_ascii_digit()));
    if kept.is_empty() || device { format!("chart-{kept}") } else { kept.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_and_differ() {
        let names = ["scaling-pi", "../../etc/passwd", "A b", "a/b", "", "NUL", "com1", "ä\0\n"];
        assert_eq!(
            all(names.into_iter()),
            [
                "scaling-pi",
                "etc-passwd",
                "a-b",
                "a-b-2",
                "chart-",
                "chart-nul",
                "chart-com1",
                "chart--2"
            ]
        );
        assert!(all([&*"x".repeat(1000)].into_iter())[0].len() <= LONGEST);
    }
}
