//! The lesson as its reader runs it, on programs of known behaviour.

use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;
use testkit::{Ended, Program, finish, leftovers};

const FIXTURE: &str = env!("CARGO_BIN_EXE_scale-fixture");

const PROGRAM: Program = Program::without_table::<scale::Scale>(
    env!("CARGO_BIN_EXE_scale"),
    &["--rounds", "1", "-w", "1,2", FIXTURE, "quick", "{workers}"],
    &["--rounds", "1000000", "-w", "1,2", FIXTURE, "sleeps", "{workers}"],
);

testkit::ends!(PROGRAM);

/// A run of one round with one and two workers, of a fixture of this kind.
fn run(options: &[&str], kind: &[&str]) -> Ended {
    let always = ["-w", "1,2", "--rounds", "1", "--json"];
    PROGRAM.run(&[&always, options, &["--", FIXTURE], kind].concat())
}

fn good(options: &[&str], kind: &[&str]) -> Value {
    let ended = run(options, kind);
    ended.assert_good();
    let document = ended.document();
    assert_eq!((&document["schema"], &document["lesson"]), (&2.into(), &"scale".into()));
    document
}

fn verdicts(document: &Value) -> Vec<&str> {
    let runs = document["runs"].as_array().expect("a document has runs");
    runs.iter().map(|run| run["verdict"].as_str().expect("a verdict")).collect()
}

#[track_caller]
fn refused(code: i32, arguments: &[&str], words: &[&str]) {
    let ended = PROGRAM.run(arguments);
    ended.assert_refused(code);
    assert!(
        words.iter().all(|word| ended.stderr.contains(word)),
        "{arguments:?}: {}",
        ended.stderr
    );
}

#[test]
fn a_document_has_what_laws_are_read_from() {
    let document = good(&[], &["sleeps", "{workers}"]);
    let program = &document["program"];
    assert_eq!(
        (&program["name"], &program["answer"]),
        (&"scale-fixture".into(), &"the same output".into())
    );
    assert!(document["machine"]["usable_cores"].as_u64() >= Some(1), "{document}");
    assert_eq!(verdicts(&document), ["right", "right"]);
    for (place, workers) in [(0, 1), (1, 2)] {
        let run = &document["runs"][place];
        assert_eq!((&run["workers"], &run["terms"]), (&workers.into(), &1.into()));
        assert!(run["seconds"]["median"].as_f64() > Some(0.02), "{run}");
        assert_eq!(run["seconds"]["samples"].as_array().map(Vec::len), Some(1));
    }
    let control = &document["controls"][0];
    assert_eq!(control["workers"], 2);
    assert!(control["cores"]["median"].as_f64() > Some(0.0), "{control}");
    assert_eq!(control["samples"].as_array().map(Vec::len), Some(1), "{control}");
    assert!(document["runs"][1]["of_control"]["median"].is_f64(), "{document}");
}

#[test]
fn what_fits_no_program_is_bad_usage() {
    refused(2, &["--", FIXTURE, "quick"], &["{workers}", "for example"]);
    refused(2, &["--", FIXTURE, "quick", "{workers}", "{terms}"], &["-n 1e6"]);
    refused(2, &["-n", "1e3", "--", FIXTURE, "quick", "{workers}"], &["{terms}"]);
    refused(2, &["--answer", "(", "--", FIXTURE, "quick", "{workers}"], &["'('", "for example"]);
    refused(2, &["--env", "NAME", "--", FIXTURE, "{workers}"], &["'NAME'", "for example"]);
    refused(2, &["--alone", "'", "--", FIXTURE, "{workers}"], &["quotes"]);
    refused(2, &["--tolerance", "1e-9", "--", FIXTURE, "{workers}"], &["--answer"]);
    refused(2, &["--answer", "x", "--check", "true", "--", FIXTURE, "{workers}"], &["--check"]);
    refused(2, &["--json"], &["PROGRAM"]);
}

