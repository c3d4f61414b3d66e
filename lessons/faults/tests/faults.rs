//! The lesson as its reader runs it.

use serde_json::Value;
use testkit::{Program, side_by_side};

const PROGRAM: Program = Program::without_table::<faults::Faults>(
    env!("CARGO_BIN_EXE_faults"),
    &["-s", "none", "-n", "10", "-w", "1", "--timeout", "20"],
    &["-s", "sleep", "-n", "1e5", "--timeout", "30"],
);

testkit::ends!(PROGRAM);

/// The rows of a run of so many terms, which must have gone well.
fn rows(arguments: &[&str]) -> Vec<Value> {
    let ended = PROGRAM.run(&[&["--json"], arguments].concat());
    assert_eq!((ended.code(), ended.stderr.as_str()), (Some(0), ""), "{ended:?}");
    ended.runs()
}

/// The row of a fault of these workers.
fn of<'r>(rows: &'r [Value], fault: &str, workers: &str) -> &'r Value {
    let found = rows.iter().find(|row| row["what"]["fault"] == serde_json::json!([fault, workers]));
    found.unwrap_or_else(|| panic!("no row for {fault} in {workers}"))
}

fn ends<'r>(row: &'r Value, version: &str) -> &'r str {
    row[version]["end"].as_str().unwrap_or_else(|| panic!("{row}"))
}

/// The error of the careful version.
fn error(row: &Value) -> &str {
    row["careful"]["said"].as_str().unwrap_or_else(|| panic!("{row}"))
}

const WORKERS: [&str; 3] = ["threads", "work-stealing", "processes"];

/// What ends a worker. The last costs the careless version, which reads on and on, all of its time.
const FATAL: [&str; 6] = ["panic", "exit", "abort", "garbage", "half-frame", "flood"];

#[test]
fn without_a_fault_everything_is_right() {
    for (terms, workers) in [("0", "1"), ("1", "2"), ("3", "5"), ("100003", "1"), ("1e5", "5")] {
        let arguments = ["-s", "none", "-n", terms, "-w", workers, "--timeout", "20"];
        let rows = rows(&arguments);
        for kind in WORKERS {
            for version in ["careless", "careful"] {
                let row = of(&rows, "none", kind);
                assert_eq!(ends(row, version), "right", "{terms} on {workers}: {row}");
            }
        }
    }
}

#[test]
fn processes_survive_what_ends_a_worker() {
    side_by_side([("1", &FATAL[..5]), ("2", &FATAL), ("5", &FATAL[..5])], |(workers, faults)| {
        let list = faults.join(",");
        let all = rows(&["-s", &list, "-n", "1e5", "-w", workers, "--timeout", "3"]);
        for fault in faults {
            let row = of(&all, fault, "processes");
            assert_eq!(ends(row, "careful"), "right", "{row}");
            assert_eq!(row["careful"]["retries"], 1, "{row}");
        }
    });
}

#[test]
fn without_a_retry_what_ends_a_worker_is_an_error_that_names_it() {
    let list = FATAL.join(",");
    let all = rows(&["-s", &list, "-n", "1e5", "--retries", "0", "--timeout", "3"]);
    for fault in FATAL {
        let row = of(&all, fault, "processes");
        assert_eq!(ends(row, "careful"), "error", "{row}");
        assert_eq!(row["careful"]["exit_code"], 70, "{row}");
        assert!(error(row).starts_with("worker 1 (process "), "{row}");
    }
}

#[test]
fn careless_processes_lose_what_a_worker_loses() {
    let list = "panic,exit,abort,garbage,half-frame,lie";
    let all = rows(&["-s", list, "-n", "1e5", "--timeout", "1.5"]);
    for fault in ["panic", "exit", "abort", "garbage", "half-frame", "lie"] {
        let row = of(&all, fault, "processes");
        assert_eq!(ends(row, "careless"), "wrong-sum", "{row}");
        assert_ne!(row["careless"]["off_by"], 0.0, "{row}");
    }
    assert_eq!(ends(of(&all, "panic", "threads"), "careless"), "wrong-sum");
}

#[test]
fn a_panic_of_a_thread_is_an_error_that_names_it() {
    let all = rows(&["-s", "panic", "-n", "1e5", "--timeout", "1.5"]);
    for workers in ["threads", "work-stealing"] {
        let row = of(&all, "panic", workers);
        assert_eq!(ends(row, "careful"), "error", "{row}");
        let error = error(row);
        assert!(error.starts_with("worker ") && error.contains("told to panic"), "{error}");
    }
}

#[test]
fn a_queue_that_lost_a_block_hangs() {
    let all = rows(&["-s", "panic", "-n", "1e5"]);
    assert_eq!(ends(of(&all, "panic", "work-stealing"), "careless"), "hung");
}

#[test]
fn no_wrong_sum_is_believed() {
    let all = rows(&["-s", "lie", "-n", "1e5", "--timeout", "3", "--retries", "3"]);
    for workers in WORKERS {
        let row = of(&all, "lie", workers);
        assert_eq!(ends(row, "careless"), "wrong-sum", "{row}");
        // 1 too large, as the list says: not a range that was counted twice.
        assert!(row["careless"]["off_by"].as_f64().is_some_and(|off| off < 1e-6), "{row}");
        assert_eq!((ends(row, "careful"), &row["careful"]["exit_code"]), ("error", &1.into()));
    }
}

