//! The options that show more than the table does, tested on the real program. Included by the tests
//! of every lesson, which say in `PROGRAM` and `LESSON` which one is meant.

use std::io::Write;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;

use super::program::{Ended, command, finish, run};
use super::{LESSON, PROGRAM};

/// A file that only the test `name` of this lesson writes.
fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{LESSON}-{name}.json"))
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

#[test]
fn a_trace_shows_what_the_audit_says() {
    let path = file("trace");
    let trace = path.to_str().expect("a plain path");
    // Enough to share: below four grains nothing is stolen.
    let ended = run(
        PROGRAM,
        &["-k", "primes", "-n", "2e5", "-w", "1,2", "--rounds", "1", "--json", "--trace", trace],
    );
    assert_eq!((ended.code(), ended.stderr.as_str()), (Some(0), ""), "{ended:?}");
    let text = std::fs::read_to_string(&path).expect("the trace was written");
    let document: Value = serde_json::from_str(&text).expect("the trace is JSON");
    let events = document["traceEvents"].as_array().expect("a trace has events");
    let of = |pid: &Value, ph: &str| -> Vec<&Value> {
        events.iter().filter(|event| event["pid"] == *pid && event["ph"] == ph).collect()
    };
    let rows: Vec<&Value> = events.iter().filter(|event| event["name"] == "process_name").collect();
    let runs = ended.runs();
    assert_eq!(rows.len(), runs.len());
    for (run, row) in runs.iter().zip(rows) {
        let title = row["args"]["name"].as_str().expect("a row has a name");
        let (name, workers) = (run["strategy"].as_str().expect("a name"), &run["workers"]);
        assert!(title.starts_with(&format!("{name} with {workers} worker")), "{title}: {run}");
        let mut threads = of(&row["pid"], "M");
        threads.retain(|event| event["name"] == "thread_name");
        let audit = run["audit"].as_array().expect("an audit");
        assert_eq!(threads.len(), audit.len(), "{run}");
        let pieces = of(&row["pid"], "X");
        let ranges: u64 = audit.iter().map(|entry| entry["ranges"].as_u64().expect("ranges")).sum();
        assert_eq!(pieces.len() as u64, ranges, "{run}");
        for (thread, entry) in threads.iter().zip(audit) {
            assert_eq!(thread["args"]["name"], entry["id"], "{run}");
            let mine = || pieces.iter().filter(|piece| piece["tid"] == thread["tid"]);
            let busy: f64 = mine().map(|piece| number(&piece["dur"])).sum();
            assert!((busy - number(&entry["busy_seconds"]) * 1e6).abs() < 0.01, "{busy}: {entry}");
            let terms: f64 = mine().map(|piece| number(&piece["args"]["terms"])).sum();
            assert_eq!(terms, number(&entry["terms"]), "{entry}");
            for piece in mine() {
                let (lo, hi) = (&piece["args"]["first_term"], &piece["args"]["end"]);
                assert_eq!(piece["name"], format!("terms {lo}..{hi}"));
                let stolen = piece["args"]["stolen"].as_bool().expect("stolen or not");
                assert_eq!(piece["cat"] == "stolen", stolen, "{piece}");
                let begin = number(&entry["start"]) * 1e6 - 0.01;
                assert!(number(&piece["ts"]) >= begin, "{piece}: {entry}");
            }
        }
        let stolen = pieces.iter().filter(|piece| piece["cat"] == "stolen").count() as u64;
        let steals = run["steals"].as_array();
        let steals: u64 = steals.into_iter().flatten().filter_map(Value::as_u64).sum();
        assert!(stolen <= steals, "{stolen} stolen pieces: {run}");
    }
}

#[test]
fn the_table_says_where_the_trace_is() {
    let path = file("named");
    let trace = path.to_str().expect("a plain path");
    let ended = run(PROGRAM, &["-n", "1000", "--rounds", "1", "--trace", trace]);
    assert_eq!((ended.code(), ended.stderr.as_str()), (Some(0), ""), "{ended:?}");
    let last = ended.stdout.split("\n\n").last().expect("a last paragraph").replace('\n', " ");
    assert!(last.contains(trace) && last.contains("ui.perfetto.dev"), "{}", ended.stdout);
}

/// What is in the file stays until there is something to take its place.
#[test]
#[cfg(unix)]
fn an_interrupted_run_leaves_the_file_of_its_trace_alone() {
    use std::os::unix::process::ExitStatusExt;
    for before in [Some("an older trace"), None] {
        let path = file("interrupted");
        let _ = std::fs::remove_file(&path);
        before.inspect(|text| std::fs::write(&path, text).expect("a file"));
        let trace = path.to_str().expect("a plain path");
        let sum = ["-k", "primes", "-n", "2e7", "-w", "2", "--no-baseline", "--trace", trace];
        let child = command(PROGRAM, &sum).spawn().expect("the program starts");
        while !path.exists() {
            std::thread::sleep(Duration::from_millis(5));
        }
        std::thread::sleep(Duration::from_millis(300));
        let id = child.id().to_string();
        let sent = std::process::Command::new("kill").args(["-s", "INT", &id]).status();
        assert!(sent.expect("kill starts").success(), "the program still ran");
        assert_eq!(finish(child).status.signal(), Some(2));
        assert_eq!(std::fs::read_to_string(&path).ok().as_deref(), before);
    }
}