#[test]
fn what_is_no_program_is_said_so() {
    refused(66, &["--", "no-such-program", "{workers}"], &["no-such-program", "name a program"]);
    refused(66, &["--", env!("CARGO_MANIFEST_DIR"), "{workers}"], &["name a program"]);
    let alone = ["--alone", "no-such-program", "--", FIXTURE, "sleeps", "{workers}"];
    refused(66, &alone, &["no-such-program", "name a program"]);
    refused(
        66,
        &["--stdin", "no-such-file", "--", FIXTURE, "reads", "{workers}"],
        &["no-such-file", "--stdin"],
    );
}

/// The other row stays.
#[test]
fn a_program_that_fails_with_more_workers_is_a_failed_row() {
    let ended = run(&[], &["crashes", "{workers}"]);
    assert_eq!(ended.code(), Some(70), "{ended:?}");
    assert_eq!(verdicts(&ended.document()), ["right", "failed"]);
    for word in ["with 2 workers", "exit status 3", "no room for 2"] {
        assert!(ended.stderr.contains(word), "{word}: {}", ended.stderr);
    }
    assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);
    let ended = run(&[], &["aborts", "{workers}"]);
    assert_eq!((ended.code(), verdicts(&ended.document())), (Some(70), vec!["right", "failed"]));
}

#[test]
fn another_answer_with_more_workers_is_wrong() {
    let ended = run(&[], &["loses", "{workers}"]);
    assert_eq!(ended.code(), Some(1), "{ended:?}");
    let document = ended.document();
    assert_eq!(verdicts(&document), ["right", "wrong"]);
    assert!(
        document["runs"][1]["seconds"].is_null() && document["runs"][1]["speedup"].is_null(),
        "{document}"
    );
    assert!(ended.stderr.contains("they differ from byte 2"), "{}", ended.stderr);
    let ended = run(&["--answer", r"sum is (\d+)"], &["loses", "{workers}"]);
    assert!(
        ended.stderr.contains("its answer is 4949, and") && ended.stderr.contains("4950"),
        "{}",
        ended.stderr
    );
}

#[test]
fn a_program_that_does_not_repeat_itself_needs_another_answer() {
    let ended = run(&[], &["clock", "{workers}"]);
    ended.assert_refused(1);
    for word in ["with 1 worker", "--answer", "--check", "--any-output"] {
        assert!(ended.stderr.contains(word), "{word}: {}", ended.stderr);
    }
    good(&["--any-output"], &["clock", "{workers}"]);
    good(&["--answer", "the sum is"], &["clock", "{workers}"]);
}

#[test]
fn numbers_are_compared_with_the_tolerance() {
    let bits = &["bits", "{workers}"];
    assert_eq!(run(&["--answer", "= (.*)"], bits).code(), Some(1));
    good(&["--answer", "= (.*)", "--tolerance", "1e-9"], bits);
    let nothing = run(&["--answer", "total: (.*)"], bits);
    nothing.assert_refused(1);
    assert!(nothing.stderr.contains("--answer finds nothing"), "{}", nothing.stderr);
}

#[test]
#[cfg_attr(not(unix), ignore = "needs the shell of Unix")]
fn a_check_reads_the_output() {
    good(&["--check", "grep -q 'sum is 49[45]'"], &["loses", "{workers}"]);
    let ended = run(&["--check", "grep -q 'sum is 4950'"], &["loses", "{workers}"]);
    assert_eq!((ended.code(), verdicts(&ended.document())), (Some(1), vec!["right", "wrong"]));
    assert!(ended.stderr.contains("--check does not accept"), "{}", ended.stderr);
}

/// What is checked may also lie in the folder of the run.
#[test]
#[cfg_attr(not(unix), ignore = "needs the shell of Unix")]
fn a_check_finds_the_folder_of_the_run() {
    good(&["--check", "grep -q text {dir}/file"], &["writes", "{workers}", "{dir}/file"]);
    let ended = run(&["--check", "test -e {dir}/other"], &["writes", "{workers}", "{dir}/file"]);
    ended.assert_refused(1);
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "needs a limit of memory, which only Linux keeps")]
fn an_output_without_an_end_is_ended() {
    let script =
        format!("ulimit -v 1000000; exec {} -w 1 {FIXTURE} floods {{workers}}", PROGRAM.path);
    let ended = testkit::run("sh", &["-c", &script]);
    ended.assert_refused(71);
    for word in ["memory for the output", "with 1 worker", "{dir}"] {
        assert!(ended.stderr.contains(word), "{word}: {}", ended.stderr);
    }
}

