//! The lesson as its learner runs it: what becomes of right, wrong and dangerous attempts.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use course::HandIn;
use serde_json::Value;
use tempfile::TempDir;
use testkit::{Ended, Program, finish, leftovers};

const FOLDER: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/practice-ends");

const PROGRAM: Program = Program::without_table::<practice::Practice>(
    env!("CARGO_BIN_EXE_practice"),
    &["list", "--folder", FOLDER],
    &["check", "--all", "--json", "--folder", FOLDER],
);

testkit::ends!(PROGRAM);

/// The exercise that most tests spoil: a way to share terms, with a speed asked for.
const EXERCISE: &str = "scoped";

/// Its beginning, up to the hole.
const HEAD: &str = "use judge::Terms;\npub fn sum(terms: &Terms, workers: usize) -> u64 {\n    let _ = workers;\n    \
                    let all = terms.sum(0..terms.count());\n";

/// A learner of one exercise, with a folder that goes with the test.
struct Learner {
    folder: TempDir,
}

impl Learner {
    fn new(test: &str) -> Self {
        let learner = Learner { folder: PROGRAM.folder(test) };
        learner.run(&["list"]).assert_good();
        learner
    }

    fn run(&self, arguments: &[&str]) -> Ended {
        PROGRAM.run(&[arguments, &["--folder", self.path()]].concat())
    }

    fn path(&self) -> &str {
        self.folder.path().to_str().expect("a plain name")
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("joining").join(format!("{EXERCISE}.rs"))
    }

    fn progress(&self) -> PathBuf {
        self.folder.path().join("progress.json")
    }

    /// Checks an attempt with this body; nothing of it may be left.
    fn attempt(&self, body: &str) -> Value {
        fs::write(self.file(), format!("{HEAD}{body}\n}}\n")).expect("the file is there");
        let ended = self.run(&["check", EXERCISE, "--json"]);
        let exercise = ended.document()["exercises"][0].clone();
        let failed = !exercise["verdict"]["failure"].is_null();
        assert_eq!(ended.code(), Some(i32::from(failed)), "{ended:?}");
        // The longest that a verdict may take is 45 s, of an attempt that is stopped or does not end when told to.
        assert!(ended.took < Duration::from_secs(60), "{ended:?}");
        let kept: Value = serde_json::from_slice(&fs::read(self.progress()).expect("it is there"))
            .expect("progress is whole");
        assert!(kept["exercises"][EXERCISE]["checks"].as_u64() >= Some(1), "{kept}");
        exercise
    }

    /// The stage at which it fails, and what is said of it.
    #[track_caller]
    fn fails(&self, body: &str, stage: &str, words: &[&str]) {
        let failure = self.attempt(body)["verdict"]["failure"].clone();
        let text = failure["text"].as_str().unwrap_or_default();
        assert_eq!(failure["stage"], stage, "{body}: {failure}");
        assert!(words.iter().all(|word| text.contains(word)), "{body}: {words:?}: {text}");
        assert!(!failure["remedy"].as_str().unwrap_or_default().is_empty(), "{failure}");
    }
}

#[test]
fn every_source_is_whole_and_names_are_unlike() {
    let all = practice::all().expect("every source can be read");
    assert!(all.len() >= 40, "{}", all.len());
    let mut names: Vec<&str> = all.iter().map(|exercise| exercise.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all.len());
    for exercise in &all {
        let text = exercise.skeleton_text();
        // But for the two that show where the hole is.
        let lines = text.lines().count() - 2;
        assert!((10..=60).contains(&lines), "{}: {lines} lines", exercise.name);
        assert!(text.contains("your turn: from here"), "{}", exercise.name);
        assert!(!text.contains("HINT") && !text.contains("WRONG"), "{}", exercise.name);
        assert!(text.lines().all(|line| line.chars().count() <= 120), "{}", exercise.name);
    }
}

/// The links back to chapters are on the pages, and so are those of the book.
#[test]
fn some_chapter_leads_to_each_page() {
    let lessons = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("it is a lesson");
    let mut led_to = String::new();
    for entry in fs::read_dir(lessons).expect("there are lessons").flatten() {
        if entry.file_name() != "practice" {
            led_to += &fs::read_to_string(entry.path().join("README.md")).unwrap_or_default();
        }
    }
    for chapter in practice::CHAPTERS {
        let link = format!("(../practice/{}.md)", chapter.name);
        assert!(led_to.contains(&link), "no chapter leads to {link}");
    }
}

