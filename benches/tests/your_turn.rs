//! What a learner does: edit `your_turn.rs`, run the same command, read the own row.
//!
//! The sources are copied, the body is replaced by a right parallel one and then by a wrong one, and
//! the real command is run each time.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

const LESSONS: [&str; 4] = ["sequential", "threads", "processes", "work-stealing"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("benches lie in the workspace").to_owned()
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).expect("a folder of the copy");
        for entry in fs::read_dir(from).expect("a folder of the sources") {
            let name = entry.expect("an entry of the sources").file_name();
            copy(&from.join(&name), &to.join(&name));
        }
    } else {
        fs::copy(from, to).expect("a file of the sources");
    }
}

/// A right parallel body for each lesson, in the words of its own `your_turn.rs`.
fn right_body(lesson: &str) -> &'static str {
    match lesson {
        "sequential" => {
            "let (a, b) = kernels::split::halves(&terms); let _ = workers;
             Ok(kernel.sum(b) + kernel.sum(a))"
        }
        "threads" => {
            "let ranges: Vec<_> = kernels::split::ranges(&terms, workers).collect();
             let partials = crate::crew(workers, |worker| kernel.sum(ranges[worker].clone()))?;
             Ok(partials.into_iter().sum())"
        }
        "processes" => "pool.sum(kernel, terms, crate::frame::Message::Sum)",
        _ => {
            "let _ = workers; let (a, b) = kernels::split::halves(&terms);
             let (a, b) = rayon::join(|| kernel.sum(a), || kernel.sum(b));
             Ok(a + b)"
        }
    }
}

/// A body that loses the last term.
fn wrong_body(lesson: &str) -> &'static str {
    if lesson == "processes" {
        "let _ = pool; Ok(kernel.sum(terms.start..terms.end - 1))"
    } else {
        "let _ = workers; Ok(kernel.sum(terms.start..terms.end - 1))"
    }
}

/// Puts `body` in the place of the one in `your_turn.rs`, and runs the lesson's command.
fn run(copy: &Path, target: &Path, lesson: &str, body: &str) -> (i32, Value) {
    let file = copy.join(format!("lessons/{lesson}/src/your_turn.rs"));
    let original = fs::read_to_string(root().join(format!("lessons/{lesson}/src/your_turn.rs")))
        .expect("the lesson has a your_turn.rs");
    let (head, _) = original.split_once("-> Result<u64, Error> {").expect("a function");
    fs::write(&file, format!("{head}-> Result<u64, Error> {{\n{body}\n}}\n")).expect("the copy");
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline", "-p", lesson, "--"])
        .args(["-s", "your-turn", "-k", "pi", "-n", "1e6", "-w", "2", "--rounds", "1", "--json"])
        .current_dir(copy)
        .env("CARGO_TARGET_DIR", target)
        .output()
        .expect("cargo runs");
    let document = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!("{lesson}: {error}: {}", String::from_utf8_lossy(&output.stderr))
    });
    (output.status.code().expect("an exit code"), document)
}

#[test]
fn a_right_body_is_right_and_a_wrong_one_is_wrong() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for part in ["Cargo.toml", "Cargo.lock", "lessons", "shared", "benches"] {
        copy(&root().join(part), &folder.path().join(part));
    }
    // Built beside the other targets, so that a second run builds little.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("your-turn");
    for lesson in LESSONS {
        let (code, document) = run(folder.path(), &target, lesson, right_body(lesson));
        let row = &document["runs"][0];
        assert_eq!(row["verdict"], "right", "{lesson}: {row}");
        assert_eq!(code, 0, "{lesson}");
        let busy = row["audit"].as_array().expect("audited").iter();
        let busy = busy.filter(|worker| worker["terms"].as_u64() > Some(0)).count();
        assert_eq!(busy, if matches!(lesson, "threads" | "processes") { 2 } else { busy }, "{row}");

        let (code, document) = run(folder.path(), &target, lesson, wrong_body(lesson));
        let row = &document["runs"][0];
        assert_eq!(row["verdict"], "wrong", "{lesson}: {row}");
        assert!(row["sum"].is_null(), "{lesson}: a wrong sum is never shown");
        assert_eq!(code, 1, "{lesson}");
    }
}