#[test]
fn a_run_beyond_the_time_limit_is_ended_and_the_others_stay() {
    let ended = run(&["--timeout", "1.5"], &["hangs", "{workers}"]);
    assert_eq!(ended.code(), Some(75), "{ended:?}");
    assert_eq!(verdicts(&ended.document()), ["right", "failed"]);
    assert!(
        ended.stderr.contains("--timeout") && ended.took < Duration::from_secs(60),
        "{ended:?}"
    );
}

#[test]
fn a_result_that_cannot_be_saved_is_found_out_first() {
    for option in ["--save", "--chart"] {
        refused(74, &[option, "no/such/folder", FIXTURE, "rests", "{workers}"], &[option]);
    }
}

#[test]
fn the_chart_and_the_document_are_saved() {
    let folder = PROGRAM.folder("saved");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (json, svg) = (path("run.json"), path("chart.svg"));
    let document =
        good(&["--save", &json, "--chart", &svg, "--name", "mine"], &["quick", "{workers}"]);
    let saved: Value =
        serde_json::from_str(&fs::read_to_string(json).expect("saved")).expect("JSON");
    assert_eq!(saved, document);
    let chart = fs::read_to_string(svg).expect("saved");
    assert!(
        chart.starts_with("<svg") && chart.contains("mine: speedup against workers"),
        "{chart}"
    );
}

#[test]
fn a_program_gets_its_variables_its_input_and_its_terms() {
    let says = ["says", "1"];
    good(
        &["--env", "SCALE_FIXTURE={workers}-{terms}", "-n", "1e3", "--answer", "sum is 6$"],
        &says,
    );
    let input = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let length = fs::metadata(input).expect("a manifest").len();
    good(&["--stdin", input, "--answer", &format!("sum is {length}$")], &["reads", "{workers}"]);
    good(&["--answer", "sum is 0$"], &["reads", "{workers}"]);
}

/// Each run has its own folder, and none is left.
#[test]
fn fresh_folders_go_with_their_runs() {
    let folder = PROGRAM.folder("fresh");
    let mut command = PROGRAM.command(&[
        "--rounds",
        "2",
        "-w",
        "1,2",
        "--json",
        FIXTURE,
        "writes",
        "{workers}",
        "{dir}/file",
    ]);
    let ended = finish(
        command.env("TMPDIR", folder.path()).env("TMP", folder.path()).spawn().expect("it starts"),
    );
    ended.assert_good();
    assert!(
        ended.document()["program"]["written"].as_array().is_some_and(Vec::is_empty),
        "{ended:?}"
    );
    leftovers::is_empty(folder.path(), Duration::ZERO).expect("nothing is left");
}

#[test]
fn a_file_in_the_working_folder_is_told() {
    let folder = PROGRAM.folder("written");
    let arguments = ["--rounds", "1", "-w", "1,2", "--json", FIXTURE, "writes", "{workers}"];
    let mut command = PROGRAM.command(&arguments);
    let ended = finish(command.current_dir(folder.path()).spawn().expect("it starts"));
    ended.assert_good();
    let document = ended.document();
    assert_eq!(document["program"]["written"][0], "written.txt");
    let findings = document["findings"].to_string();
    assert!(findings.contains("written.txt") && findings.contains("{dir}"), "{findings}");
}

#[test]
#[cfg_attr(not(unix), ignore = "needs the shell of Unix")]
fn what_prepares_a_run_comes_before_it() {
    let prepare = "printf {workers}{workers} > {dir}/input";
    let own = ["--prepare", prepare, "--stdin", "{dir}/input", "--answer", "sum is 2$"];
    good(&own, &["reads", "{workers}"]);
    let ended = run(&["--prepare", "echo no disk; exit 4"], &["quick", "{workers}"]);
    ended.assert_refused(70);
    assert!(
        ended.stderr.contains("--prepare failed") && ended.stderr.contains("no disk"),
        "{}",
        ended.stderr
    );
}

