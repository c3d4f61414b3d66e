//! `--trace`: who summed what, and when, in a file that ui.perfetto.dev reads; and `--save`.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::{Program, endings, finish, run, system};

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}

/// Row by row, worker by worker, range by range.
pub fn a_trace_shows_what_the_audit_says(program: &Program) {
    let folder = program.folder("trace");
    let path = folder.path().join("trace.json");
    // Enough to share: below four grains nothing is stolen.
    let arguments = ["-k", "primes", "-n", "2e5", "-w", "1,2", "--rounds", "1"];
    let ended = program.json(&arguments, &["--trace", text(&path)]);
    ended.assert_good();
    let written = fs::read_to_string(&path).expect("the trace was written");
    let document: Value = serde_json::from_str(&written).expect("the trace is JSON");
    let events = document["traceEvents"].as_array().expect("a trace has events");
    let rows: Vec<&Value> = events.iter().filter(|event| event["name"] == "process_name").collect();
    let runs = ended.runs();
    assert_eq!(rows.len(), runs.len());
    for (run, row) in runs.iter().zip(rows) {
        let title = row["args"]["name"].as_str().expect("a row has a name");
        let (name, workers) = (run["strategy"].as_str().expect("a name"), &run["workers"]);
        assert!(title.starts_with(&format!("{name} with {workers} worker")), "{title}: {run}");
        check_row(run, events.iter().filter(|event| event["pid"] == row["pid"]));
    }
}

/// The events of one row.
fn check_row<'e>(run: &Value, events: impl Iterator<Item = &'e Value>) {
    let (spans, names): (Vec<&Value>, Vec<&Value>) = events.partition(|event| event["ph"] == "X");
    let threads = names.iter().filter(|event| event["name"] == "thread_name");
    let audit = run["audit"].as_array().expect("an audit");
    assert_eq!(threads.clone().count(), audit.len(), "{run}");
    let ranges: u64 = audit.iter().map(|entry| entry["ranges"].as_u64().expect("ranges")).sum();
    assert_eq!(spans.len() as u64, ranges, "{run}");
    for (thread, entry) in threads.zip(audit) {
        assert_eq!(thread["args"]["name"], entry["id"], "{run}");
        let mine = || spans.iter().filter(|span| span["tid"] == thread["tid"]);
        let busy: f64 = mine().map(|span| number(&span["dur"])).sum();
        assert!((busy - number(&entry["busy_seconds"]) * 1e6).abs() < 0.01, "{busy}: {entry}");
        let terms: f64 = mine().map(|span| number(&span["args"]["terms"])).sum();
        assert_eq!(terms, number(&entry["terms"]), "{entry}");
        for span in mine() {
            check_span(span, entry);
        }
    }
    let stolen = spans.iter().filter(|span| span["cat"] == "stolen").count() as u64;
    let steals = run["steals"].as_array();
    let steals: u64 = steals.into_iter().flatten().filter_map(Value::as_u64).sum();
    assert!(stolen <= steals, "{stolen} stolen: {run}");
}

fn check_span(span: &Value, entry: &Value) {
    let (lo, hi) = (&span["args"]["first_term"], &span["args"]["end"]);
    assert_eq!(span["name"], format!("terms {lo}..{hi}"));
    let stolen = span["args"]["stolen"].as_bool().expect("stolen or not");
    assert_eq!(span["cat"] == "stolen", stolen, "{span}");
    let begin = number(&entry["start"]) * 1e6 - 0.01;
    assert!(number(&span["ts"]) >= begin, "{span}: {entry}");
}

/// With the page that reads it.
pub fn the_table_says_where_the_trace_is(program: &Program) {
    let folder = program.folder("named");
    let path = folder.path().join("trace.json");
    let quick = ["-n", "1000", "--rounds", "1", "-s", "your-turn"];
    let ended = program.run(&[&quick[..], &["--trace", text(&path)]].concat());
    ended.assert_good();
    let last = ended.stdout.split("\n\n").last().expect("a last paragraph").replace('\n', " ");
    assert!(last.contains(text(&path)) && last.contains("ui.perfetto.dev"), "{}", ended.stdout);
}

