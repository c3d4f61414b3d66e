//! What every lesson's program promises, tested on the real program. Included by the tests of every
//! lesson, which say in `PROGRAM`, `LESSON` and `KERNELS` which one is meant and what it sums.

use std::time::Duration;

use serde_json::Value;

use super::program::{Ended, command, finish, run};
use super::{KERNELS, LESSON, PROGRAM};

fn refused(arguments: &[&str]) -> Ended {
    let ended = run(PROGRAM, arguments);
    assert_eq!(ended.code(), Some(2), "{arguments:?}: {ended:?}");
    assert_eq!(ended.stdout, "", "{arguments:?}");
    assert!(ended.took < Duration::from_secs(5), "{arguments:?}: {:?}", ended.took);
    ended
}

/// The rows but those that need what this machine lacks; the tests of their lesson show them as ignored.
fn present(ended: &Ended) -> impl Iterator<Item = Value> {
    ended.runs().into_iter().filter(|row| {
        let lacks = row["note"].as_str().is_some_and(|note| note.contains(" is missing: "));
        row["verdict"] != "skipped" || !lacks
    })
}

fn is_parallel() -> bool {
    ["threads", "processes", "work-stealing"].contains(&LESSON)
}

/// The most expensive kernel of the lesson, with the sum of so few terms that this does not matter.
fn ten_thousand_terms() -> (&'static str, &'static str) {
    if KERNELS.contains(&"primes") { ("primes", "5736396") } else { ("integers", "49995000") }
}

#[test]
fn bad_options_say_what_was_given_what_is_allowed_and_an_example() {
    let cases = [
        ("--workers", "0"),
        ("--workers", "-1"),
        ("--workers", "abc"),
        ("--workers", "5..2"),
        ("--workers", "1.5"),
        ("--kernel", "quaternions"),
        ("--strategy", "magic"),
        ("--terms", "-5"),
        ("--terms", "1.5"),
        ("--terms", "lots"),
        ("--terms", "1e-3"),
        ("--terms", ""),
        ("--rounds", "0"),
        ("--budget", "-1"),
        ("--timeout", "0"),
    ];
    for (option, value) in cases {
        let ended = refused(&[option, value]);
        assert!(ended.stderr.contains(&format!("'{value}'")), "{option} {value}: {}", ended.stderr);
        assert!(ended.stderr.contains("for example"), "{option} {value}: {}", ended.stderr);
        assert!(!ended.stderr.contains("panicked"), "{option} {value}: {}", ended.stderr);
    }
}

#[test]
fn more_than_the_most_workers_are_refused_by_name() {
    for list in ["1025", "1..1025", "99999999999999999999"] {
        assert!(refused(&["-w", list]).stderr.contains("1024"), "{list}");
    }
}

#[test]
fn strategies_of_other_kernels_are_refused_with_the_right_one() {
    let names = run(PROGRAM, &["--list"]).stdout;
    for line in names.lines().filter(|line| line.ends_with(" only)")) {
        let name = line.split_whitespace().next().expect("a line of the list has a name");
        let only = line.rsplit('(').next().and_then(|end| end.split(' ').next()).expect("a kernel");
        let other = if only == "primes" { "pi" } else { "primes" };
        if !KERNELS.contains(&other) {
            continue;
        }
        let ended = refused(&["-s", name, "-k", other]);
        assert!(ended.stderr.contains(&format!("-k {only} -s {name}")), "{}", ended.stderr);
    }
}

#[test]
fn a_sum_that_does_not_fit_is_refused_before_any_work() {
    let largest = [
        ("integers", "6074001000"),
        ("memory", "6074001000"),
        ("pi", "1000000000000"),
        ("primes", "29000000000"),
    ];
    for (kernel, largest) in largest.into_iter().filter(|(kernel, _)| KERNELS.contains(kernel)) {
        let one_more = (largest.parse::<u64>().expect("a number") + 1).to_string();
        for terms in [one_more.as_str(), "1e30"] {
            let ended = run(PROGRAM, &["-k", kernel, "-n", terms]);
            assert_eq!(ended.code(), Some(65), "{kernel} {terms}: {ended:?}");
            assert_eq!(ended.stdout, "");
            assert!(ended.stderr.contains(largest), "{kernel}: {}", ended.stderr);
            assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);
            assert!(ended.took < Duration::from_secs(5));
        }
    }
}

#[test]
#[cfg(target_os = "linux")]
fn more_memory_than_there_is_is_refused_before_allocating() {
    if !KERNELS.contains(&"memory") {
        return;
    }
    let script = format!("ulimit -v 2000000; exec {PROGRAM} -k memory -n 1e9");
    let child = command("sh", &["-c", &script]).spawn().expect("a shell starts");
    let ended = finish(child);
    assert_eq!(ended.code(), Some(71), "{ended:?}");
    assert!(ended.stderr.contains("needs 8.0 GB"), "{}", ended.stderr);
    assert!(ended.stderr.contains("available"), "{}", ended.stderr);
    assert_eq!(ended.stdout, "");
}