/// The rates are what the program says, so this is exact.
#[test]
fn rates_of_a_fixed_time_are_compared_and_those_of_copies_added() {
    let options = ["--rate", r"per second: (\d+)", "--answer", r"total: (\d+)"];
    let document = good(&options, &["rate", "{workers}"]);
    let number = |value: &Value| value.as_f64().expect("a number");
    for (place, rate) in [(0, 1000.0), (1, 2000.0)] {
        let run = &document["runs"][place];
        assert!((number(&run["rate"]) - rate).abs() < 0.1, "{run}");
        assert!((number(&run["speedup"]["median"]) - rate / 1000.0).abs() < 1e-3, "{run}");
    }
    assert!((number(&document["controls"][0]["cores"]["median"]) - 2.0).abs() < 1e-3, "{document}");
    assert_eq!(
        run(&["--rate", "a second: (.*)", "--any-output"], &["rate", "{workers}"]).code(),
        Some(1)
    );
}

#[test]
fn another_program_can_be_the_baseline() {
    let alone = format!("'{FIXTURE}' sleeps 5");
    let document = good(&["--alone", &alone], &["sleeps", "{workers}"]);
    assert_eq!(verdicts(&document), ["right", "right"]);
    assert!(document["program"]["has_own_baseline"].as_bool() == Some(true), "{document}");
}

#[test]
fn several_sizes_tell_from_where_on_workers_pay() {
    let document = good(&["-n", "10,1e3"], &["burns", "{workers}", "{terms}"]);
    let runs = document["runs"].as_array().expect("runs");
    let names: Vec<_> =
        runs.iter().map(|run| (run["strategy"].as_str(), run["terms"].as_u64())).collect();
    let (small, large) =
        ((Some("scale-fixture on 10"), Some(10)), (Some("scale-fixture"), Some(1000)));
    assert_eq!(names, [large, large, small, small]);
    assert_eq!(document["pays"][0]["workers"], 2);
    assert!(document["findings"].to_string().contains(" terms"), "{document}");
}

/// However busy the machine is: the time on a core is that of this program, and of what it has started.
#[test]
fn the_time_on_a_core_is_that_of_the_program() {
    let used = |kind: &str| {
        let document = good(&[], &[kind, "{workers}", "20000000"]);
        [0, 1].map(|place| {
            let run = &document["runs"][place];
            let time = |value: &Value| value.as_f64().unwrap_or_else(|| panic!("{document}"));
            (time(&run["cpu_seconds"]), time(&run["used"]))
        })
    };
    let one = used("ignores");
    // Some systems count in ticks of 16 ms.
    assert!(one.iter().all(|(_, used)| *used < 1.6), "one thread: {one:?}");
    for other in [used("forks"), used("two")] {
        let as_much = |(one, other): (&(f64, f64), &(f64, f64))| other.0 > one.0 / 3.0;
        assert!(one.iter().zip(&other).all(as_much), "as much work: {one:?}, {other:?}");
    }
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "only Linux tells who has started whom")]
fn what_a_program_leaves_behind_is_ended_and_told() {
    let document = good(&[], &["leaves", "{workers}"]);
    assert_eq!(document["program"]["left"], 1);
    assert!(
        document["findings"].to_string().contains("1 process that it had started still ran"),
        "{document}"
    );
    let marker = format!("{FIXTURE}\0rests");
    let alive = || {
        let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
        let lines = processes.filter_map(|one| fs::read_to_string(one.path().join("cmdline")).ok());
        lines.filter(|line| line.starts_with(&marker)).count()
    };
    assert_eq!(alive(), 0);
}

