//! Where files lie on a machine, and what the machine is called: both are taken out of what is handed in.

use std::env;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::system::{Here, System};

/// Takes the folders and the name of this machine out of all texts in `value`: a path within the workspace begins
/// there, and of any other only the file's name is left.
pub(super) fn hide(value: &mut Value) {
    let (folders, host) = (known_folders(), Here::host_name().filter(|name| !name.is_empty()));
    change_texts(value, &|text| without_host(&hidden(text, &folders), host.as_deref()));
}

fn change_texts(value: &mut Value, change: &dyn Fn(&str) -> String) {
    match value {
        Value::String(text) => *text = change(text),
        Value::Array(values) => values.iter_mut().for_each(|value| change_texts(value, change)),
        Value::Object(fields) => fields.values_mut().for_each(|value| change_texts(value, change)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A sentence without the machine's name. A single word is no sentence: it may be a lesson that is called the same.
fn without_host(text: &str, host: Option<&str>) -> String {
    let Some(host) = host.filter(|host| text.contains(host) && text.contains(' ')) else {
        return text.to_owned();
    };
    let mut result = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(host) {
        let is_part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
        let is_whole = !before.ends_with(is_part) && !after.starts_with(is_part);
        result += before;
        result += if is_whole { "this-host" } else { host };
        rest = after;
    }
    result + rest
}

/// A word of the command line with no folder in it.
pub(super) fn without_folders(word: &str) -> String {
    let within = |part: &str| !part.contains("://") && part.contains(is_separator);
    parts_replaced(&hidden(word, &known_folders()), within)
}

fn hidden(text: &str, known: &[String]) -> String {
    if !text.contains(is_separator) {
        return text.to_owned();
    }
    let mut text = text.to_owned();
    for folder in known {
        for separator in ['/', '\\'] {
            text = text.replace(&format!("{folder}{separator}"), "");
        }
        text = text.replace(folder.as_str(), ".");
    }
    parts_replaced(&text, is_absolute)
}

/// The workspace, and folders whose names may have blanks in them; the longest first.
fn known_folders() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).map(Path::to_owned);
    let homes = ["HOME", "USERPROFILE"].map(env::var_os).into_iter().flatten().map(PathBuf::from);
    let folders = root.into_iter().chain(env::current_dir()).chain([env::temp_dir()]).chain(homes);
    let both = folders.flat_map(|folder| [folder.canonicalize().ok(), Some(folder)]);
    let long = both.flatten().filter(|folder| folder.is_absolute() && folder.iter().count() > 1);
    let name = |folder: PathBuf| {
        let name = folder.display().to_string();
        name.trim_start_matches(r"\\?\").trim_end_matches(is_separator).to_owned()
    };
    let mut names: Vec<String> = long.map(name).collect();
    names.sort_unstable_by_key(|name| std::cmp::Reverse(name.len()));
    names
}

/// Replaces what stands between blanks, quotes and the like by what follows its last separator, where it `is` a path.
fn parts_replaced(text: &str, is: impl Fn(&str) -> bool) -> String {
    let ends = |letter: char| letter.is_whitespace() || "\"'`()[]{}<>|=,;".contains(letter);
    let mut result = String::new();
    for piece in text.split_inclusive(ends) {
        let part = piece.trim_end_matches(ends);
        let end = &piece[part.len()..];
        let path = part.trim_end_matches(is_separator);
        result += if is(part) { path.rsplit(is_separator).next().unwrap_or(path) } else { part };
        result += end;
    }
    result
}

/// `/usr/bin/python3`, `C:\Windows`; not `/s`, `//` or `GB/s`.
fn is_absolute(part: &str) -> bool {
    let mut letters = part.chars();
    let first = [letters.next(), letters.next(), letters.next()];
    match first {
        [Some('/'), Some(letter), Some(_)] => !is_separator(letter) && part[1..].contains('/'),
        [Some(drive), Some(':'), Some(separator)] => {
            drive.is_ascii_alphabetic() && is_separator(separator)
        }
        _ => false,
    }
}

fn is_separator(letter: char) -> bool {
    letter == '/' || letter == '\\'
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn paths_lose_their_folders_and_other_texts_stay() {
        let hidden = |text: &str| hidden(text, &["/home/al ice/sum".into(), "/home/al ice".into()]);
        for (text, expected) in [
            ("/home/al ice/sum/lessons/a.rs:3:1", "lessons/a.rs:3:1"),
            ("error in '/home/al ice/x y.rs'", "error in 'x y.rs'"),
            ("the Python at /usr/bin/python3, 3.11", "the Python at python3, 3.11"),
            (r"C:\Users\alice\a.py: gone", "a.py: gone"),
            ("in /home/al ice", "in ."),
            (
                "21.5 GB/s, 1/2, lessons/threads/src/a.rs",
                "21.5 GB/s, 1/2, lessons/threads/src/a.rs",
            ),
            ("https://ui.perfetto.dev/a/b", "https://ui.perfetto.dev/a/b"),
            ("a\n--> /usr/a.rs\n |", "a\n--> a.rs\n |"),
        ] {
            assert_eq!(hidden(text), expected);
        }
    }

    #[test]
    fn the_name_of_the_machine_goes_from_sentences_only() {
        let hidden = |text| without_host(text, Some("node1"));
        assert_eq!(
            hidden("rank 1 on node1: gone, node12 stays"),
            "rank 1 on this-host: gone, node12 stays"
        );
        assert_eq!(hidden("node1"), "node1");
        assert_eq!(without_host("a b", None), "a b");
    }

    #[test]
    fn all_texts_of_a_document_are_looked_at() {
        let mut document = json!({"a": [{"b": "/usr/lib/x.so"}, 1, null], "c": "/usr/lib/"});
        hide(&mut document);
        assert_eq!(document, json!({"a": [{"b": "x.so"}, 1, null], "c": "lib"}));
    }

    #[test]
    fn the_command_line_keeps_names_of_files_only() {
        for (word, expected) in [
            ("--save=/tmp/of/alice/run.json", "--save=run.json"),
            ("../alice/run.json", "run.json"),
            ("1..8", "1..8"),
            ("./a.out --threads {workers}", "a.out --threads {workers}"),
            (r"D:\alice\run.json", "run.json"),
            ("https://a.b/c", "https://a.b/c"),
        ] {
            assert_eq!(without_folders(word), expected);
        }
    }
}