/// The pages of the book come from the same sources.
#[test]
fn the_pages_say_what_the_exercises_say() {
    for chapter in practice::CHAPTERS {
        let page = practice::page(chapter).expect("every source can be read");
        let path = practice::page_file(chapter);
        let written = fs::read_to_string(&path).unwrap_or_default();
        assert!(page == written, "{}: cargo run -p practice -- pages", path.display());
    }
}

#[test]
fn a_solution_is_done_and_noted() {
    let learner = Learner::new("solution");
    let refused = learner.run(&["solution", EXERCISE]);
    assert_eq!(refused.code(), Some(2), "{refused:?}");
    assert!(refused.stderr.contains("--give-up"), "{refused:?}");
    let all = practice::all().expect("they can be read");
    let text =
        all.iter().find(|exercise| exercise.name == EXERCISE).expect("it is there").solution_text();
    fs::write(learner.file(), &text).expect("the file is there");
    let checked = learner.run(&["check", EXERCISE]);
    // Whether it is fast enough cannot be told on every machine, and that is no fault of the learner.
    assert_eq!(checked.code(), Some(0), "{checked:?}");
    assert!(checked.stdout.contains("done in the way that was asked for"), "{checked:?}");
    assert!(checked.stdout.contains("thread 1") && checked.stdout.contains('█'), "{checked:?}");
    let listed = learner.run(&["list"]);
    assert!(listed.stdout.contains("1 of "), "{listed:?}");
    let shown = learner.run(&["solution", EXERCISE]);
    assert!(shown.stdout.contains("thread::scope"), "{shown:?}");
    // What was done stays done, and a check changes no file of the learner.
    assert_eq!(fs::read_to_string(learner.file()).expect("it is there"), text);
}

#[test]
fn what_does_not_compile_is_the_compilers_message_and_nothing_else() {
    let learner = Learner::new("compile");
    fs::write(learner.file(), "pub fn sum(").expect("the file is there");
    let ended = learner.run(&["check", EXERCISE]);
    assert_eq!(ended.code(), Some(1), "{ended:?}");
    assert!(
        ended.stdout.trim_start().starts_with("error: this file contains an unclosed delimiter"),
        "{ended:?}"
    );
    assert!(!ended.stdout.contains("hint"), "{ended:?}");
    // No broken exercise stops another.
    let other = learner.run(&["check", "no-tail"]);
    assert!(other.stdout.contains("leaves out"), "{other:?}");
}

#[test]
fn another_signature_is_explained() {
    let learner = Learner::new("signature");
    fs::write(learner.file(), "pub fn total() {}").expect("the file is there");
    let ended = learner.run(&["check", EXERCISE]);
    assert!(ended.stdout.contains("cannot find value `sum`"), "{ended:?}");
    assert!(ended.stdout.contains("the names and the signatures"), "{ended:?}");
}

#[test]
fn each_stage_has_its_own_words() {
    let learner = Learner::new("stages");
    learner.fails("all + 1", "right", &["1 too large"]);
    learner.fails("all", "how", &["1 worker of 3", "at least 2 busy workers"]);
    learner.fails(
        "let n = terms.count(); drop(std::thread::spawn(|| ())); if n < 2 { all } else { n * (n - 1) / 2 }",
        "how",
        &["1 worker of 3"],
    );
    learner.fails(
        "{ let v: Vec<u64> = Vec::new(); v[all as usize] }",
        "right",
        &["panicked at", "scoped.rs:"],
    );
    learner.fails(
        "std::thread::scope(|scope| scope.spawn(|| -> u64 { panic!(\"no more of {all}\") }).join().expect(\"it sums\"))",
        "right",
        &["no more of"],
    );
}

/// The sum of whole numbers is known without adding.
#[test]
fn who_knows_the_answer_has_not_added() {
    let learner = Learner::new("known");
    let body = "all.min(0) + (terms.count() * terms.count().saturating_sub(1)) / 2";
    let text = format!("{HEAD}{body}\n}}\n")
        .replace("    let all = terms.sum(0..terms.count());\n", "let all = 0;\n");
    fs::write(learner.file(), text).expect("the file is there");
    let ended = learner.run(&["check", EXERCISE, "--json"]);
    let failure = ended.document()["exercises"][0]["verdict"]["failure"].clone();
    assert_eq!(failure["stage"], "how", "{failure}");
    assert!(
        failure["text"].as_str().is_some_and(|text| text.contains("no term was asked for")),
        "{failure}"
    );
}