/// The program with two workers of a run that does not end by itself, once it is there; and all of its descendants then.
fn hanging(folder: &Path) -> (std::process::Child, Vec<u32>) {
    let arguments = ["-w", "1,2", FIXTURE, "hangs", "{workers}", "{dir}"];
    let mut command = PROGRAM.command(&arguments);
    let child = command.env("TMPDIR", folder).spawn().expect("it starts");
    let begin = Instant::now();
    let descendants = loop {
        let family = leftovers::descendants_of(child.id());
        let hangs = |id: &u32| {
            let line = fs::read_to_string(format!("/proc/{id}/cmdline")).unwrap_or_default();
            line.contains("hangs\0") && line.contains("\u{0}2\u{0}")
        };
        if family.iter().any(hangs) {
            break family;
        }
        assert!(begin.elapsed() < Duration::from_secs(60), "it never came to two workers");
        sleep(Duration::from_millis(10));
    };
    (child, descendants)
}

fn send(signal: &str, to: u32) {
    let mut kill = std::process::Command::new("kill");
    kill.args(["-s", signal, &to.to_string()]).status().expect("kill starts");
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "only Linux tells who has started whom")]
fn an_interrupt_ends_the_program_that_runs() {
    let folder = PROGRAM.folder("interrupt");
    let (child, descendants) = hanging(folder.path());
    send("INT", child.id());
    let ended = finish(child);
    assert_eq!((ended.signal(), ended.stderr.as_str()), (Some(2), ""), "{ended:?}");
    leftovers::all_are_gone(&descendants, Duration::from_secs(2)).expect("nobody is left");
    leftovers::is_empty(folder.path(), Duration::from_secs(2)).expect("no file is left");
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "only Linux tells who has started whom")]
fn a_kill_ends_the_program_that_runs_and_the_watchdog_too() {
    let folder = PROGRAM.folder("kill");
    let (child, descendants) = hanging(folder.path());
    let marker = format!("{}\0--watchdog\0", PROGRAM.path);
    let watchdogs = || {
        let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
        let mut lines = processes.filter_map(|one| {
            fs::read_to_string(one.path().join("environ"))
                .ok()
                .zip(fs::read_to_string(one.path().join("cmdline")).ok())
        });
        let own = format!("TMPDIR={}", folder.path().display());
        lines.any(|(variables, line)| variables.contains(&own) && line == marker)
    };
    assert!(watchdogs(), "there is one");
    send("KILL", child.id());
    assert_eq!(finish(child).signal(), Some(9));
    leftovers::all_are_gone(&descendants, Duration::from_secs(5)).expect("nobody is left");
    let begin = Instant::now();
    while watchdogs() {
        assert!(begin.elapsed() < Duration::from_secs(5), "the watchdog is left");
        sleep(Duration::from_millis(10));
    }
}

/// A comparison of two fixtures, seven rounds of it.
fn compared(options: &[&str], a: &[&str], b: &[&str]) -> Ended {
    let both = [&[FIXTURE], a, &["--", FIXTURE], b].concat();
    PROGRAM.run(&[&["compare", "--rounds", "7"], options, &both].concat())
}

/// What is told depends on the machine; not, that the gate and the sentences follow from it.
#[test]
fn a_gate_and_the_sentences_follow_the_answer() {
    let (short, long) = (&["sleeps", "50"], &["rests", "1", "30"]);
    let ended = compared(&["--any-output", "--json", "--gate", "5%"], short, long);
    let document = ended.document();
    let code = match document["difference"]["answer"].as_str() {
        Some("slower") => 1,
        Some("cannot-tell") => 75,
        other => panic!("it cannot be {other:?}: {ended:?}"),
    };
    assert_eq!((ended.code(), ended.stderr.as_str()), (Some(code), ""), "{ended:?}");
    assert_eq!(document["lesson"], "scale");
    assert_eq!(document["rounds"].as_array().map(Vec::len), Some(7));
    let ended = compared(&["--any-output"], long, short);
    ended.assert_good();
    assert!(ended.stdout.contains("nothing below"), "{}", ended.stdout);
    let answers = ["B is faster: it takes", "cannot be told ("];
    assert!(answers.iter().any(|answer| ended.stdout.contains(answer)), "{}", ended.stdout);
    assert!(ended.stdout.lines().all(|line| line.chars().count() <= 80), "{}", ended.stdout);
}

