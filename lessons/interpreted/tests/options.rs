//! What the options of this lesson do, on the real program, and what the library offers another engine.

use std::io::Write;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use clap::ValueEnum;
use interpreted::{CallHook, Exception, Form, Function, Globals, Value, Vm, compile, parse};

const PROGRAM: &str = env!("CARGO_BIN_EXE_interpreted");

/// Runs the program with a text on its standard input.
fn ran(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(PROGRAM)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("it has an input");
    stdin.write_all(input.as_bytes()).expect("it reads");
    drop(stdin);
    child.wait_with_output().expect("it ends")
}

#[test]
fn a_program_on_standard_input_prints_what_it_prints_and_nothing_else() {
    let ended = ran(&["-"], "print(6 * 7)\n");
    assert_eq!((ended.status.code(), ended.stdout.as_slice()), (Some(0), &b"42\n"[..]));
    assert!(ended.stderr.is_empty());
}

#[test]
fn a_program_that_is_missing_is_a_file_that_cannot_be_read() {
    let ended = ran(&["no-such-program.py"], "");
    let stderr = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(66), "{stderr}");
    assert!(stderr.contains("no-such-program.py cannot be read"), "{stderr}");
}

#[test]
fn the_path_of_a_program_may_have_spaces_and_letters_of_any_language() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("mit Leerzeichen, n\u{e9}e \u{6570}");
    std::fs::create_dir_all(&folder).expect("a folder");
    let (path, missing) = (folder.join("gr\u{f6}\u{df}er als.py"), folder.join("es fehlt.py"));
    std::fs::write(&path, "print('\u{6570}')\r\nx = 1 / 0\r\n").expect("it is written");
    let ended = Command::new(PROGRAM).arg(&path).output().expect("it starts");
    let stderr = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(
        (ended.status.code(), &*ended.stdout),
        (Some(1), "\u{6570}\n".as_bytes()),
        "{stderr}"
    );
    assert!(stderr.contains(&format!("File \"{}\", line 2", path.display())), "{stderr}");
    let ended = Command::new(PROGRAM).arg(&missing).output().expect("it starts");
    let stderr = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(66), "{stderr}");
    assert!(stderr.contains(&format!("{} cannot be read", missing.display())), "{stderr}");
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "needs names of files that are bytes and no text")]
fn the_path_of_a_program_is_bytes() {
    let mut name = std::ffi::OsString::from("caf");
    name.extend([testkit::no_text(), ".py".into()]);
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, "x = 1 / 0\n").expect("it is written");
    let ended = Command::new(PROGRAM).arg(&path).output().expect("it starts");
    std::fs::remove_file(&path).expect("it is there");
    let stderr = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(1), "{stderr}");
    assert!(stderr.contains("caf\\udce9.py\", line 1"), "{stderr}");
}

#[test]
fn an_error_has_its_line_and_column_and_what_was_printed_before_stays() {
    let ended = ran(&["-"], "print(1)\nx = 1 / 0\n");
    let stderr = String::from_utf8_lossy(&ended.stderr);
    assert_eq!((ended.status.code(), ended.stdout.as_slice()), (Some(1), &b"1\n"[..]));
    assert!(stderr.contains("line 2, column 5"), "{stderr}");
    assert!(stderr.ends_with("ZeroDivisionError: division by zero\n"), "{stderr}");
}

/// Each would take more memory, stack or time than there is.
#[test]
fn what_would_fill_the_memory_or_the_stack_is_an_error_with_its_line() {
    let deep = format!("x = {}1\n", "-".repeat(100_000));
    for (program, error) in [
        ("x = 'a' * 10 ** 12\n", "MemoryError"),
        ("x = 10 ** 10 ** 8\n", "MemoryError"),
        ("x = 10 ** 10 ** 10\n", "MemoryError"),
        ("x = 1 << 10 ** 12\n", "MemoryError"),
        ("s = 'a'\nwhile True: s += s\n", "MemoryError"),
        ("def f(n): return f(n + 1)\nf(0)\n", "RecursionError"),
        (&deep, "RecursionError"),
    ] {
        let started = Instant::now();
        let ended = ran(&["-"], program);
        let stderr = String::from_utf8_lossy(&ended.stderr);
        let start: String = program.chars().take(40).collect();
        assert_eq!(ended.status.code(), Some(1), "{start}: {stderr}");
        let last = stderr.lines().last().unwrap_or_default();
        assert!(last.starts_with(error) && stderr.contains("line "), "{start}: {stderr}");
        assert!(started.elapsed() < Duration::from_secs(30), "{start}: {:?}", started.elapsed());
    }
}

#[test]
fn what_is_not_in_the_subset_is_named_before_anything_runs() {
    for (line, what) in
        [("x = [1]", "a list"), ("import math", "'import'"), ("a, b = 1, 2", "a tuple")]
    {
        let ended = ran(&["-"], &format!("print(1)\n{line}\n"));
        let stderr = String::from_utf8_lossy(&ended.stderr);
        assert_eq!((ended.status.code(), ended.stdout.as_slice()), (Some(1), &b""[..]), "{line}");
        assert!(stderr.contains("line 2, column") && stderr.contains(what), "{line}: {stderr}");
    }
}

#[test]
fn the_instructions_of_a_program_are_listed_with_its_lines() {
    let ended = ran(&["--dis", "-"], "def add(a, b):\n    return a + b\n");
    let text = String::from_utf8_lossy(&ended.stdout);
    for part in ["BINARY_OP", "0 (+)", "# return a + b", "Disassembly of add, line 1:"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn an_addition_is_traced_by_the_machine_that_does_it() {
    let ended = ran(&["--trace-add"], "");
    let text = String::from_utf8_lossy(&ended.stdout);
    for part in ["BINARY_OP", "int: its slot", "machine's own add", "NotImplemented", "float"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    for theirs in ["_PyEval_EvalFrameDefault", "PyNumber_Add", "binary_op1", "nb_add", "long_add"] {
        assert!(text.contains(theirs), "{theirs}: {text}");
    }
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
}

/// Takes over the calls of `double`.
struct Doubles;

impl CallHook for Doubles {
    fn call(
        &mut self,
        _: &Globals,
        function: &Function,
        arguments: &[Value],
        _: usize,
    ) -> Option<Result<Value, Box<Exception>>> {
        let number = arguments.first()?.as_i64()?;
        (function.code.name == "double").then(|| Ok(Value::int(number * 2)))
    }
}

#[test]
fn another_engine_may_take_over_a_call() {
    let source = "def double(x):\n    return None\nprint(double(21), double('a'))\n";
    let code = compile(&parse(source).expect("a program")).expect("a program");
    for form in Form::value_variants() {
        let mut output = Vec::new();
        let mut engine = Doubles;
        Vm::new(&code, *form, &mut output).with_hook(&mut engine).run().expect("it runs");
        assert_eq!(String::from_utf8_lossy(&output), "42 None\n", "{form:?}");
    }
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "needs /dev/full, which only Linux has")]
fn a_full_disk_is_an_error_of_the_output() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/programs/primes.py");
    let ended = Command::new(PROGRAM).arg(path).stdout(full).status().expect("it starts");
    assert_eq!(ended.code(), Some(74));
}
