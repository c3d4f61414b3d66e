//! `hotspots python`, with the Python of this machine.

use std::fs;
use std::io::Write;
use std::process::Stdio;
use std::time::{Duration, Instant};

use testkit::{finish, leftovers};

use crate::{PROGRAM, file};

/// A run of a program of the reader.
fn profiled(name: &str, text: &str, more: &[&str]) -> testkit::Ended {
    let path = file(name, text.as_bytes());
    PROGRAM.run(&[&["python"], more, &[&path]].concat())
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "needs Python 3, which only Linux has for sure")]
fn a_python_program_is_traced_timed_and_fixed() {
    let ended = PROGRAM.run(&["python", "-n", "200", "--rounds", "6"]);
    assert_eq!((ended.code(), ended.stderr.as_str()), (Some(0), ""), "{ended:?}");
    assert!(ended.stdout.lines().all(|line| line.chars().count() <= 80), "{}", ended.stdout);
    for words in
        ["records.py:25(distance)", "{built-in method builtins.abs}", "Under cProfile the program"]
    {
        assert!(ended.stdout.contains(words), "{words}: {}", ended.stdout);
    }
    let document = PROGRAM.run(&["python", "-n", "200", "--rounds", "1", "--json"]).document();
    let rows: Vec<(&str, &str)> = document["runs"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| {
            (row["strategy"].as_str().expect("a name"), row["verdict"].as_str().expect("one"))
        })
        .collect();
    assert_eq!(rows, [("untraced", "right"), ("traced", "right"), ("faster", "right")]);
    let functions = document["profile"]["functions"].as_array().expect("functions");
    let distance = functions.iter().find(|function| function["name"] == "distance").expect("it");
    // Tracing misses no call, as sampling would.
    assert_eq!(distance["calls"], 200 * 200);
    assert_eq!(distance["line"], 25);
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "needs Python 3, which only Linux has for sure")]
fn awkward_numbers_of_records_are_right() {
    for terms in ["0", "1", "2"] {
        let ended = PROGRAM.run(&["python", "-n", terms, "--rounds", "1"]);
        assert_eq!((ended.code(), ended.stderr.as_str()), (Some(0), ""), "{ended:?}");
        assert_eq!(ended.stdout.matches(" right").count(), 3, "{}", ended.stdout);
    }
}

#[test]
#[cfg_attr(not(unix), ignore = "an empty PATH still finds programs on Windows")]
fn without_python_it_is_skipped_with_the_remedy() {
    let run = |more: &[&str]| {
        let mut command = PROGRAM.command(&[&["python"], more].concat());
        finish(command.env("PATH", "/nonexistent").spawn().expect("it starts"))
    };
    let ended = run(&[]);
    assert_eq!((ended.code(), ended.stderr.as_str()), (Some(0), ""), "{ended:?}");
    let words = ended.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("skipped: Python 3 is missing: "), "{words}");
    assert!(words.contains("apt-get install python3"), "{words}");
    assert_eq!(run(&["--json"]).document()["verdict"], "skipped");
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "needs Python 3, which only Linux has for sure")]
fn a_program_of_the_reader_is_given_its_words_and_runs_twice() {
    let log = file("runs.txt", b"");
    let text = format!(
        "import sys\nassert sys.argv[1:] == ['a', '--json'], sys.argv\nassert __name__ == '__main__'\n\
         with open({log:?}, 'a') as log:\n    log.write('x')\nprint('nothing of this')\nsys.exit()\n"
    );
    let path = file("words.py", text.as_bytes());
    let ended = PROGRAM.run(&["python", &path, "a", "--json"]);
    assert_eq!((ended.code(), ended.stderr.as_str()), (Some(0), ""), "{ended:?}");
    assert!(ended.stdout.contains("words.py:1(<module>)"), "{}", ended.stdout);
    assert!(!ended.stdout.contains("nothing of this"), "{}", ended.stdout);
    assert_eq!(fs::read_to_string(&log).expect("a file"), "xx");
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "needs Python 3, which only Linux has for sure")]
fn a_program_that_fails_is_an_error_of_one_line() {
    let cases = [
        ("fails.py", "1/0\n", "ZeroDivisionError: division by zero"),
        ("syntax.py", "def f(:\n", "SyntaxError: "),
        ("exits.py", "import sys\nsys.exit(3)\n", "ended with exit status 3"),
        ("vanishes.py", "import os\nos._exit(0)\n", "without a report"),
        ("killed.py", "import os\nos.kill(os.getpid(), 9)\n", "killed by SIGKILL"),
    ];
    for (name, text, words) in cases {
        let ended = profiled(name, text, &[]);
        assert_eq!((ended.code(), ended.stdout.as_str()), (Some(1), ""), "{name}: {ended:?}");
        assert!(ended.stderr.contains(words) && ended.stderr.contains(name), "{}", ended.stderr);
        assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);
    }
    let ended = profiled("hangs.py", "while True: pass\n", &["--timeout", "0.5"]);
    assert_eq!((ended.code(), ended.stdout.as_str()), (Some(75), ""), "{ended:?}");
    assert!(ended.stderr.contains("hangs.py took longer than 500 ms"), "{}", ended.stderr);
    let ended = PROGRAM.run(&["python", "missing.py"]);
    assert_eq!(ended.code(), Some(66), "{ended:?}");
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "needs Python 3, which only Linux has for sure")]
fn a_guess_is_compared_with_the_own_times() {
    let arguments = ["python", "-n", "100", "--rounds", "1", "--predict"];
    let mut child = PROGRAM.command(&arguments).stdin(Stdio::piped()).spawn().expect("it starts");
    child.stdin.take().expect("a pipe").write_all(b"parse 60\n").expect("it reads");
    let ended = finish(child);
    assert_eq!(ended.code(), Some(0), "{ended:?}");
    assert!(ended.stdout.contains("You guessed parse with 60 %"), "{}", ended.stdout);
    assert!(ended.stdout.contains("The hottest function is "), "{}", ended.stdout);
}

/// The signal ends the program, the Python that it waits for, and the folder.
#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "needs Python 3, which only Linux has for sure")]
fn an_interrupt_ends_the_python_program_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let (id, temporary) = (folder.path().join("id"), folder.path().join("temporary"));
    fs::create_dir(&temporary).expect("a folder");
    let text = format!(
        "import os, time\nwith open({:?}, 'w') as file:\n    file.write(f'{{os.getpid()}} ')\ntime.sleep(60)\n",
        id.display().to_string()
    );
    let path = file("sleeps.py", text.as_bytes());
    let mut command = PROGRAM.command(&["python", &path]);
    let child = command.env("TMPDIR", &temporary).spawn().expect("it starts");
    let begin = Instant::now();
    let python = loop {
        assert!(begin.elapsed() < Duration::from_secs(30), "Python has not started");
        let text = fs::read_to_string(&id).unwrap_or_default();
        if let Some(id) = text.strip_suffix(' ') {
            break id.parse().expect("a number");
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    assert_eq!(testkit::run("kill", &["-s", "INT", &child.id().to_string()]).code(), Some(0));
    assert_eq!(finish(child).signal(), Some(2));
    leftovers::all_are_gone(&[python], Duration::from_secs(5)).expect("Python is gone");
    assert_eq!(fs::read_dir(&temporary).expect("a folder").count(), 0);
}
