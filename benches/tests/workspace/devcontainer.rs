//! The container for an editor has what the course asks for.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::book::root;

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The packages that a text tells the reader to install with apt; a line may go on in the next one.
fn packages(text: &str) -> BTreeSet<String> {
    let is_package = |word: &&str| {
        word.starts_with(|letter: char| letter.is_ascii_lowercase())
            && word.chars().all(|letter| letter.is_ascii_alphanumeric() || "-+.".contains(letter))
    };
    let after = ["apt install ", "apt-get install -y "].into_iter();
    let lists = after.flat_map(|command| text.split(command).skip(1));
    // The list ends where a step or the code in the text does.
    let ends = ["`", "\n      - ", "\n\n"];
    let lists = lists
        .map(|rest| ends.iter().fold(rest, |list, end| list.split(end).next().unwrap_or(list)));
    lists.flat_map(|list| list.split_whitespace().filter(is_package)).map(str::to_owned).collect()
}

#[test]
fn it_is_json_and_names_the_file_that_is_beside_it() {
    let container: Value =
        serde_json::from_str(&read(".devcontainer/devcontainer.json")).expect("JSON");
    let built = container["build"]["dockerfile"].as_str().expect("a name");
    let image = read(&format!(".devcontainer/{built}"));
    let user = container["remoteUser"].as_str().expect("a name");
    assert!(image.contains(&format!(" {user}\n")), "{built} makes no user {user}");
}

#[test]
fn its_rust_is_that_of_the_workspace() {
    let manifest = read("Cargo.toml");
    let wanted = manifest.split("rust-version = \"").nth(1).and_then(|rest| rest.split('"').next());
    let image = read(".devcontainer/Dockerfile");
    let rust = format!("\nFROM rust:{}-", wanted.expect("the workspace names its Rust"));
    assert!(image.contains(&rust), "{rust}: {image}");
}

#[test]
fn it_installs_what_the_readme_and_the_forge_install() {
    let image = read(".devcontainer/Dockerfile");
    let installed: BTreeSet<&str> = image.split_whitespace().collect();
    let mut named = packages(&read("README.md"));
    named.append(&mut packages(&read(".github/workflows/ci.yml")));
    assert!(named.contains("build-essential") && named.contains("libtbb-dev"), "{named:?}");
    let missing: Vec<&String> =
        named.iter().filter(|name| !installed.contains(name.as_str())).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn packages_are_found_where_they_are_named() {
    let found = |text: &str| packages(text).into_iter().collect::<Vec<_>>().join(" ");
    assert_eq!(found("(Debian: `apt install gcc g++`; others)"), "g++ gcc");
    assert_eq!(
        found("- run: >-\n  sudo apt-get install -y a b\n  c-d\n      - run: bash"),
        "a b c-d"
    );
    assert_eq!(found("nothing to install"), "");
}
