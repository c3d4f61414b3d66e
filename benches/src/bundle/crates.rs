//! The crates: vendored by cargo, and cut down to those that the lessons need.
//!
//! Cargo wants every crate of the lock file to be there before it builds any. So a crate that no chosen lesson needs on
//! any chosen system keeps its manifest, and its code says why it is not there.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use measure::{Cancellation, Error};
use scale::quietly;
use serde::Deserialize;
use serde_json::{Value, json};

use super::choice::{Choice, Lessons};
use super::folder::{self, Size, refused};
use crate::program::cargo;

/// The folder of the crates, beside the sources.
const VENDOR: &str = "vendor";

/// Where cargo lists what a vendored crate consists of.
const CHECKSUMS: &str = ".cargo-checksum.json";

/// From where cargo takes crates in the bundle.
const CONFIG: &str = "\
# Every crate lies in vendor/, and nothing is fetched.
[source.crates-io]
replace-with = \"vendored\"

[source.vendored]
directory = \"vendor\"

[net]
offline = true
";

/// What a crate says that is not there.
const LEFT_OUT: &str = "compile_error!(\"this crate is not in the bundle: FIRST-HOUR.md names the lessons that are\");\n";

/// The crates of a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kept {
    /// How many are there as they are.
    pub(super) whole: usize,
    /// How many are there by their manifest only.
    pub(super) manifests: usize,
    pub(super) size: Size,
}

/// Has cargo put all crates into `part`, and cuts those down that nobody needs there.
pub(super) fn vendor(
    choice: &Choice,
    part: &Path,
    cancellation: &Cancellation,
) -> Result<Kept, Error> {
    let folder = part.join(VENDOR);
    let mut vendor = cargo();
    vendor.args(["vendor", "--quiet", "--locked", "--versioned-dirs"]).arg(&folder);
    quietly("cargo vendor", vendor.stdin(Stdio::null()), cancellation)?;
    let needed = needed(choice, cancellation)?;
    let mut manifests = 0;
    let entries = fs::read_dir(&folder).map_err(|cause| refused(&folder, &cause))?;
    let crates: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    for of_crate in &crates {
        let name = of_crate.file_name().and_then(OsStr::to_str).unwrap_or_default();
        if !needed.contains(name) {
            leave_manifest(of_crate)?;
            manifests += 1;
        }
    }
    folder::write(&part.join(".cargo/config.toml"), CONFIG)?;
    Ok(Kept { whole: crates.len() - manifests, manifests, size: folder::size(&folder)? })
}

/// Whether cargo finds every crate of the lock file in `part`, with nothing fetched before.
pub(super) fn check(part: &Path, cancellation: &Cancellation) -> Result<(), Error> {
    let home = tempfile::tempdir().map_err(|cause| refused(part, &cause))?;
    let mut metadata = metadata();
    metadata.current_dir(part).arg("--offline").env("CARGO_HOME", home.path());
    quietly("the bundle without a network", &mut metadata, cancellation).map(drop)
}

fn leave_manifest(of_crate: &Path) -> Result<(), Error> {
    let io = |cause: std::io::Error| refused(of_crate, &cause);
    let read = |name: &str| fs::read_to_string(of_crate.join(name)).map_err(io);
    let manifest = read("Cargo.toml")?;
    let sums: Value = serde_json::from_str(&read(CHECKSUMS)?).unwrap_or_default();
    folder::remove(of_crate)?;
    folder::write(&of_crate.join("Cargo.toml"), &manifest)?;
    // Cargo compares the sum of the package with the one in the lock file.
    let sums = json!({"files": {}, "package": sums["package"]});
    folder::write(&of_crate.join(CHECKSUMS), &sums.to_string())?;
    for code in ["src/lib.rs", "build.rs"] {
        folder::write(&of_crate.join(code), LEFT_OUT)?;
    }
    Ok(())
}

/// The folders of the crates that some chosen lesson needs on some chosen system.
fn needed(choice: &Choice, cancellation: &Cancellation) -> Result<BTreeSet<String>, Error> {
    let mut all = BTreeSet::new();
    for triple in choice.systems.iter().flat_map(|system| system.triples()) {
        let mut metadata = metadata();
        metadata.args(["--filter-platform", triple]);
        let ended = quietly("cargo metadata", &mut metadata, cancellation)?;
        let json = ended.output.bytes().unwrap_or_default();
        let graph: Metadata = serde_json::from_slice(&json).map_err(|cause| Error::Worker {
            worker: "cargo metadata".to_owned(),
            cause: cause.to_string(),
            remedy: "use the version of Rust that the README names",
        })?;
        all.extend(graph.needed_by(&choice.lessons));
    }
    Ok(all)
}

fn metadata() -> Command {
    let mut metadata = cargo();
    metadata.args(["metadata", "--quiet", "--locked", "--format-version", "1"]);
    metadata.stdin(Stdio::null());
    metadata
}

