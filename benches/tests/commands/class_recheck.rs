//! `class --recheck`: the code of learners, compiled and run here.

use std::fs;
use std::path::Path;
use std::process::Command;

use course::HandIn;
use course::hand_in::LearnerFile;

#[path = "../../testing/made_up_class.rs"]
#[expect(dead_code, reason = "other tests need more of it")]
mod made_up_class;

use made_up_class::{Kind, file, honest};

const PATH: &str = "lessons/threads/src/your_turn.rs";

/// What the body of the learner's function is.
fn with(name: &str, body: &str) -> HandIn {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../");
    let skeleton = fs::read_to_string(format!("{root}{PATH}")).expect("the lesson has one");
    let (head, _) = skeleton.split_once(") -> Result<K::Partial, Error> {").expect("it has a head");
    let text =
        format!("{head}) -> Result<K::Partial, Error> {{\n    let _ = context;\n    {body}\n}}\n");
    let files = vec![LearnerFile::new(PATH, &text).expect("small")];
    HandIn { files, ..honest(name, Kind::Fast, u64::from(name.as_bytes()[0])) }
}

/// A right sum beside a process that leaves the group of its parent, and stays.
fn leaves_a_process(pid: &Path) -> String {
    format!(
        "static ONCE: std::sync::Once = std::sync::Once::new();
         ONCE.call_once(|| {{
             let stays = std::process::Command::new(\"setsid\").args([\"sleep\", \"3600\"]).spawn();
             let _ = stays.map(|stays| std::fs::write({pid:?}, stays.id().to_string()));
         }});
         Ok(kernel.sum(terms))"
    )
}

/// Each of these was handed in as right and fast.
#[test]
#[ignore = "builds a lesson: cargo test -p benches --test commands -- --ignored"]
fn what_was_handed_in_is_run_again_and_compared() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = tempfile::tempdir().expect("a folder");
    let hand_ins = [
        with("loses", "Ok(kernel.sum(terms.start..terms.end.max(1) - 1))"),
        with("hangs-on", "loop { std::thread::park(); }"),
        with("no-code-at-all", "Ok(kernel.sum(terms)"),
        with("all-of-it", "Ok(kernel.sum(terms))"),
        with("daemon", &leaves_a_process(&output.path().join("pid"))),
    ];
    for hand_in in &hand_ins {
        let (name, bytes) = file(hand_in);
        fs::write(folder.path().join(name), bytes).expect("room");
    }
    let mut class = Command::new(env!("CARGO_BIN_EXE_benches"));
    class
        .arg("class")
        .arg(folder.path())
        .arg("--output")
        .arg(output.path())
        .args(["--recheck", "5"]);
    let ended = class.output().expect("it starts");
    let stderr = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success(), "{stderr}");
    assert!(stderr.contains("running the code of 5 learners here, with your rights"), "{stderr}");
    let page = fs::read_to_string(output.path().join("class.csv")).expect("the table");
    let row =
        |name: &str| page.lines().find(|line| line.starts_with(name)).expect("its row").to_owned();
    assert!(row("loses").contains("differs: right there, wrong here"), "{page}");
    assert!(row("hangs-on").contains("differs: right there, failed here"), "{page}");
    assert!(row("no-code").contains("does not compile here"), "{page}");
    assert!(row("all-of-it").contains("right here, too"), "{page}");
    if cfg!(target_os = "linux") {
        let left = fs::read_to_string(output.path().join("pid")).expect("it was started");
        assert!(!Path::new("/proc").join(left.trim()).exists(), "process {left} is left behind");
    }
}