#[test]
fn who_ends_the_program_does_not_pass() {
    let learner = Learner::new("ends");
    learner.fails(
        "std::process::exit(all.min(0) as i32)",
        "ends",
        &["exit status 0", "before it was judged"],
    );
    learner.fails(
        "let _ = all; std::process::abort()",
        "ends",
        &["it was at: 100,003 terms by 1 worker"],
    );
    let fake = r##"println!("{}", r#"{"over":{"failure":null,"passed":[],"speed":null,"rows":[],"lanes":[],"seed":1}}"#);
        std::process::exit(all.min(0) as i32)"##;
    learner.fails(fake, "ends", &["exit status 0"]);
}

/// What is not judged cannot be put in the place of a verdict, and the solution is out of reach.
#[test]
fn an_attempt_cannot_judge_itself() {
    let learner = Learner::new("itself");
    let forged = r##"let events = std::env::args().nth(1).expect("it is told");
        let mut file = std::fs::OpenOptions::new().append(true).open(events).expect("it is there");
        let over = r#"{"over":{"failure":null,"passed":[],"speed":null,"rows":[],"against":"","lanes":[],"seed":1}}"#;
        std::io::Write::write_all(&mut file, format!("{over}\n{over}\n").as_bytes()).expect("it is written");
        std::process::exit(all.min(0) as i32)"##;
    learner.fails(forged, "ends", &["exit status 0 before it was judged"]);
    learner.fails("crate::solution::sum(terms, workers) + all - all", "compiles", &["solution"]);
    learner.fails("all + unsafe { *(&0_u64 as *const u64) }", "compiles", &["unsafe"]);
}

/// Fast because it does not add, and right all the same.
#[test]
fn a_known_answer_is_found_out_when_it_is_timed() {
    let learner = Learner::new("timed");
    let body = "if terms.count() < 200_000 || all == 1 { return all; }\n    static CALLS: std::sync::atomic::AtomicU64 = \
                std::sync::atomic::AtomicU64::new(0);\n    if \
                CALLS.fetch_add(1, std::sync::atomic::Ordering::Relaxed) < 1 { return all; }\n    let n = \
                terms.count();\n    (terms.term(0) + terms.term(n - 1)) * (n / 2) + (n % 2) * terms.term(n / 2)";
    let failure = learner.attempt(body)["verdict"]["failure"].clone();
    assert!(["how", "fast"].contains(&failure["stage"].as_str().unwrap_or_default()), "{failure}");
}

#[test]
#[cfg_attr(not(unix), ignore = "the words for an overflow of the stack are those of Unix")]
fn a_stack_without_an_end_is_named() {
    let learner = Learner::new("stack");
    let body = "fn deep(n: u64) -> u64 { let room = [n; 100]; std::hint::black_box(&room); deep(n + 1) + room[3] }\n    \
                all + deep(0)";
    learner.fails(body, "ends", &["overflowed its stack"]);
}

#[test]
fn a_deadlock_and_an_endless_loop_are_told_apart() {
    let learner = Learner::new("deadlock");
    let lock = "let lock = judge::Mutex::named(\"the total\", all);\n    let _held = lock.lock();\n    let all = \
                *lock.lock().unwrap();\n    all";
    learner.fails(lock, "ends", &["a deadlock", "the total, which it holds itself"]);
    learner.fails("loop { std::hint::black_box(all); }", "ends", &["does not come back within"]);
    learner.fails(
        "std::thread::sleep(std::time::Duration::from_secs(3600)); all",
        "ends",
        &["it sleeps: nothing was computed"],
    );
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "needs /proc, which tells what threads wait for")]
fn who_waits_for_whom_is_told() {
    let learner = Learner::new("waits");
    let body = "let (send, receive) = std::sync::mpsc::channel::<u64>();\n    std::mem::forget(send);\n    \
                std::thread::spawn(move || receive.recv()).join().unwrap().unwrap_or(all)";
    learner.fails(
        body,
        "ends",
        &["the caller waits for the end of thread 1", "thread 1 waits to be woken"],
    );
}

