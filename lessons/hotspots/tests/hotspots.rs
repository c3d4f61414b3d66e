//! The lesson as its reader runs it.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use hotspots::{VARIANTS, known, made, parse_faster};
use testkit::{Ended, Program, finish};

mod python;

const PROGRAM: Program = Program::without_table::<hotspots::Hotspots>(
    env!("CARGO_BIN_EXE_hotspots"),
    &["-n", "1000", "--rounds", "1", "--budget", "0.2"],
    &["--json"],
);

testkit::ends!(PROGRAM);
testkit::checks! {
    PROGRAM;
    bad_options::an_unknown_row_is_refused_with_one_that_is_there,
    help::the_list_has_the_kernels_and_your_turn,
    counters::what_is_not_counted_is_null_with_a_reason_and_changes_nothing_else,
    counters::the_table_has_the_counters_or_the_reason,
}

/// A file that only the test `name` writes.
fn file(name: &str, content: &[u8]) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, content).expect("a file");
    path.to_str().expect("a plain path").to_owned()
}

/// A short run that says everything.
fn short(arguments: &[&str]) -> Ended {
    PROGRAM.run(&[arguments, &["--rounds", "1", "--budget", "0.2", "--json"]].concat())
}

#[test]
fn every_row_is_right_at_awkward_sizes() {
    for terms in ["0", "1", "2", "3", "1000"] {
        let ended = short(&["-n", terms, "-w", "3"]);
        assert_eq!((ended.code(), ended.stderr.as_str()), (Some(0), ""), "{ended:?}");
        assert_eq!(ended.document()["records"]["terms"].to_string(), terms);
        assert_eq!(ended.runs().len(), VARIANTS.len());
        for row in ended.runs() {
            assert_eq!(row["verdict"], "right", "{row}");
            assert_eq!(row["sum"], ended.document()["records"]["expected"], "{row}");
        }
    }
}

#[test]
fn the_table_fits_and_names_the_flamegraph() {
    let svg = file("flamegraph.svg", b"");
    let ended = PROGRAM.run(&["-n", "3000", "--budget", "2", "--flamegraph", &svg]);
    assert_eq!((ended.code(), ended.stderr.as_str()), (Some(0), ""), "{ended:?}");
    assert!(ended.took < Duration::from_secs(60), "far more than its budget: {:?}", ended.took);
    for line in ended.stdout.lines().filter(|line| !line.contains(&svg)) {
        assert!(line.chars().count() <= 80, "{line}");
    }
    for words in ["Where first spends its time", "Amdahl: 1 / (", "your_turn.rs"] {
        assert!(ended.stdout.contains(words), "{words}: {}", ended.stdout);
    }
    if cfg!(unix) {
        assert!(ended.stdout.contains(&svg), "{}", ended.stdout);
        let picture = fs::read_to_string(&svg).expect("a picture");
        assert!(picture.contains("first::distances") && picture.ends_with("</svg>"), "{picture}");
        assert!(picture.contains("prefers-color-scheme:dark") && picture.contains("var(--f"));
        let mut frames = picture.split("<g><title>").skip(1).peekable();
        assert!(frames.peek().is_some() && frames.all(|frame| !frame.contains("fill=\"rgb(")));
    }
}