/// What is in the file stays until there is something to take its place.
pub fn an_interrupted_run_leaves_the_file_of_its_trace_alone(program: &Program) {
    let folder = program.folder("interrupted");
    let path = folder.path().join("trace.json");
    for before in [None, Some("an older trace")] {
        before.inspect(|text| fs::write(&path, text).expect("a file"));
        let arguments = [program.long, &["--trace", text(&path)]].concat();
        let child = program.command(&arguments).spawn().expect("the program starts");
        let start = Instant::now();
        while !path.exists() {
            assert!(start.elapsed() < Duration::from_secs(30), "no file for the trace");
            std::thread::sleep(Duration::from_millis(5));
        }
        let ended = endings::signalled(child, "INT", Duration::from_millis(300));
        assert_eq!(ended.signal(), Some(2));
        assert_eq!(fs::read_to_string(&path).ok().as_deref(), before);
    }
}

/// `--save`: the document that `--json` prints, beside whatever is printed.
pub fn a_saved_document_is_the_printed_one(program: &Program) {
    let folder = program.folder("saved");
    let path = folder.path().join("run.json");
    let ended = program.json(program.short, &["--save", text(&path)]);
    ended.assert_good();
    assert_eq!(fs::read_to_string(&path).ok().as_deref(), Some(ended.stdout.as_str()));
}

/// No run for nothing.
pub fn a_trace_that_cannot_be_created_is_an_error_before_anything_is_measured(program: &Program) {
    let folder = program.folder("nowhere");
    for path in [&folder.path().join("no-such-folder").join("trace.json"), folder.path()] {
        let ended = program.run(&["--trace", text(path)]);
        ended.assert_refused(74);
        assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);
        assert!(ended.stderr.contains(text(path)), "{}", ended.stderr);
    }
}

/// Nobody has to wait for a reader who may never come.
pub fn a_trace_into_a_pipe_that_nobody_reads_is_an_error(program: &Program) {
    let folder = program.folder("pipe");
    let path = folder.path().join("pipe");
    assert_eq!(run("mkfifo", &[text(&path)]).code(), Some(0));
    let ended = program.run(&["--trace", text(&path)]);
    ended.assert_refused(74);
    assert!(ended.stderr.contains(text(&path)), "{}", ended.stderr);
}

/// A table, a document or a trace.
pub fn standard_output_takes_one_document(program: &Program) {
    let folder = program.folder("redirected");
    let redirected = folder.path().join("output");
    for (option, more) in [
        ("--trace", &[][..]),
        ("--trace", &["--json"]),
        ("--save", &[]),
        ("--hand-in", &["--json"]),
    ] {
        for name in [Some(text(&redirected)), system::STDOUT].into_iter().flatten() {
            let arguments = [program.short, &[option, name], more].concat();
            let output = fs::File::create(&redirected).expect("a file");
            let into_file = program.command(&arguments).stdout(output).spawn().expect("it starts");
            let into_pipe = system::STDOUT.filter(|stdout| *stdout == name);
            let into_pipe = into_pipe.map(|_| program.run(&arguments));
            for ended in into_pipe.into_iter().chain([finish(into_file)]) {
                ended.assert_refused(2);
                assert!(ended.stderr.contains("for example"), "{}", ended.stderr);
            }
            assert_eq!(fs::read(&redirected).expect("it is there"), b"");
        }
    }
    program.json(program.short, &["--trace", system::NULL]).assert_good();
}

/// The result is there all the same.
pub fn a_trace_on_a_full_disk_is_an_error(program: &Program) {
    for option in ["--trace", "--save", "--hand-in"] {
        let ended = program.json(program.short, &[option, "/dev/full"]);
        assert_eq!(ended.code(), Some(74), "{ended:?}");
        assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);
        assert!(ended.stderr.contains("/dev/full"), "{}", ended.stderr);
        assert!(ended.runs().iter().all(|row| row["verdict"] != "failed"), "{ended:?}");
    }
}