#[test]
fn what_is_silent_ends_at_the_limit() {
    side_by_side(["stop", "sleep"], |fault| {
        let all = rows(&["-s", &format!("{fault},lie"), "-n", "1e5"]);
        let row = of(&all, fault, "processes");
        assert_eq!((ends(row, "careless"), ends(row, "careful")), ("hung", "error"), "{row}");
        assert_eq!(row["careful"]["exit_code"], 75, "{row}");
        assert!(error(row).contains("waited for worker 1 (process "), "{row}");
        if cfg!(any(target_os = "linux", windows)) {
            assert_eq!(row["careless"]["left_behind"], 1, "{row}");
            assert_eq!(row["careful"]["left_behind"], 0, "{row}");
            // What was left is ended, and not counted again.
            let next = of(&all, "lie", "processes");
            assert_eq!(next["careless"]["left_behind"], 0, "{next}");
        }
        // Nobody in a stopped process can act.
        let in_threads = if fault == "stop" { "hung" } else { "error" };
        assert_eq!(ends(of(&all, fault, "threads"), "careful"), in_threads);
    });
}

#[test]
fn threads_share_the_end_of_their_process() {
    let all = rows(&["-s", "exit,abort", "-n", "1e5", "--timeout", "3"]);
    for workers in ["threads", "work-stealing"] {
        for version in ["careless", "careful"] {
            let exit = of(&all, "exit", workers);
            assert_eq!((ends(exit, version), &exit[version]["exit_code"]), ("died", &3.into()));
            let abort = of(&all, "abort", workers);
            assert_eq!(ends(abort, version), "died");
            if cfg!(unix) {
                assert_eq!(abort[version]["signal"], "SIGABRT");
            }
        }
    }
}

#[test]
fn silent_mistakes_are_seen_and_fixed() {
    let names = ["dropped-tail", "overflow", "float-order", "lock-across-call"];
    let all = rows(&["-s", &names.join(","), "-w", "3"]);
    assert_eq!(all.len(), names.len());
    for (name, row) in names.iter().zip(&all) {
        assert_eq!(row["what"]["silent"], *name);
        assert_eq!(ends(row, "careful"), "right", "{row}");
        match *name {
            "lock-across-call" => assert_eq!(ends(row, "careless"), "hung", "{row}"),
            _ => assert_eq!(ends(row, "careless"), "wrong-sum", "{row}"),
        }
    }
}

/// No sum is sure to lose an update, since others may have the cores just then: so there are twenty in a run, and
/// on a busy machine some more runs.
#[test]
fn a_lost_update_is_seen_sooner_or_later() {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let loses = |_| {
        let all = rows(&["-s", "lost-update", "-w", "3"]);
        assert_eq!((all.len(), ends(&all[0], "careful")), (1, "right"), "{all:?}");
        assert_eq!(all[0]["tries"], 20, "{all:?}");
        all[0]["wrong_tries"].as_u64().expect("a count") > 0
    };
    // On one core the system rarely stops a thread just between its load and its store.
    assert!((0..10).any(loses) || cores == 1, "not one of two hundred sums");
}

/// They say how long the sum takes, and so when another one hangs.
#[test]
fn a_fault_runs_beside_the_same_sum_without_one() {
    let all = rows(&["-s", "exit", "-n", "1e5"]);
    for workers in WORKERS {
        assert_eq!(ends(of(&all, "none", workers), "careful"), "right");
    }
    let limit = of(&all, "exit", "processes")["limit_seconds"].as_f64().expect("seconds");
    assert!((0.5..=20.0).contains(&limit), "{limit}");
}

/// All rows but those of `sleep`, which hang like those of `stop`, and of `none`.
const SHOWN: &str = "panic,exit,abort,stop,lie,garbage,half-frame,flood,lost-update,dropped-tail,overflow,\
                     float-order,lock-across-call";

#[test]
fn all_rows_fit_80_columns() {
    let ended = PROGRAM.run(&["-n", "1e5", "-s", SHOWN]);
    assert_eq!(ended.code(), Some(0), "{ended:?}");
    for line in ended.stdout.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    for sentence in ["gave a wrong sum (", "Threads share the end", "exact."] {
        assert!(ended.stdout.replace("\n  ", " ").contains(sentence), "{}", ended.stdout);
    }
}

#[test]
fn bad_input_is_refused() {
    let cases: [(&[&str], i32, &str); 7] = [
        (&["-s", "magic"], 2, "for example: -s panic"),
        (&["-n", "-5"], 2, "for example"),
        (&["-w", "0"], 2, "for example"),
        (&["--timeout", "0"], 2, "for example"),
        (&["--retries", "x"], 2, "for example"),
        (&["-n", "1e30"], 65, "29000000000"),
        (&["--case", "nonsense"], 2, "by the lesson"),
    ];
    for (arguments, code, said) in cases {
        let ended = PROGRAM.run(arguments);
        assert_eq!((ended.code(), ended.stdout.as_str()), (Some(code), ""), "{ended:?}");
        assert!(ended.stderr.contains(said), "{}", ended.stderr);
    }
    let listed = PROGRAM.run(&["--list"]);
    assert!(listed.stdout.contains("half-frame") && listed.stdout.contains("overflow"));
}

#[test]
fn what_was_observed_is_handed_in() {
    let arguments = [PROGRAM.short, &["--json"]].concat();
    let (mut hand_in, ended) = testkit::hand_in::handed_in(&PROGRAM, &arguments);
    assert_eq!(ended.code(), Some(0), "{ended:?}");
    let machine = |document: &mut Value| document.as_object_mut()?.remove("machine");
    let machine = hand_in.document.as_mut().and_then(machine).expect("a machine in any case");
    assert!(machine["cpu"].is_string(), "{machine}");
    assert_eq!(hand_in.document, Some(ended.document()));
    assert!(hand_in.files.is_empty(), "{ended:?}");
}