/// What both parsers and the known answer say of a line must be the same.
#[test]
fn damaged_files_are_refused_by_line_and_left_out_where_that_is_allowed() {
    let long = format!("{};1", "x".repeat(1_000_000));
    let cases: [(&[u8], &str); 14] = [
        (b"abc", "there is no ';'"),
        (b"", "it is empty"),
        (b";1", "the name of the station is empty"),
        (b"a;b;1", "it has 3 fields"),
        (b"a;x", "the value 'x' is no number"),
        (b"a;NaN", "is no number"),
        (b"a;1e999", "is not within"),
        (b"a;-100000", "is not within"),
        (b"a;12.34", "more than one decimal place"),
        (b"a;", "the value '' is no number"),
        (b"\xff\xfe;1", "it is not text"),
        (b"a\0b;1", "has a control character"),
        (b"a;1\r\r", "is no number"),
        (long.as_bytes(), "is longer than 100 bytes"),
    ];
    for (number, (line, why)) in cases.into_iter().enumerate() {
        for end in [&b"\n"[..], b"\r\n"] {
            let text = [b"a;1", end, line, end, b"b;-2.5"].concat();
            let (slow, fast) = (hotspots::first::parse, parse_faster::parse);
            let refused = slow(&text, false).expect_err("a bad line");
            assert!(refused.line == 2 && refused.why.contains(why), "{refused:?}: {why}");
            assert_eq!(fast(&text, false), Err(refused));
            let parsed = slow(&text, true).expect("bad lines are left out");
            assert_eq!((parsed.records.len(), parsed.bad), (2, 1));
            assert_eq!(fast(&text, true), Ok(parsed));
            assert_eq!(known::answer(&text).text, "a;1.0;35\nb;-2.5;35\n70\n");
        }
        let path = file(&format!("damaged-{number}"), &[b"a;1\n", line, b"\nb;2"].concat());
        let ended = PROGRAM.run(&["--file", &path]);
        assert_eq!((ended.code(), ended.stdout.as_str()), (Some(65), ""), "{ended:?}");
        assert!(ended.stderr.contains(&format!("{path}, line 2: ")), "{}", ended.stderr);
        assert!(ended.stderr.lines().count() == 1 && ended.stderr.len() < 500, "{}", ended.stderr);
    }
}

#[test]
fn unusual_good_lines_are_read_alike() {
    let text =
        "a;+5\nb;.5\nc;5.\nd;1e3\ne;-0\nf;-0.0\ng;007.0\nS\u{e3}o;99999.9\nh;-99999.9\ni;1.50";
    let slow = hotspots::first::parse(text.as_bytes(), false).expect("good lines");
    assert_eq!(parse_faster::parse(text.as_bytes(), false), Ok(slow.clone()));
    assert_eq!(slow.records.len() as u64, known::answer(text.as_bytes()).records);
    assert_eq!((slow.records[3].tenths, slow.records[4].tenths), (10_000, 0));
}

#[test]
fn a_lenient_run_counts_and_shows_the_bad_lines() {
    let path = file("lenient", b"a;1\nbad\nb;2\n\xff\nc;3\n\n\n\n\n");
    let arguments = ["--file", &path, "--lenient", "--rounds", "1", "--budget", "0.2"];
    let ended = PROGRAM.run(&arguments);
    assert_eq!((ended.code(), ended.stderr.as_str()), (Some(0), ""), "{ended:?}");
    for words in ["6 lines are left out", "line 2: ", "line 4: it is not text", "... and 1 more"] {
        assert!(ended.stdout.contains(words), "{words}: {}", ended.stdout);
    }
    let document = short(&arguments[..3]).document();
    assert_eq!(
        (&document["records"]["terms"], &document["records"]["bad_lines"]),
        (&3.into(), &6.into())
    );
}

#[test]
fn files_without_records_are_refused() {
    let (empty, bad) = (file("empty", b""), file("all-bad", b"x\ny\n"));
    for (path, words) in [(&empty, "it is empty"), (&bad, "none of its 2 lines")] {
        let ended = PROGRAM.run(&["--file", path, "--lenient"]);
        assert_eq!((ended.code(), ended.stdout.as_str()), (Some(65), ""), "{ended:?}");
        assert!(ended.stderr.contains(words), "{}", ended.stderr);
    }
    let missing = format!("{empty}-missing");
    for path in [env!("CARGO_TARGET_TMPDIR"), &missing] {
        let ended = PROGRAM.run(&["--file", path]);
        assert_eq!((ended.code(), ended.stdout.as_str()), (Some(66), ""), "{ended:?}");
        assert!(ended.stderr.contains(path), "{}", ended.stderr);
    }
    if cfg!(unix) {
        let ended = PROGRAM.run(&["--file", "/dev/zero"]);
        assert_eq!(ended.code(), Some(66), "{ended:?}");
    }
}

#[test]
fn the_same_seed_makes_the_same_file() {
    let made = |seed| {
        let mut text = Vec::new();
        made::write(1000, seed, &mut text).expect("a vector takes everything");
        text
    };
    assert_eq!(made(7), made(7));
    assert_ne!(made(7), made(8));
    let path = file("kept", b"");
    let ended = PROGRAM.run(&["-n", "1000", "--seed", "7", "--make", &path]);
    assert_eq!(ended.code(), Some(0), "{ended:?}");
    assert_eq!(fs::read(&path).expect("the kept file"), made(7));
    assert_eq!(short(&["--file", &path]).code(), Some(0));
}

