//! Executables of other systems and processors, each made from the sources of this lesson; how, says
//! `tests/foreign/lib.rs`.

use std::fs;
use std::path::{Path, PathBuf};

use object::{CompressedData, CompressionFormat};
use tempfile::TempDir;

use super::PROGRAM;

/// A file, its size, and what zlib makes of it.
macro_rules! kept {
    ($($name:literal: $size:literal),* $(,)?) => {
        [$(($name, $size, include_bytes!(concat!("../foreign/", $name, ".z")))),*]
    };
}

const FILES: [(&str, u64, &[u8]); 8] = kept! {
    "macos-arm": 17520,
    "macos-arm.dwarf": 10760,
    "libcompiled.rlib": 4952,
    "macos-x86": 4912,
    "x.o": 4408,
    "win.exe": 2560,
    "win.pdb": 73728,
    "mingw.exe": 9675,
};

/// The file called `name`.
fn bytes(name: &str) -> Vec<u8> {
    let (_, uncompressed_size, data) =
        FILES.into_iter().find(|(file, ..)| *file == name).expect("it is kept");
    let packed = CompressedData { format: CompressionFormat::Zlib, data, uncompressed_size };
    packed.decompress().expect("it was packed well").into_owned()
}

/// A folder with these files.
fn folder(names: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for name in names {
        fs::write(folder.path().join(name), bytes(name)).expect("room");
    }
    folder
}

fn shown(executable: &Path, arguments: &[&str]) -> String {
    let executable = executable.to_str().expect("a plain path");
    let ended = PROGRAM.run(&[arguments, &["--executable", executable]].concat());
    assert_eq!((ended.code(), ended.stderr.as_str()), (Some(0), ""), "{arguments:?}: {ended:?}");
    assert!(ended.stdout.lines().all(|line| line.chars().count() <= 80), "{ended:?}");
    ended.stdout
}

fn refused(executable: &Path, arguments: &[&str], code: i32) -> String {
    let executable = executable.to_str().expect("a plain path");
    let ended = PROGRAM.run(&[arguments, &["--executable", executable]].concat());
    assert_eq!((ended.code(), ended.stdout.as_str()), (Some(code), ""), "{ended:?}");
    ended.stderr
}

/// Names and lines of the functions are there, and the loop of `masked` is found in its vectors.
fn is_read(executable: &Path, vectors: &str) {
    let names = shown(executable, &["--functions"]);
    for name in ["compiled::plain::sum", "compiled::plain::addition", "compiled::masked::sum"] {
        assert!(names.lines().any(|line| line == name), "{name}: {names}");
    }
    let masked = shown(executable, &["--function", "masked::sum"]);
    assert!(masked.contains("sum += i ^ mask;"), "its source: {masked}");
    assert!(masked.contains("<- back: the loop") && masked.contains(vectors), "{masked}");
    assert!(masked.contains("<- an addition"), "{masked}");
    let plain = shown(executable, &["--function", "plain::sum"]);
    assert!(plain.contains("while i < n {") && !plain.contains("<- back"), "{plain}");
}

#[test]
fn macos_leaves_lines_in_the_object_files() {
    for (executable, object, vectors) in
        [("macos-arm", "libcompiled.rlib", "v0.2d"), ("macos-x86", "x.o", "xmm")]
    {
        let folder = folder(&[executable, object]);
        let executable = folder.path().join(executable);
        is_read(&executable, vectors);
        let masked = shown(&executable, &["--function", "masked::sum"]);
        assert!(masked.lines().any(|line| line.ends_with(" n")), "its variables: {masked}");
        fs::remove_file(folder.path().join(object)).expect("it is there");
        let bare = shown(&executable, &["--function", "masked::sum"]);
        assert!(bare.contains(vectors) && bare.contains("object files"), "{bare}");
    }
}

#[test]
fn a_bundle_beside_an_executable_of_macos_has_its_lines() {
    let folder = folder(&["macos-arm"]);
    let bundle = folder.path().join("macos-arm.dSYM/Contents/Resources/DWARF");
    fs::create_dir_all(&bundle).expect("room");
    fs::write(bundle.join("macos-arm"), bytes("macos-arm.dwarf")).expect("room");
    is_read(&folder.path().join("macos-arm"), "v0.2d");
}

#[test]
fn mingw_keeps_names_and_lines_in_the_executable() {
    let folder = folder(&["mingw.exe"]);
    is_read(&folder.path().join("mingw.exe"), "xmm");
}

#[test]
fn msvc_keeps_names_and_lines_in_a_database_beside_it() {
    let folder = folder(&["win.exe", "win.pdb"]);
    let file = |name| -> PathBuf { folder.path().join(name) };
    let executable = file("win.exe");
    is_read(&executable, "xmm");

    // That of another build has another identity; the executable says which, behind `RSDS`.
    let (code, mut other) = (bytes("win.exe"), bytes("win.pdb"));
    let at = code.windows(4).position(|window| window == b"RSDS").expect("it names it") + 4;
    let identity = &code[at..at + 16];
    let at = other.windows(16).position(|window| window == identity).expect("the same");
    other[at] ^= 1;
    fs::write(file("win.pdb"), other).expect("room");
    let said = refused(&executable, &["--functions"], 71);
    assert!(said.contains("win.pdb") && said.contains("of another build"), "{said}");

    fs::write(file("win.pdb"), "nothing").expect("room");
    let said = refused(&executable, &["--functions"], 71);
    assert!(said.contains("win.pdb, which cannot be read"), "{said}");

    fs::remove_file(file("win.pdb")).expect("it is there");
    let said = refused(&executable, &["--functions"], 71);
    assert!(said.contains("win.pdb, which is not beside it"), "{said}");
    assert!(said.contains("cargo build -p compiled"), "{said}");
}

#[test]
fn every_header_names_its_architecture() {
    for (name, system, architecture) in [
        ("macos-arm", "macOS", "AArch64"),
        ("macos-x86", "macOS", "x86-64"),
        ("mingw.exe", "Windows", "x86-64"),
    ] {
        let folder = folder(&[name]);
        let header = shown(&folder.path().join(name), &["--show", "header"]);
        assert!(header.contains(&format!("an executable of {system}")), "{header}");
        assert!(header.contains(&format!("the architecture {architecture}")), "{header}");
    }
}

#[test]
fn what_is_no_executable_is_refused() {
    let folder = folder(&[]);
    let file = folder.path().join("text");
    assert!(refused(&file, &["--functions"], 66).contains("cannot be read"));
    fs::write(&file, "no executable").expect("room");
    assert!(refused(&file, &["--functions"], 66).contains("no executable that"));
    assert!(refused(&file, &[], 2).contains("for example: --show"));
}