#[test]
fn nothing_sums_to_nothing() {
    for kernel in KERNELS.iter().copied() {
        let ended =
            run(PROGRAM, &["-k", kernel, "-n", "0", "-w", "1,2", "--rounds", "1", "--json"]);
        assert_eq!(ended.code(), Some(0), "{kernel}: {ended:?}");
        for row in present(&ended) {
            assert_eq!(row["sum"], "0", "{kernel}: {row}");
            assert_eq!(row["verdict"], "right", "{kernel}: {row}");
        }
    }
}

/// Every strategy, at sizes and worker counts that divide badly: the right sum, and every term summed
/// exactly once by the workers that were asked for.
#[test]
fn awkward_sizes_and_worker_counts_are_right() {
    for kernel in KERNELS.iter().copied() {
        for terms in ["1", "2", "3", "5", "1000", "100003"] {
            let rounds = ["--rounds", "1", "--json"];
            let ended =
                run(PROGRAM, &[&["-k", kernel, "-n", terms, "-w", "1..4,7"], &rounds[..]].concat());
            assert_eq!(ended.code(), Some(0), "{kernel} {terms}: {}", ended.stderr);
            let document = ended.document();
            let expected =
                document["kernel"]["expected"].as_str().expect("a known answer").to_owned();
            for row in present(&ended) {
                check_row(&row, terms.parse().expect("a number"), kernel, &expected);
            }
        }
    }
}

fn check_row(row: &Value, terms: u64, kernel: &str, expected: &str) {
    let verdict = row["verdict"].as_str().expect("a verdict");
    let folded = verdict == "folded"
        // Gcc keeps the loop of `cxx-optimised`, and clang does not.
        && row["strategy"]
            .as_str()
            // Numba compiles with LLVM, which knows the formula.
            .is_some_and(|name| {
                name.starts_with("folded") || name.starts_with("numba") || name == "cxx-optimised"
            });
    assert!(verdict == "right" || folded, "{row}");
    assert_eq!(row["terms"], terms, "{row}");
    if kernel == "pi" {
        let sum: f64 = row["sum"].as_str().expect("a sum").parse().expect("a number");
        let n = terms as f64;
        assert!((sum - std::f64::consts::PI).abs() <= 1.0 / (12.0 * n * n) + 1e-12, "{row}");
    } else {
        assert_eq!(row["sum"], expected, "{row}");
    }
    let workers = row["workers"].as_u64().expect("a worker count");
    let audit = row["audit"].as_array().expect("an audit");
    assert!(audit.len() as u64 >= workers, "one entry for each worker: {row}");
    let summed: u64 = audit.iter().map(|entry| entry["terms"].as_u64().expect("terms")).sum();
    assert_eq!(summed, terms, "{row}");
    let mut ids: Vec<&str> = audit
        .iter()
        .filter(|entry| entry["terms"].as_u64() > Some(0))
        .map(|entry| entry["id"].as_str().expect("an id"))
        .collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "every worker has an id of its own: {row}");
    assert!(all as u64 <= workers, "no more workers than asked for: {row}");
    if kernel != "pi" || !row["strategy"].as_str().expect("a name").starts_with("f64") {
        assert_eq!(row["same_bits"], true, "{row}");
    }
}

#[test]
fn the_document_has_every_field_of_schema_1() {
    let ended = run(PROGRAM, &["-n", "1e5", "-w", "1,2", "--rounds", "6", "--json"]);
    assert_eq!(ended.code(), Some(0), "{ended:?}");
    let document = ended.document();
    assert_eq!(document["schema"], 1);
    assert_eq!(document["lesson"], LESSON);
    let fields = |value: &Value, names: &[&str]| {
        for name in names {
            assert!(value.get(name).is_some(), "{name} is missing in {value}");
        }
    };
    fields(&document, &["version", "machine", "kernel", "baseline", "controls", "runs"]);
    fields(
        &document["machine"],
        &[
            "cpu",
            "os",
            "arch",
            "rustc",
            "logical_cores",
            "physical_cores",
            "usable_cores",
            "cpu_quota",
            "simd",
            "memory_bytes",
            "ceilings",
        ],
    );
    fields(
        &document["machine"]["ceilings"],
        &["additions_per_second_per_core", "read_bytes_per_second"],
    );
    fields(&document["kernel"], &["name", "terms", "bytes_per_term", "expected"]);
    fields(&document["baseline"], &["strategy", "seconds"]);
    for row in present(&ended) {
        fields(
            &row,
            &[
                "strategy",
                "workers",
                "terms",
                "seconds",
                "terms_per_second",
                "bytes_per_second",
                "ceiling_fraction",
                "speedup",
                "of_control",
                "efficiency",
                "cpu_seconds",
                "sum",
                "verdict",
                "same_bits",
                "retries",
                "note",
                "imbalance",
                "phases",
                "steals",
                "audit",
            ],
        );
        fields(&row["seconds"], &["median", "low", "high", "samples"]);
        assert_eq!(row["seconds"]["samples"].as_array().map(Vec::len), Some(6), "{row}");
        assert!(row["seconds"]["low"].as_f64() <= row["seconds"]["median"].as_f64());
        fields(
            &row["audit"][0],
            &["worker", "id", "terms", "ranges", "busy_seconds", "start", "end"],
        );
    }
}