#[test]
fn two_programs_have_one_answer() {
    let ended = compared(&[], &["quick", "1"], &["loses", "2"]);
    ended.assert_refused(1);
    assert!(
        ended.stderr.contains("B: its output is not that of the first run"),
        "{}",
        ended.stderr
    );
    compared(&[], &["crashes", "1"], &["crashes", "2"]).assert_refused(70);
}

#[test]
fn a_comparison_takes_two_programs_as_they_are() {
    refused(2, &["compare", FIXTURE], &["--", "for example"]);
    refused(2, &["compare", FIXTURE, "--", FIXTURE, "{workers}"], &["{workers}"]);
    refused(
        2,
        &["compare", "--gate", "5", FIXTURE, "--", FIXTURE],
        &["'5'", "for example: --gate 5%"],
    );
    refused(2, &["compare", "--commits", "main", FIXTURE], &["'main'", "for example"]);
    refused(2, &["compare", "--commits", "main,HEAD", FIXTURE], &["{tree}"]);
}

/// Each commit has its own file, and what is built from it.
#[test]
#[cfg_attr(not(unix), ignore = "needs the shell of Unix")]
fn two_commits_are_built_and_compared() {
    let folder = PROGRAM.folder("commits");
    let script = "git init -q . && git config user.email a@b && git config user.name a && for word in one two; do echo \
                  $word >word; git add word; git commit -qm $word; done; echo three >word";
    let made =
        std::process::Command::new("sh").args(["-c", script]).current_dir(folder.path()).status();
    assert!(made.expect("there is a shell").success(), "there is a git");
    let run = |options: &[&str]| {
        let always =
            ["compare", "--rounds", "7", "--json", "--build", "cp {tree}/word {tree}/built"];
        let mut command = PROGRAM.command(&[&always, options, &["cat", "{tree}/built"]].concat());
        finish(command.current_dir(folder.path()).spawn().expect("it starts"))
    };
    run(&["--commits", "HEAD,HEAD"]).assert_good();
    let other = run(&["--commits", "HEAD~1,HEAD"]);
    other.assert_refused(1);
    assert!(other.stderr.contains("they differ from byte 1 on"), "{}", other.stderr);
    let ended = run(&["--commits", "HEAD~1,HEAD", "--any-output"]);
    ended.assert_good();
    assert_eq!(ended.document()["programs"][0], "HEAD~1: cat {tree}/built");
    run(&["--commits", "HEAD,no-such-commit"]).assert_refused(66);
    let word = fs::read_to_string(folder.path().join("word")).expect("it is there");
    assert_eq!(word, "three\n", "the working tree is as it was");
}

#[test]
fn a_long_path_fits_the_table() {
    assert!(Path::new(FIXTURE).exists());
    let long = "x".repeat(300);
    let ended = PROGRAM.run(&["--rounds", "1", FIXTURE, "quick", "{workers}", &long]);
    ended.assert_good();
    assert!(ended.stdout.lines().all(|line| line.chars().count() <= 80), "{}", ended.stdout);
}

#[test]
fn the_document_is_handed_in_without_the_folders_of_the_command() {
    let program = ["--rounds", "1", "-w", "1", "--", FIXTURE, "quick", "{workers}"];
    let folder = PROGRAM.folder("hand-in");
    let path = folder.path().join("alice.json");
    let arguments = ["--any-output", "--hand-in", path.to_str().expect("a plain name")];
    let ended = PROGRAM.run(&[&arguments[..], &program].concat());
    assert_eq!(ended.code(), Some(0), "{ended:?}");
    let hand_in = course::HandIn::read(&path).expect("it is one");
    let document = hand_in.document.clone().expect("a document");
    let command = document["program"]["command"].as_str().expect("a command");
    assert!(command.ends_with("scale-fixture quick {workers}"), "{command}");
    assert!(!command.starts_with('/'), "{command}");
    assert_eq!(hand_in.arguments[0..3], ["--any-output", "--hand-in", "alice.json"]);
}
