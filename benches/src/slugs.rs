//! Names as parts of file names and ids, on every system.

use std::collections::HashSet;

/// With what stands before it, a chart's name stays below 60 characters.
const LONGEST: usize = 40;

/// Names of devices, which Windows does not give to files.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// For each of `names` one of small letters, digits and hyphens, of which no two are the same.
pub(crate) fn unique<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken = HashSet::new();
    let mut free = |name: &str| {
        let plain = slug(name);
        let others = (2..).map(|number| format!("{plain}-{number}"));
        let mut tried = std::iter::once(plain.clone()).chain(others);
        tried.find(|name| taken.insert(name.clone())).expect("there is always a next number")
    };
    names.map(&mut free).collect()
}

/// `name` in small letters, digits and hyphens, or `unnamed`.
pub(crate) fn slug(name: &str) -> String {
    let hyphened = |letter: char| match letter.to_ascii_lowercase() {
        kept if kept.is_ascii_alphanumeric() => kept,
        _ => '-',
    };
    let spaced: String = name.chars().take(LONGEST).map(hyphened).collect();
    let parts: Vec<&str> = spaced.split('-').filter(|part| !part.is_empty()).collect();
    let joined = parts.join("-");
    let device = joined.trim_end_matches(|letter: char| letter.is_ascii_digit());
    match device {
        "" if joined.is_empty() => "unnamed".to_owned(),
        device if DEVICES.contains(&device) => format!("chart-{joined}"),
        _ => joined,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_and_differ() {
        let names = ["scaling-pi", "../../etc/passwd", "A b", "a/b", "", "NUL", "com1", "ä\0\n"];
        let slugs = [
            "scaling-pi",
            "etc-passwd",
            "a-b",
            "a-b-2",
            "unnamed",
            "chart-nul",
            "chart-com1",
            "unnamed-2",
        ];
        assert_eq!(unique(names.into_iter()), slugs);
        assert!(unique([&*"x".repeat(1000)].into_iter())[0].len() <= LONGEST);
    }
}