/// What `cargo metadata` says, as far as it matters here.
#[derive(Debug, Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    resolve: Resolve,
}

#[derive(Debug, Deserialize)]
struct Package {
    id: String,
    name: String,
    version: String,
    /// None of those that belong to the workspace.
    source: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Debug, Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dependency>,
}

#[derive(Debug, Deserialize)]
struct Dependency {
    pkg: String,
    dep_kinds: Vec<DependencyKind>,
}

#[derive(Debug, Deserialize)]
struct DependencyKind {
    /// `dev` or `build`.
    kind: Option<String>,
}

impl Metadata {
    fn needed_by(&self, lessons: &Lessons) -> BTreeSet<String> {
        let packages: BTreeMap<&str, &Package> =
            self.packages.iter().map(|package| (package.id.as_str(), package)).collect();
        let nodes: BTreeMap<&str, &Node> =
            self.resolve.nodes.iter().map(|node| (node.id.as_str(), node)).collect();
        let is_wanted = |package: &&Package| match lessons {
            Lessons::All => package.source.is_none(),
            Lessons::Named(names) => package.source.is_none() && names.contains(&package.name),
        };
        let wanted = self.packages.iter().filter(is_wanted);
        let mut open: Vec<&str> = wanted.map(|package| package.id.as_str()).collect();
        let mut seen = BTreeSet::new();
        while let Some(id) = open.pop() {
            if !seen.insert(id) {
                continue;
            }
            // What only tests need is worth its room where all lessons are.
            let is_for_tests = |dependency: &&Dependency| {
                dependency.dep_kinds.iter().all(|kind| kind.kind.as_deref() == Some("dev"))
            };
            let tested = *lessons == Lessons::All;
            let dependencies = nodes.get(id).into_iter().flat_map(|node| &node.deps);
            let kept = dependencies.filter(|dependency| tested || !is_for_tests(dependency));
            open.extend(kept.map(|dependency| dependency.pkg.as_str()));
        }
        let seen = seen.iter().filter_map(|id| packages.get(id));
        let foreign = seen.filter(|package| package.source.is_some());
        foreign.map(|package| format!("{}-{}", package.name, package.version)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metadata() -> Metadata {
        let package = |name: &str, source: Option<&str>| json!({"id": name, "name": name, "version": "1.0.0", "source": source});
        let node = |name: &str, deps: &[(&str, Option<&str>)]| {
            let deps =
                deps.iter().map(|(pkg, kind)| json!({"pkg": pkg, "dep_kinds": [{"kind": kind}]}));
            json!({"id": name, "deps": deps.collect::<Vec<_>>()})
        };
        let far = Some("a registry");
        serde_json::from_value(json!({
            "packages": [
                package("threads", None), package("jit", None), package("course", None),
                package("clap", far), package("cc", far), package("cranelift", far), package("loom", far),
            ],
            "resolve": {"nodes": [
                node("threads", &[("course", None), ("loom", Some("dev"))]),
                node("jit", &[("course", None), ("cranelift", None)]),
                node("course", &[("clap", None)]),
                node("clap", &[("cc", Some("build"))]),
                node("cc", &[]), node("cranelift", &[]), node("loom", &[]),
            ]},
        }))
        .expect("as cargo writes it")
    }

    fn needed_by(lessons: &str) -> String {
        let lessons = lessons.parse().expect("known");
        metadata().needed_by(&lessons).into_iter().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_lesson_needs_what_it_is_built_with_and_not_what_tests_it() {
        assert_eq!(needed_by("threads"), "cc-1.0.0 clap-1.0.0");
        assert_eq!(needed_by("threads,jit"), "cc-1.0.0 clap-1.0.0 cranelift-1.0.0");
    }

    #[test]
    fn all_lessons_need_what_tests_them_too() {
        assert_eq!(needed_by("all"), "cc-1.0.0 clap-1.0.0 cranelift-1.0.0 loom-1.0.0");
    }

    #[test]
    fn a_crate_that_is_left_out_keeps_its_manifest_and_its_sum() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| folder::write(&folder.path().join(name), text);
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect(name);
        write("Cargo.toml", "[package]").expect("room");
        write("src/inner/huge.rs", "fn main() {}").expect("room");
        write(CHECKSUMS, r#"{"files":{"src/inner/huge.rs":"1f"},"package":"ab12"}"#).expect("room");
        leave_manifest(folder.path()).expect("it can be cut down");
        assert_eq!(read("Cargo.toml"), "[package]");
        assert_eq!(read(CHECKSUMS), r#"{"files":{},"package":"ab12"}"#);
        assert!(read("src/lib.rs").contains("not in the bundle"));
        assert!(!folder.path().join("src/inner").exists());
    }
}