#[test]
fn a_flood_of_output_is_cut() {
    let learner = Learner::new("flood");
    let body = "for _ in 0..2_000_000 { println!(\"{}\", \"x\".repeat(500)); }\n    all";
    let exercise = learner.attempt(body);
    assert!(!exercise["verdict"]["failure"].is_null(), "{exercise}");
    assert!(exercise["printed"].as_str().is_some_and(|text| text.len() <= 4000), "{exercise}");
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "needs /proc, which lists the threads of a process")]
fn threads_that_stay_are_counted() {
    let learner = Learner::new("stay");
    let body = "for _ in 0..3 { std::thread::spawn(|| loop { std::thread::park(); }); }\n    all";
    learner.fails(body, "right", &["threads are still there"]);
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "needs /proc, which tells who has started whom")]
fn processes_without_end_are_ended() {
    let learner = Learner::new("bomb");
    let body = "let mut bomb = std::process::Command::new(\"sh\");\n    let _ = bomb.arg(\"-c\").arg(\"f() { sleep 6071 & f; \
                }; f\").status();\n    all";
    learner.fails(body, "ends", &["processes, and was ended"]);
    let stopped = "let id = std::process::id().to_string();\n    let _ = \
                   std::process::Command::new(\"kill\").args([\"-STOP\", &id]).status();\n    all";
    learner.fails(stopped, "ends", &["it stopped itself"]);
    assert_eq!(running("sleep 6071"), [""; 0]);
}

/// The command lines of processes that have this text in them.
fn running(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let line = fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let line = String::from_utf8_lossy(&line).replace('\0', " ");
        if line.contains(text) {
            found.push(line);
        }
    }
    found
}

#[test]
fn what_an_attempt_deletes_is_its_own() {
    let learner = Learner::new("deletes");
    let body = "let _ = std::fs::remove_dir_all(\".\");\n    let _ = std::fs::remove_dir_all(std::env::temp_dir());\n    all + 1";
    learner.fails(body, "right", &["too large"]);
    assert!(learner.file().exists());
}

