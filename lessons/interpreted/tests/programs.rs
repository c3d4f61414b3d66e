//! The programs in `tests/programs`, in every form, against what CPython 3.11 printed of them: `.out` is
//! its output; `.err`, where it ended with an error, is the line of it and its last line.
//!
//! Each runs with the line ends of Windows, too, and with those of old systems, as Python's universal newlines have it.
//!
//! Where `python3` 3.11 is installed, it runs them again, so that the files stay true.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use libtest_mimic::{Arguments, Failed, Trial};

const PROGRAM: &str = env!("CARGO_BIN_EXE_interpreted");
const FORMS: [&str; 4] = ["plain", "specialised", "superinstructions", "registers"];

fn main() {
    let arguments = Arguments::from_args();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder of the programs")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "py"))
        .collect();
    paths.sort();
    let python = python_is_there();
    let mut trials = Vec::new();
    for path in paths {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        for form in FORMS {
            let path = path.clone();
            let run = move || same(&ran(PROGRAM, &["--form", form], &path), &path);
            trials.push(Trial::test(format!("{name}_{form}"), run));
        }
        for (system, end) in [("windows", "\r\n"), ("carriage_returns", "\r")] {
            let path = path.clone();
            let run = move || same(&ran(PROGRAM, &[], &with_ends(&path, system, end)), &path);
            trials.push(Trial::test(format!("{name}_{system}"), run));
        }
        let run = move || same(&ran("python3", &[], &path), &path);
        let why = if python { "cpython" } else { "cpython_3_11_is_not_installed" };
        trials.push(Trial::test(format!("{name}_{why}"), run).with_ignored_flag(!python));
    }
    libtest_mimic::run(&arguments, trials).exit();
}

/// A copy of a program whose lines end otherwise.
fn with_ends(path: &Path, system: &str, end: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(system);
    fs::create_dir_all(&folder).expect("a folder");
    let copy = folder.join(path.file_name().expect("a name"));
    let mut text = Vec::new();
    for byte in fs::read(path).expect("a program") {
        if byte == b'\n' { text.extend(end.bytes()) } else { text.push(byte) }
    }
    fs::write(&copy, text).expect("a copy");
    copy
}

fn python_is_there() -> bool {
    let output = Command::new("python3").arg("--version").output();
    output.is_ok_and(|output| output.stdout.starts_with(b"Python 3.11."))
}

fn ran(program: &str, options: &[&str], path: &Path) -> Output {
    Command::new(program).args(options).arg(path).output().expect("the program starts")
}

fn same(ended: &Output, path: &Path) -> Result<(), Failed> {
    let expected = fs::read_to_string(path.with_extension("out")).expect("its output");
    let (stdout, stderr) =
        (String::from_utf8_lossy(&ended.stdout), String::from_utf8_lossy(&ended.stderr));
    if stdout != expected {
        return Err(format!("it printed {stdout:?} and not {expected:?}; {stderr}").into());
    }
    let error = fs::read_to_string(path.with_extension("err")).unwrap_or_default();
    let code = if error.is_empty() { 0 } else { 1 };
    if ended.status.code() != Some(code) {
        return Err(format!("it ended with {:?}; {stderr}", ended.status).into());
    }
    if !error.is_empty() {
        let (line, last) = error.trim_end().split_once('\n').expect("its line, and its last line");
        if stderr.lines().last() != Some(last) {
            return Err(format!("the error is {stderr} and not {last}").into());
        }
        let place = stderr.lines().rev().find(|text| text.trim_start().starts_with("File "));
        let place = place.unwrap_or("");
        if !place.split(", ").any(|part| part == line) {
            return Err(format!("{place} is not {line}").into());
        }
    }
    Ok(())
}
