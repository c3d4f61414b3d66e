//! A program in C that calls Rust. Where there is no compiler for C, its tests are shown as ignored.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output};

use libtest_mimic::{Arguments, Failed};
use testkit::trial;

/// How the library is linked.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Linked {
    /// All of it becomes part of the program.
    Static,
    /// The program finds it when it starts.
    Dynamic,
}

fn main() -> ExitCode {
    let trials = vec![
        trial("c_calls_the_static_library", missing(), || sums(Linked::Static)),
        trial("c_calls_the_dynamic_library", missing(), || sums(Linked::Dynamic)),
        trial("the_header_is_plain_c_and_cxx", missing(), header),
    ];
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// Why C cannot be compiled and linked with the library here.
fn missing() -> Option<String> {
    if !cfg!(target_os = "linux") {
        return Some("the libraries that a program in C needs are known for Linux only".into());
    }
    let started = Command::new("cc").arg("--version").output();
    started.is_err().then(|| "cc is not installed".into())
}

fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Has cargo build the library, and says where it is.
fn library() -> Result<PathBuf, Failed> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("summing");
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--offline", "-p", "summing", "--target-dir"])
        .arg(&target)
        .current_dir(folder())
        .output()?;
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    Ok(target.join("debug"))
}

/// Runs a compiler on files of this lesson; its warnings are errors.
fn compiled(compiler: &str, arguments: &[&OsStr]) -> Result<(), Failed> {
    let made = Command::new(compiler)
        .args(["-O3", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-I", "summing"])
        .args(arguments)
        .current_dir(folder())
        .output()?;
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    Ok(())
}

fn sums(linked: Linked) -> Result<(), Failed> {
    let (library, place) = (library()?, tempfile::tempdir()?);
    let program = place.path().join("caller");
    let file =
        library.join(if linked == Linked::Static { "libsumming.a" } else { "libsumming.so" });
    let words = ["-std=c11", "c/caller.c", "-o"].map(OsStr::new);
    // What the standard library of Rust needs from the system.
    let system = ["-lpthread", "-ldl", "-lm"].map(OsStr::new);
    compiled("cc", &[&words[..], &[program.as_os_str(), file.as_os_str()], &system[..]].concat())?;
    let run = |range: &OsStr| -> Result<Output, Failed> {
        let mut command = Command::new(&program);
        command.arg(range).env("LD_LIBRARY_PATH", &library);
        Ok(command.output()?)
    };
    let right = run(OsStr::new("0..101"))?;
    let said = String::from_utf8_lossy(&right.stdout).into_owned();
    assert_eq!(
        (right.status.code(), said.as_str()),
        (Some(0), "integers 5050\nmemory 10\ntotal 20\n")
    );
    for (range, status, says) in [
        (OsStr::new("9..8"), 3, "the range ends before it begins"),
        (OsStr::new("0..6074001001"), 5, "the sum does not fit 64 bits"),
        (not_utf8(), 6, "the text is not UTF-8"),
        (OsStr::new("abc"), 7, "the text is not a range such as 0..100"),
        (OsStr::new(""), 7, "the text is not a range such as 0..100"),
    ] {
        let ended = run(range)?;
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert_eq!((ended.status.code(), ended.stdout.len()), (Some(status), 0), "{said}");
        assert!(said.trim_end().ends_with(says), "{said}");
    }
    Ok(())
}

#[cfg(unix)]
fn not_utf8() -> &'static OsStr {
    std::os::unix::ffi::OsStrExt::from_bytes(b"0..\xff")
}

#[cfg(not(unix))]
fn not_utf8() -> &'static OsStr {
    OsStr::new("abc")
}

fn header() -> Result<(), Failed> {
    for (compiler, language) in [("cc", "-xc"), ("c++", "-xc++")] {
        for header in ["summing/summing.h", "c/kernels.h", "c/mistakes.h"] {
            let words = ["-fsyntax-only", language, header].map(OsStr::new);
            compiled(compiler, &words)?;
        }
    }
    Ok(())
}
