//! The options that only this lesson has, on the program itself.

use std::path::PathBuf;

use super::PROGRAM;
use super::program::{Ended, run};

const SUM: &str =
    "def total(n):\n    s = 0\n    for i in range(n):\n        s += i\n    return s\n";

/// Runs the program with a file that holds this text, and these options.
fn with(name: &str, text: &str, options: &[&str]) -> Ended {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("jit-{name}.py"));
    std::fs::write(&path, text).expect("a file");
    run(PROGRAM, &[&[path.to_str().expect("a plain path")], options].concat())
}

#[test]
fn a_program_prints_what_it_prints_and_nothing_else() {
    let ended = with("plain", &format!("{SUM}print(total(10), total(0), total(-1))\n"), &[]);
    assert_eq!((ended.code(), ended.stdout.as_str()), (Some(0), "45 0 0\n"), "{ended:?}");
    assert_eq!(ended.stderr, "");
}

#[test]
fn an_error_names_its_line_as_the_interpreter_does() {
    let text = "def f(n):\n    return 1 // n\nprint(f(1))\nprint(f(0))\n";
    let ended = with("error", text, &[]);
    assert_eq!((ended.code(), ended.stdout.as_str()), (Some(1), "1\n"), "{ended:?}");
    assert!(ended.stderr.contains("line 2"), "{}", ended.stderr);
    assert!(
        ended.stderr.trim_end().ends_with("ZeroDivisionError: integer division or modulo by zero")
    );
}

#[test]
fn strict_mode_names_the_line_and_the_reason() {
    let text = "def f(n):\n    print(n)\n    return n\nf(3)\n";
    let ended = with("strict", text, &["--nopython"]);
    assert_eq!((ended.code(), ended.stdout.as_str()), (Some(1), ""), "{ended:?}");
    let last = ended.stderr.lines().last().unwrap_or_default();
    assert_eq!(
        last,
        "TypeError: f(i64) can't be compiled: line 2, in f: what `print` has written can't be taken back"
    );
}

#[test]
fn a_signature_is_compiled_before_the_program_begins_and_overflow_is_an_error_with_the_line() {
    let text = format!("{SUM}print(total(10))\nprint(total(6074001001))\n");
    let signature = ["--signature", "total=u64(u64)", "--statistics"];
    let short = with("signature", &format!("{SUM}print(total(10))\n"), &signature);
    assert_eq!((short.code(), short.stdout.as_str()), (Some(0), "45\n"), "{short:?}");
    assert!(short.stderr.contains("total(u64): compiled in"), "{}", short.stderr);
    let ended =
        with("overflow", &text.replace("s = 0", "s = 18446744073709551000"), &signature[..2]);
    assert_eq!(
        (ended.code(), ended.stdout.as_str()),
        (Some(1), "18446744073709551045\n"),
        "{ended:?}"
    );
    let last = ended.stderr.lines().last().unwrap_or_default();
    assert_eq!(last, "OverflowError: an integer outgrew 64 bits in total(u64), line 4");
    let text = "def f(a):\n    b = a * 2\n    return b - a\nprint(f(5))\nprint(f(2 ** 63))\n";
    let ended = with("unsigned", text, &["--signature", "f=u64(u64)"]);
    assert_eq!((ended.code(), ended.stdout.as_str()), (Some(1), "5\n"), "{ended:?}");
    let last = ended.stderr.lines().last().unwrap_or_default();
    assert_eq!(last, "OverflowError: an integer outgrew 64 bits in f(u64), line 2");
    let negative = with("negative", &text.replace("f(5)", "f(-5)"), &["--signature", "f=u64(u64)"]);
    assert!(negative.stderr.contains("OverflowError: -5 does not fit u64"), "{}", negative.stderr);
}

#[test]
fn a_signature_that_does_not_fit_is_refused_before_anything_runs() {
    let text = format!("print(1)\n{SUM}");
    for (signature, reason) in [
        ("total=f64(u64)", "it returns u64"),
        ("other=u64(u64)", "does not define one function `other`"),
        ("total=u64(u64, u64)", "it takes 1 arguments"),
        ("total=u64", "for example"),
        ("total=int(u64)", "'int' is no type"),
    ] {
        let ended = with("refused", &text, &["--signature", signature]);
        assert_eq!((ended.code(), ended.stdout.as_str()), (Some(2), ""), "{ended:?}");
        assert!(ended.stderr.contains(reason), "{signature}: {}", ended.stderr);
    }
}

#[test]
fn each_stage_can_be_looked_at() {
    let text = format!("{SUM}print(total(10), total(2.5 > 1))\n");
    for (stage, words) in [
        ("types", ["total(i64) -> i64", "total(bool) -> i64", "s: i64 = s + i"]),
        ("ir", ["sadd_overflow", "brif", "; total(bool)"]),
        ("asm", ["; total(i64): ", "ret", "; total(bool)"]),
    ] {
        let ended = with("stages", &text, &["--inspect", stage]);
        assert_eq!((ended.code(), ended.stderr.as_str()), (Some(0), ""), "{ended:?}");
        for word in words {
            assert!(ended.stdout.contains(word), "{stage} lacks {word}: {}", ended.stdout);
        }
        let example = run(PROGRAM, &["--inspect", stage]);
        assert_eq!(example.code(), Some(0), "{example:?}");
        assert!(example.stdout.contains("add(point, point)"), "{}", example.stdout);
    }
}

#[test]
fn a_struct_that_holds_itself_is_refused_with_the_reason() {
    let arguments = ["--inspect", "asm", "--struct", "node: value u64, next node"];
    let ended = run(PROGRAM, &arguments);
    assert_eq!((ended.code(), ended.stdout.as_str()), (Some(2), ""), "{ended:?}");
    assert!(ended.stderr.contains("without end"), "{}", ended.stderr);
}

#[test]
fn a_program_that_is_none_ends_with_pythons_error_and_a_missing_one_with_66() {
    let ended = with("syntax", "def f(:\n", &[]);
    assert_eq!((ended.code(), ended.stdout.as_str()), (Some(1), ""), "{ended:?}");
    assert!(ended.stderr.contains("SyntaxError") && ended.stderr.contains("line 1"), "{ended:?}");
    let missing = run(PROGRAM, &["no-such-program.py"]);
    assert_eq!(missing.code(), Some(66), "{missing:?}");
}

/// The times that the output gives for compiling the program of the rows.
fn compile_times(output: &str) -> Vec<String> {
    let words: Vec<&str> = output.split_whitespace().collect();
    let sentences = words.iter().enumerate().filter(|(_, word)| **word == "Compiling");
    let units = ["ns", "us", "ms", "s", "ns.", "us.", "ms.", "s."];
    let time = |start: usize| {
        let unit = words[start..].iter().position(|word| units.contains(word))?;
        Some(format!("{} {}", words[start + unit - 1], words[start + unit].trim_matches('.')))
    };
    sentences.filter_map(|(start, _)| time(start)).collect()
}

#[test]
fn one_run_has_one_compile_time() {
    let ended = run(PROGRAM, &["-n", "1000000", "--rounds", "6"]);
    let times = compile_times(&ended.stdout);
    assert!(times.len() == 1, "{times:?}: {}", ended.stdout);
}
