//! A Python that dies, hangs, lies or prints nonsense is a failed row; the rest of the table stands. Only
//! the plain rungs are used; without a Python the tests are shown as ignored.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use libtest_mimic::{Failed, Trial};
use testkit::trial;

use super::PROGRAM;
use super::program::{Ended, run};

/// A file of the learner's, and what its row has to report.
struct Case {
    name: &'static str,
    text: &'static str,
    code: i32,
    verdict: &'static str,
    note: &'static str,
}

const CASES: [Case; 15] = [
    failed("exits", "import os\ndef integers(low, high): os._exit(3)", "exit status 3"),
    failed(
        "is_killed",
        "import os, signal\ndef integers(low, high): os.kill(os.getpid(), signal.SIGKILL)",
        "killed by SIGKILL",
    ),
    failed(
        "crashes",
        "import ctypes\ndef integers(low, high): return ctypes.string_at(0)",
        "killed by SIGSEGV",
    ),
    failed("leaves", "import sys\ndef integers(low, high): sys.exit('enough')", "enough"),
    failed("raises", "def integers(low, high): return 1 // 0", "ZeroDivisionError"),
    failed("is_no_python", "def integers(low, high) return", "SyntaxError"),
    failed("lacks_its_function", "def integer(low, high): return 0", "AttributeError"),
    failed("wants_more", "def integers(low, high, more): return 0", "TypeError"),
    failed("gives_a_float", "def integers(low, high): return 0.5", "no whole number"),
    failed("gives_nothing", "def integers(low, high): pass", "no whole number"),
    failed("gives_too_much", "def integers(low, high): return 1 << 70", "it answered"),
    failed(
        "writes_garbage",
        "import os\ndef integers(low, high):\n for descriptor in range(3, 9):\n  try: os.write(descriptor, \
         b'what is this? ' * 9)\n  except OSError: pass\n return 0",
        "it answered nonsense",
    ),
    Case {
        name: "lies",
        text: "def integers(low, high): return high",
        code: 1,
        verdict: "wrong",
        note: "too small",
    },
    Case {
        name: "drops_what_does_not_divide",
        text: "def integers(low, high): return sum(range(low, low + (high - low) // 2 * 2))",
        code: 1,
        verdict: "wrong",
        note: "as much as the last term, 4..5",
    },
    Case {
        name: "hangs",
        text: "def integers(low, high):\n while high > 1000: pass\n return sum(range(low, high))",
        code: 75,
        verdict: "failed",
        note: "--timeout",
    },
];

const fn failed(name: &'static str, text: &'static str, note: &'static str) -> Case {
    Case { name, text, code: 70, verdict: "failed", note }
}

pub fn trials() -> Vec<Trial> {
    let missing = super::missing();
    let mut trials: Vec<Trial> = CASES
        .iter()
        .map(|case| {
            let name = format!("a_python_that_{}_is_a_row_that_says_so", case.name);
            trial(name, missing.clone(), || is_reported(case))
        })
        .collect();
    trials.push(trial("what_it_prints_disturbs_nobody", missing.clone(), printing));
    trials.push(trial("a_file_that_is_not_there_is_an_error", missing, no_file));
    trials
}

fn with(name: &str, text: &str) -> Ended {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("turn-{name}.py"));
    fs::write(&path, text).expect("a file can be written");
    let path = path.to_str().expect("a plain path");
    let rows = ["-s", "loop,builtin-sum,your-turn", "--rounds", "2", "--timeout", "3"];
    run(PROGRAM, &[&rows[..], &["-n", "1e5", "--json", "--your-turn", path]].concat())
}

fn is_reported(case: &Case) -> Result<(), Failed> {
    let ended = with(case.name, case.text);
    check(ended.code() == Some(case.code), &ended)?;
    check(!ended.stderr.contains("panicked") && !ended.stderr.contains("Traceback"), &ended)?;
    check(ended.stderr.lines().count() == 1 && ended.stderr.contains(case.note), &ended)?;
    check(ended.took < Duration::from_secs(30), &ended)?;
    for row in ended.runs() {
        let own = row["strategy"] == "your-turn";
        let verdict = if own { case.verdict } else { "right" };
        // What hangs holds up the rows behind it in the same round, which are then not checked.
        let hung = case.name == "hangs" && !own && row["verdict"] == "skipped";
        check(row["verdict"] == verdict || hung, &ended)?;
        check(row["sum"].is_null() == (row["verdict"] != "right"), &ended)?;
    }
    Ok(())
}

fn printing() -> Result<(), Failed> {
    let text = "print('hello from the module')\n\
                def integers(low, high):\n print('x' * 100000)\n return sum(range(low, high))";
    let ended = with("prints", text);
    check(ended.code() == Some(0), &ended)?;
    check(ended.runs().iter().all(|row| row["verdict"] == "right"), &ended)
}

fn no_file() -> Result<(), Failed> {
    let ended = run(PROGRAM, &["--your-turn", "/there/is/no/such/file.py"]);
    check(ended.code() == Some(66) && ended.stderr.lines().count() == 1, &ended)
}

fn check(holds: bool, ended: &Ended) -> Result<(), Failed> {
    if holds { Ok(()) } else { Err(format!("{ended:?}").into()) }
}