#[test]
fn a_guess_is_compared_with_the_profile() {
    let arguments = ["-n", "2000", "--rounds", "1", "--budget", "1", "--predict"];
    for (answer, guessed) in [("write 60\n", true), ("\n", false)] {
        let mut child =
            PROGRAM.command(&arguments).stdin(Stdio::piped()).spawn().expect("it starts");
        child.stdin.take().expect("a pipe").write_all(answer.as_bytes()).expect("it reads");
        let ended = finish(child);
        assert_eq!(ended.code(), Some(0), "{ended:?}");
        assert_eq!(ended.stdout.contains("You guessed"), guessed, "{}", ended.stdout);
        assert_eq!(ended.stdout.contains("You guessed write with 60 %"), guessed);
        assert_eq!(ended.stderr.contains("Without a guess"), !guessed, "{}", ended.stderr);
    }
}

#[test]
fn bad_options_say_what_is_allowed() {
    for (option, value) in
        [("-n", "-1"), ("-n", "1e9"), ("-s", "magic"), ("--seed", "x"), ("-w", "0")]
    {
        let ended = PROGRAM.run(&[option, value]);
        assert_eq!((ended.code(), ended.stdout.as_str()), (Some(2), ""), "{ended:?}");
        assert!(ended.stderr.contains("for example"), "{}", ended.stderr);
    }
}

#[test]
fn a_run_that_takes_too_long_is_ended() {
    let ended = PROGRAM.run(&["-n", "1e6", "--timeout", "0.3"]);
    assert_eq!(ended.code(), Some(75), "{ended:?}");
    assert!(ended.stderr.contains("--timeout"), "{}", ended.stderr);
    assert!(ended.took < std::time::Duration::from_secs(30), "{:?}", ended.took);
}

/// The signal ends the program, and its folder is gone.
#[test]
#[cfg_attr(not(unix), ignore = "needs signals, which only Unix has")]
fn an_interrupted_run_leaves_nothing_behind() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("interrupted");
    let _ = fs::remove_dir_all(&folder); // What an older run of this test has left there.
    fs::create_dir_all(&folder).expect("a folder");
    let child = PROGRAM.command(&["--json"]).env("TMPDIR", &folder).spawn().expect("it starts");
    std::thread::sleep(std::time::Duration::from_millis(1500));
    assert_eq!(testkit::run("kill", &["-s", "INT", &child.id().to_string()]).code(), Some(0));
    assert_eq!(finish(child).signal(), Some(2));
    let left = fs::read_dir(&folder).expect("the folder is there").count();
    assert_eq!(left, 0, "something is left in {}", folder.display());
}

/// Without descriptors a folder cannot be opened to be emptied, and without memory nothing is dropped.
#[test]
#[cfg_attr(
    not(target_os = "linux"),
    ignore = "needs a shell with limits of memory, which only Linux keeps"
)]
fn a_system_that_refuses_is_left_clean_too() {
    for limit in ["-n 6", "-v 100000"] {
        let folder = tempfile::tempdir().expect("a folder");
        let script = format!("ulimit {limit}; exec {} --rounds 1", PROGRAM.path);
        let mut limited = testkit::command("sh", &["-c", &script]);
        let ended = finish(limited.env("TMPDIR", folder.path()).spawn().expect("it starts"));
        assert_eq!(ended.code(), Some(71), "{limit}: {ended:?}");
        assert!(!ended.stderr.contains("fewer records"), "{limit}: {}", ended.stderr);
        let left = fs::read_dir(folder.path()).expect("the folder is there").count();
        assert_eq!(left, 0, "{limit}: something is left: {ended:?}");
    }
}

#[test]
fn the_run_and_the_learners_file_are_handed_in() {
    let arguments = [PROGRAM.short, &["--json"]].concat();
    let (hand_in, ended) = testkit::hand_in::handed_in(&PROGRAM, &arguments);
    assert_eq!(ended.code(), Some(0), "{ended:?}");
    assert_eq!(hand_in.document, Some(ended.document()));
    assert_eq!(hand_in.files[0].path, "lessons/hotspots/src/your_turn.rs");
    PROGRAM.run(&["--make", "records", "--hand-in", "alice.json"]).assert_refused(2);
}
