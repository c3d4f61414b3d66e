//! `--hand-in`: the result and the learner's own code, in one file.

use std::fs;
use std::path::Path;

use course::HandIn;
use serde_json::Value;

use crate::{Ended, Program, run};

/// The root of the workspace.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

fn text(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}

/// Runs a lesson with these arguments, and gives what is then handed in, and how the program ended.
#[track_caller]
pub fn handed_in(program: &Program, arguments: &[&str]) -> (HandIn, Ended) {
    let folder = program.folder("hand-in");
    let path = folder.path().join("alice.json");
    let ended = program.run(&[arguments, &["--hand-in", text(&path)]].concat());
    let written = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{error}: {ended:?}"));
    let hand_in = HandIn::parse(&written).expect("it is one");
    assert_eq!((hand_in.name.as_str(), hand_in.lesson.as_str()), ("alice", program.name));
    assert_eq!(hand_in.arguments.last().map(String::as_str), Some("alice.json"));
    let note = ended.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(note.contains("alice.json is ready to be handed in"), "{ended:?}");
    let files = &hand_in.files;
    let named = files.first().zip(files.last());
    assert!(
        named.is_none_or(|(first, last)| {
            note.contains(&first.path) && note.contains(&last.path)
        })
    );
    assert!(files.iter().all(course::LearnerFile::is_sound));
    let beside = HandIn { files: Vec::new(), ..hand_in.clone() }.to_json();
    let home = std::env::var("HOME").ok().filter(|home| home.len() > 5);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).map(text);
    for place in [text(folder.path())].into_iter().chain(root).chain(home.as_deref()) {
        assert!(!beside.contains(place), "{place} is nobody's business: {beside}");
    }
    (hand_in, ended)
}

/// The learner's files as they were compiled, and the document with the spans of each row.
pub fn the_run_and_the_learners_file_are_handed_in(program: &Program) {
    let (hand_in, ended) = handed_in(program, &[program.short, &["--json"]].concat());
    assert_eq!(ended.code(), Some(0), "{ended:?}");
    assert!(!hand_in.files.is_empty(), "a table has a row of the learner's");
    for file in &hand_in.files {
        let on_disk = fs::read_to_string(Path::new(ROOT).join(&file.path)).expect(&file.path);
        assert_eq!(file.text, on_disk);
    }
    assert!(hand_in.files[0].path.contains("your_turn."), "{:?}", hand_in.files);
    let (document, given) = (ended.document(), hand_in.document.as_ref().expect("a document"));
    let of = |document: &Value, field: &str| document["runs"][0][field].clone();
    assert_eq!(document["seed"], given["seed"]);
    for field in ["strategy", "workers", "seconds", "verdict", "audit", "sum"] {
        assert_eq!(of(&document, field), of(given, field), "{field}");
    }
    check_spans(&hand_in);
}

/// They tile, and are those that the audit counts.
#[track_caller]
fn check_spans(hand_in: &HandIn) {
    let document = hand_in.measurements().expect("the document of a table");
    let spans = hand_in.spans.as_ref().expect("a table is audited");
    for run in document.runs.iter().filter(|run| !run.audit.is_empty()) {
        let is_of = |row: &&course::hand_in::RowSpans| {
            (&row.strategy, row.workers) == (&run.strategy, run.workers)
        };
        let row = spans.iter().find(is_of).expect("each row that was audited has its spans");
        assert!(row.tiles(), "{row:?}");
        assert!(row.unlisted.is_none(), "{row:?}");
        for worker in &run.audit {
            let mine = || row.spans.iter().filter(|span| span.worker == worker.worker);
            assert_eq!(mine().count(), worker.ranges, "{worker:?}: {row:?}");
            let terms: u64 = mine().map(|span| span.end - span.first).sum();
            assert_eq!(terms, worker.terms, "{worker:?}: {row:?}");
        }
    }
}

/// Together with the other files of a run.
pub fn a_document_is_printed_saved_and_handed_in(program: &Program) {
    let folder = program.folder("three");
    let (save, trace) = (folder.path().join("run.json"), folder.path().join("trace.json"));
    let all = ["-k", "primes", "-n", "2e5", "-w", "1,2", "--rounds", "1", "--json", "--save"];
    let all = [&all[..], &[text(&save), "--trace", text(&trace)]].concat();
    let (hand_in, ended) = handed_in(program, &all);
    assert_eq!(ended.code(), Some(0), "{ended:?}");
    assert_eq!(fs::read_to_string(&save).ok().as_deref(), Some(ended.stdout.as_str()));
    assert_eq!(Some(ended.document()), hand_in.document, "no path stands in it");
    check_spans(&hand_in);
    let names: Vec<&str> = hand_in.arguments.iter().map(String::as_str).collect();
    assert!(names.contains(&"run.json") && names.contains(&"trace.json"), "{names:?}");
}

/// With its digest.
pub fn a_kernel_of_the_learners_is_handed_in(program: &Program) {
    let arguments = [program.short, &["-k", "yours"]].concat();
    let (hand_in, ended) = handed_in(program, &arguments);
    assert_eq!(ended.code(), Some(0), "{ended:?}");
    let paths: Vec<&str> = hand_in.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths.last(), Some(&"yours/src/lib.rs"), "{paths:?}");
}

/// Without git there is no commit, and all else.
pub fn without_git_there_is_no_commit(program: &Program) {
    let folder = program.folder("without-git");
    let path = folder.path().join("bob.json");
    let arguments = [program.short, &["--hand-in", text(&path)]].concat();
    let child = program.command(&arguments).env("PATH", folder.path()).spawn();
    let ended = crate::finish(child.expect("it starts"));
    assert_eq!(ended.code(), Some(0), "{ended:?}");
    let hand_in = HandIn::read(&path).expect("it is one");
    assert_eq!((hand_in.commit, hand_in.changed), (None, None));
    assert_eq!(hand_in.files.len(), 1);
}

/// Before anything is measured.
pub fn what_cannot_be_handed_in_is_refused(program: &Program) {
    let folder = program.folder("refused");
    let file = folder.path().join("alice.json");
    let nowhere = folder.path().join("no-such-folder").join("alice.json");
    let ended = program.run(&["--hand-in", text(&nowhere)]);
    ended.assert_refused(74);
    assert!(ended.stderr.contains("--hand-in"), "{}", ended.stderr);
    let ended = program.run(&["--list", "--hand-in", text(&file)]);
    ended.assert_refused(2);
    assert!(ended.stderr.contains("hand in the table"), "{}", ended.stderr);
    for other in ["--save", "--trace"] {
        let ended = program.run(&[other, text(&file), "--hand-in", text(&file)]);
        ended.assert_refused(2);
        assert!(ended.stderr.contains("name the same file"), "{}", ended.stderr);
    }
    assert!(!file.exists());
}

/// Where no more than a few blocks fit.
pub fn an_older_file_stays_where_a_new_one_does_not_fit(program: &Program) {
    let folder = program.folder("full");
    let file = folder.path().join("alice.json");
    fs::write(&file, "older").expect("a file");
    let short = program.short.join(" ");
    let script = format!("ulimit -f 1; exec {} {short} --hand-in {}", program.path, text(&file));
    let ended = run("sh", &["-c", &script]);
    assert_eq!(ended.code(), Some(74), "{ended:?}");
    assert!(ended.stderr.contains("alice.json"), "{ended:?}");
    assert_eq!(fs::read_to_string(&file).expect("it is there"), "older");
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
}