#[test]
fn a_trace_that_cannot_be_created_is_an_error_before_anything_is_measured() {
    let nowhere = file("no-such-folder").join("trace.json");
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    for path in [&nowhere, &folder] {
        let trace = path.to_str().expect("a plain path");
        let ended = run(PROGRAM, &["--trace", trace]);
        assert_eq!((ended.code(), ended.stdout.as_str()), (Some(74), ""), "{ended:?}");
        assert!(ended.took < Duration::from_secs(5), "{:?}", ended.took);
        assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);
        assert!(ended.stderr.contains(trace), "{}", ended.stderr);
    }
}

/// Nobody has to wait for a reader who may never come.
#[test]
#[cfg(target_os = "linux")]
fn a_trace_into_a_pipe_that_nobody_reads_is_an_error() {
    let path = file("pipe");
    let _ = std::fs::remove_file(&path);
    let trace = path.to_str().expect("a plain path");
    assert_eq!(run("mkfifo", &[trace]).code(), Some(0));
    let ended = run(PROGRAM, &["--trace", trace]);
    assert_eq!((ended.code(), ended.stdout.as_str()), (Some(74), ""), "{ended:?}");
    assert!(ended.stderr.contains(trace), "{}", ended.stderr);
}

#[test]
#[cfg(target_os = "linux")]
fn standard_output_takes_one_document() {
    let sum = ["-n", "10", "--rounds", "1", "--trace", "/dev/stdout"];
    let redirected = file("redirected");
    for more in [&[][..], &["--json"]] {
        let arguments = [&sum[..], more].concat();
        let output = std::fs::File::create(&redirected).expect("a file");
        let into_file = command(PROGRAM, &arguments).stdout(output).spawn().expect("it starts");
        for both in [run(PROGRAM, &arguments), finish(into_file)] {
            assert_eq!((both.code(), both.stdout.as_str()), (Some(2), ""), "{both:?}");
            assert!(both.stderr.contains("for example"), "{}", both.stderr);
        }
        assert_eq!(std::fs::read(&redirected).expect("it is there"), b"");
    }
    let one = run(PROGRAM, &["-n", "10", "--rounds", "1", "--json", "--trace", "/dev/null"]);
    assert_eq!(one.code(), Some(0), "{one:?}");
    assert!(one.document()["runs"].is_array());
}

/// The result is there all the same.
#[test]
#[cfg(target_os = "linux")]
fn a_trace_on_a_full_disk_is_an_error() {
    let ended = run(PROGRAM, &["-n", "10", "--rounds", "1", "--json", "--trace", "/dev/full"]);
    assert_eq!(ended.code(), Some(74), "{ended:?}");
    assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);
    assert!(ended.stderr.contains("/dev/full"), "{}", ended.stderr);
    assert!(ended.runs().iter().all(|row| row["verdict"] != "failed"), "{ended:?}");
}

/// Nothing but the noise changes: the same sums and verdicts; and the report says what was done.
#[test]
fn pinned_runs_are_as_right_as_others() {
    let arguments = ["-k", "primes", "-n", "2e5", "-w", "1,2,3", "--rounds", "1", "--json"];
    let (free, pinned) =
        (run(PROGRAM, &arguments), run(PROGRAM, &[&arguments[..], &["--pin"]].concat()));
    assert_eq!((free.code(), pinned.code()), (Some(0), Some(0)), "{pinned:?}");
    assert_eq!(free.document()["pinned"], Value::Null);
    assert_eq!(free.document()["notes"], Value::Array(Vec::new()));
    assert_eq!(free.runs().len(), pinned.runs().len());
    for (free, pinned) in free.runs().iter().zip(pinned.runs()) {
        for field in ["strategy", "workers", "sum", "verdict"] {
            assert_eq!(free[field], pinned[field], "{pinned}");
        }
    }
    let (document, notes) = (pinned.document(), pinned.document()["notes"].to_string());
    if cfg!(target_os = "linux") {
        assert_eq!(document["pinned"], true, "{notes}");
        assert!(notes.contains("pinned: worker i"), "{notes}");
    } else {
        assert!(document["pinned"].is_boolean() && notes.contains("pinned"), "{notes}");
    }
    let chili = pinned.runs().iter().any(|row| row["strategy"] == "heartbeat");
    assert_eq!(notes.contains("heartbeat is not pinned"), chili, "{notes}");
    let table = run(PROGRAM, &["-n", "1000", "--rounds", "1", "--pin"]);
    assert_eq!((table.code(), table.stderr.as_str()), (Some(0), ""), "{table:?}");
    assert!(table.stdout.contains("pinned"), "{}", table.stdout);
}