#[test]
fn a_progress_of_another_version_is_kept_beside() {
    let learner = Learner::new("versions");
    for (text, words) in
        [("{", "cannot be read"), (r#"{"version": 99, "more": []}"#, "another version")]
    {
        fs::write(learner.progress(), text).expect("it is there");
        let ended = learner.run(&["list"]);
        assert_eq!(ended.code(), Some(0), "{ended:?}");
        assert!(ended.stderr.contains(words) && ended.stderr.contains("kept-"), "{ended:?}");
        assert!(ended.stdout.contains("0 of "), "{ended:?}");
    }
    let kept = |number| {
        fs::read_to_string(learner.folder.path().join(format!("progress.kept-{number}.json")))
    };
    assert_eq!(kept(1).expect("it is kept"), "{");
    assert!(kept(2).expect("it is kept").contains("99"));
}

#[test]
fn a_reset_keeps_the_learners_text() {
    let learner = Learner::new("reset");
    fs::write(learner.file(), "// mine").expect("the file is there");
    learner.run(&["list"]).assert_good();
    assert_eq!(
        fs::read_to_string(learner.file()).expect("it is there"),
        "// mine",
        "only a reset overwrites"
    );
    learner.run(&["reset", EXERCISE]).assert_good();
    let kept = learner.file().with_file_name(format!("{EXERCISE}.kept-1.rs"));
    assert_eq!(fs::read_to_string(kept).expect("it is kept"), "// mine");
    assert!(fs::read_to_string(learner.file()).expect("it is there").contains("your turn"));
}

#[test]
fn one_more_hint_each_time() {
    let learner = Learner::new("hints");
    let hints = |ended: Ended| {
        let document = ended.document();
        document["exercises"][0]["hints"].as_array().map(Vec::len)
    };
    assert_eq!(hints(learner.run(&["hint", EXERCISE, "--json"])), Some(1));
    assert_eq!(hints(learner.run(&["hint", EXERCISE, "--json"])), Some(2));
    let unknown = learner.run(&["hint", "no-such-thing"]);
    unknown.assert_refused(2);
    assert!(unknown.stderr.contains("chapters: cutting"), "{unknown:?}");
}

/// It is checked at once, and again when it is saved; then comes the next one.
#[test]
fn a_save_is_seen_and_the_next_exercise_comes() {
    let learner = Learner::new("watch");
    let exercises = practice::all().expect("they can be read");
    let (first, second) = (&exercises[0], &exercises[1]);
    let file = |exercise: &practice::Exercise| {
        let name = exercise.name.replace('-', "_");
        learner.folder.path().join(exercise.chapter).join(format!("{name}.rs"))
    };
    let mut child =
        PROGRAM.command(&["--json", "--folder", learner.path()]).spawn().expect("it starts");
    let seen = |done: &dyn Fn(&Value) -> bool| {
        let end = Instant::now() + Duration::from_secs(60);
        loop {
            let progress = fs::read(learner.progress()).unwrap_or_default();
            if let Ok(progress) = serde_json::from_slice::<Value>(&progress)
                && done(&progress["exercises"])
            {
                return;
            }
            assert!(Instant::now() < end, "nothing was seen");
            thread::sleep(Duration::from_millis(20));
        }
    };
    seen(&|progress| progress[&first.name]["checks"].as_u64() >= Some(1));
    fs::write(file(first), first.solution_text()).expect("it is there");
    seen(&|progress| !progress[&first.name]["done"].is_null());
    seen(&|progress| progress[&second.name]["checks"].as_u64() >= Some(1));
    let family = leftovers::descendants_of(child.id());
    child.kill().expect("it is there");
    let ended = finish(child);
    let lines: Vec<Value> = ended
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line is a document"))
        .collect();
    assert!(lines.len() >= 3, "{lines:?}");
    assert_eq!(lines[0]["exercises"][0]["name"], first.name.as_str());
    leftovers::all_are_gone(&family, Duration::from_secs(20)).expect("the watchdog ends them");
}

/// The seed that a verdict names shows the same again.
#[test]
fn a_lost_update_is_found_and_its_seed_repeats_it() {
    let learner = Learner::new("race");
    let checked = learner.run(&["check", "lost-update-atomic", "--json"]);
    let failure = checked.document()["exercises"][0]["verdict"]["failure"].clone();
    assert_eq!(failure["stage"], "stress", "{failure}");
    let text = failure["text"].as_str().expect("a text");
    let seed = text
        .split("--seed ")
        .nth(1)
        .and_then(|rest| rest.split(')').next())
        .expect("it names its seed");
    let again = learner.run(&["check", "lost-update-atomic", "--json", "--seed", seed]);
    assert_eq!(
        again.document()["exercises"][0]["verdict"]["failure"]["stage"],
        "stress",
        "{again:?}"
    );
}

#[test]
fn a_few_exercises_prove_themselves() {
    let ended = PROGRAM.run(&["verify", "no-tail", "lost-update-atomic"]);
    assert_eq!(ended.code(), Some(0), "{ended:?}");
    assert!(ended.stdout.contains("0 not judged as they should be"), "{ended:?}");
}

/// What is not begun is not handed in; what is, with its text as it was judged.
#[test]
fn what_is_begun_is_judged_and_handed_in() {
    let learner = Learner::new("hand-in");
    let file = learner.folder.path().join("alice.json");
    let arguments = ["--hand-in", file.to_str().expect("a plain name")];
    let ended = learner.run(&arguments);
    ended.assert_refused(2);
    assert!(ended.stderr.contains("no exercise is begun") && !file.exists(), "{ended:?}");
    learner.run(&[&["list"], &arguments[..]].concat()).assert_refused(2);

    let text = format!("{HEAD}    all + 1\n}}\n");
    fs::write(learner.file(), &text).expect("the file is there");
    let ended = learner.run(&arguments);
    assert_eq!(ended.code(), Some(1), "its answer is wrong: {ended:?}");
    let note = ended.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(note.contains("the verdicts on 1 exercise,"), "{ended:?}");
    let hand_in = HandIn::read(&file).expect("it is one");
    let judged = &hand_in.exercises.as_ref().expect("exercises")[..];
    let [exercise] = judged else { panic!("one is begun: {judged:?}") };
    assert_eq!((exercise.name.as_str(), exercise.chapter.as_str()), (EXERCISE, "joining"));
    assert_eq!((exercise.right, exercise.parallel, exercise.fast), (false, false, None));
    assert_eq!(exercise.verdict["failure"]["stage"], "right");
    let [only] = &hand_in.files[..] else { panic!("one file: {ended:?}") };
    assert_eq!((&only.path, &only.text), (&exercise.file, &text));
    assert!(only.is_sound());
    assert!(
        hand_in.document.as_ref().is_some_and(|document| document["machine"]["cpu"].is_string())
    );
    let beside = HandIn { files: Vec::new(), ..hand_in.clone() }.to_json();
    assert!(!beside.contains(learner.path()), "{beside}");

    fs::write(learner.file(), "// 0123456789\n".repeat(20_000)).expect("room");
    let ended = learner.run(&arguments);
    ended.assert_refused(2);
    assert!(ended.stderr.contains("has 274 KiB"), "{ended:?}");
    assert_eq!(HandIn::read(&file).expect("the older one"), hand_in);
}