#[test]
fn without_a_baseline_there_are_no_speedups() {
    let (kernel, sum) = ten_thousand_terms();
    let arguments = ["-k", kernel, "-n", "1e4", "-w", "1", "--no-baseline", "--rounds", "1"];
    let ended = run(PROGRAM, &[&arguments[..], &["--json"]].concat());
    assert_eq!(ended.code(), Some(0), "{ended:?}");
    let document = ended.document();
    assert!(document["baseline"].is_null() && document["controls"].is_null());
    for row in present(&ended) {
        assert!(row["speedup"].is_null() && row["of_control"].is_null(), "{row}");
        assert!(row["efficiency"].is_null() && row["seconds"]["low"].is_null(), "{row}");
        assert_eq!(row["sum"], sum, "{row}");
    }
}

#[test]
fn the_table_fits_80_columns_and_has_no_colours_in_a_pipe() {
    let last = KERNELS.iter().find(|kernel| **kernel == "pi").unwrap_or(&KERNELS[0]);
    for arguments in
        [vec!["-n", "2e6"], vec!["-k", last, "-n", "1e5", "-w", "1,2,1024"], vec!["-n", "3"]]
    {
        let all = [&arguments[..], &["--rounds", "1"]].concat();
        let ended = run(PROGRAM, &all);
        assert_eq!(ended.code(), Some(0), "{ended:?}");
        for line in ended.stdout.lines() {
            assert!(line.chars().count() <= 80, "{all:?}: {line}");
            assert!(!line.contains('\u{1b}'), "{line:?}");
        }
        assert!(ended.stdout.contains("your_turn."), "{}", ended.stdout);
        assert_eq!(ended.stderr, "");
    }
    let coloured = run(PROGRAM, &["-n", "3", "--rounds", "1", "--color", "always"]);
    assert!(coloured.stdout.contains('\u{1b}'), "{}", coloured.stdout);
}

#[test]
fn help_shows_five_options_and_more() {
    let help = run(PROGRAM, &["--help"]);
    assert_eq!(help.code(), Some(0));
    let (first, more) = help.stdout.split_once("\nMore:").expect("a second part");
    for option in ["--terms", "--kernel", "--workers", "--strategy", "--json"] {
        assert!(first.contains(option), "{option}: {first}");
    }
    let options = [
        "--rounds",
        "--budget",
        "--timeout",
        "--no-baseline",
        "--pin",
        "--predict",
        "--trace",
        "--color",
        "--list",
    ];
    for option in options {
        assert!(more.contains(option) && !first.contains(option), "{option}");
    }
    assert!(help.stdout.lines().all(|line| line.chars().count() <= 80), "{}", help.stdout);
    let list = run(PROGRAM, &["--list"]).stdout;
    assert!(
        KERNELS.iter().all(|kernel| list.contains(kernel)) && list.contains("your-turn"),
        "{list}"
    );
}

#[test]
fn variables_that_libraries_read_change_nothing() {
    for number in ["x", "99999999999999999"] {
        let ended = finish(
            command(PROGRAM, &["-n", "1e5", "-w", "2", "--rounds", "1", "--json"])
                .env("RAYON_NUM_THREADS", number)
                .env("RUST_MIN_STACK", number)
                .env("COLUMNS", number)
                .env("CLICOLOR_FORCE", "1")
                .env("RUST_BACKTRACE", "1")
                .spawn()
                .expect("the program starts"),
        );
        assert_eq!(ended.code(), Some(0), "{number}: {ended:?}");
        assert_eq!(ended.document()["kernel"]["expected"], ended.runs()[0]["sum"]);
    }
}

#[test]
fn kernels_of_other_lessons_are_refused_with_one_of_this() {
    for other in ["integers", "memory", "pi", "primes"] {
        if !KERNELS.contains(&other) {
            let ended = refused(&["-k", other]);
            assert!(ended.stderr.contains(&format!("-k {}", KERNELS[0])), "{}", ended.stderr);
        }
    }
}

/// With enough to do for two, two take part; and rows that cut equal ranges, a queue or a counter
/// give something to both even if there is little.
#[test]
fn two_workers_really_work() {
    if !is_parallel() {
        return;
    }
    for (terms, only_divided) in [("100003", true), ("2e8", false)] {
        let kernel = if only_divided { "integers" } else { "pi" };
        let ended =
            run(PROGRAM, &["-k", kernel, "-n", terms, "-w", "2", "--rounds", "1", "--json"]);
        assert_eq!(ended.code(), Some(0), "{ended:?}");
        for row in present(&ended) {
            let name = row["strategy"].as_str().expect("a name");
            let shares_by_need =
                ["rayon-iter", "rayon-chunks", "rayon-join", "deques", "heartbeat"];
            if name == "your-turn" || (only_divided && shares_by_need.contains(&name)) {
                continue;
            }
            let busy = row["audit"].as_array().expect("an audit").iter();
            let busy = busy.filter(|entry| entry["busy_seconds"].as_f64() > Some(0.0)).count();
            assert_eq!(busy, 2, "{terms}: {row}");
        }
    }
}