/// More workers than cores: all of them on the one that there is.
#[test]
#[cfg(target_os = "linux")]
fn one_usable_core_is_enough_to_pin_two_workers() {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux tells");
    let list = status.lines().find_map(|line| line.strip_prefix("Cpus_allowed_list:"));
    let list = list.expect("the status has the cores").trim();
    let first = list.split(['-', ',']).next().expect("there is a core");
    let arguments = ["-c", first, PROGRAM, "-n", "1e5", "-w", "2", "--rounds", "1", "--json"];
    let ended = run("taskset", &[&arguments[..], &["--pin"]].concat());
    assert_eq!(ended.code(), Some(0), "{ended:?}");
    let document = ended.document();
    assert_eq!(
        (&document["pinned"], &document["machine"]["usable_cores"]),
        (&true.into(), &1.into())
    );
}

/// A short run with `--predict` whose standard input is `answer`.
fn predicted(answer: &[u8]) -> Ended {
    let arguments = ["-n", "1e5", "-w", "2", "--rounds", "1", "--predict"];
    let mut child =
        command(PROGRAM, &arguments).stdin(Stdio::piped()).spawn().expect("the program starts");
    // The program may have read enough and ended before all of it was written.
    let _ = child.stdin.take().expect("its input is piped").write_all(answer);
    finish(child)
}

const QUESTION: &str = "How many times ";

#[test]
fn a_guess_is_compared_with_the_run() {
    for answer in ["1.8\n", "1.8x\n", " 1.8 x \r\n", "1.8", "1.8\n7\n"] {
        let ended = predicted(answer.as_bytes());
        assert_eq!(ended.code(), Some(0), "{ended:?}");
        let (_, section) = ended.stdout.split_once("\nYour guess\n").expect("a section");
        let section = section.split("\n\n").next().expect("a paragraph").replace("\n ", "");
        assert!(section.contains("You guessed 1.80x; "), "{section}");
        assert!(section.contains(" too ") || section.contains("right on the spot"), "{section}");
        assert_eq!(ended.stderr.matches(QUESTION).count(), 1, "{}", ended.stderr);
        assert_eq!(ended.stdout.matches(QUESTION).count(), 0, "{}", ended.stdout);
        assert!(ended.stdout.lines().all(|line| line.chars().count() <= 80), "{}", ended.stdout);
    }
}

#[test]
fn a_bad_guess_is_asked_for_again() {
    let ended = predicted(b"1,8\n-3\n2.5\n");
    assert_eq!(ended.code(), Some(0), "{ended:?}");
    assert_eq!(ended.stderr.matches(QUESTION).count(), 3, "{}", ended.stderr);
    for wrong in ["'1,8'", "'-3'"] {
        assert!(ended.stderr.contains(wrong), "{wrong}: {}", ended.stderr);
    }
    assert!(ended.stdout.contains("You guessed 2.50x"), "{}", ended.stdout);
}

#[test]
fn without_a_guess_the_run_goes_on_and_says_so() {
    let long = "9".repeat(5000);
    for (answer, asked) in [
        (&b""[..], 1),
        (b"\n1.8\n", 1),
        (b"a\nb\nc\n1.8\n", 3),
        (b"\xff\xfe\n", 2),
        (long.as_bytes(), 3),
    ] {
        let ended = predicted(answer);
        assert_eq!(ended.code(), Some(0), "{ended:?}");
        assert_eq!(ended.stderr.matches(QUESTION).count(), asked, "{}", ended.stderr);
        assert!(ended.stderr.contains("Without a guess"), "{}", ended.stderr);
        assert!(!ended.stdout.contains("Your guess"), "{}", ended.stdout);
        assert!(ended.stdout.contains("your_turn.rs"), "{}", ended.stdout);
    }
}

#[test]
fn a_guess_needs_a_table_and_a_baseline() {
    for other in ["--json", "--no-baseline"] {
        let ended = run(PROGRAM, &["--predict", other]);
        assert_eq!((ended.code(), ended.stdout.as_str()), (Some(2), ""), "{ended:?}");
        assert!(ended.stderr.contains("--predict") && ended.stderr.contains(other), "{ended:?}");
    }
}

#[test]
#[cfg(unix)]
fn a_signal_ends_the_wait_for_a_guess() {
    use std::os::unix::process::ExitStatusExt;
    let mut child =
        command(PROGRAM, &["--predict"]).stdin(Stdio::piped()).spawn().expect("it starts");
    let _open = child.stdin.take();
    std::thread::sleep(Duration::from_millis(700));
    assert!(child.try_wait().expect("a child can be asked").is_none(), "it waits for an answer");
    let id = child.id().to_string();
    assert_eq!(run("kill", &["-s", "INT", &id]).code(), Some(0));
    let ended = finish(child);
    assert_eq!((ended.status.signal(), ended.stdout.as_str()), (Some(2), ""), "{ended:?}");
}
