use std::fs;
use std::process::Command;

use benches::class::Class;

use super::made_up_class::{class, file};
use super::{read, reasons, write};

/// Whatever lies in the folder is named with its reason, and what is sound beside it counts.
#[test]
fn damaged_files_are_named_and_nothing_else_is_lost() {
    let sound = class(3, 5);
    let (_, folder) = read(&sound);
    let text = sound[0].to_json();
    let deep = format!("\"document\": {{\"x\": {}{}, ", "[".repeat(100_000), "]".repeat(100_000));
    let cases: [(&str, Vec<u8>, &str); 16] = [
        ("a-truncated.json", text[..text.len() / 2].into(), "EOF"),
        ("a-empty.json", Vec::new(), "it is empty"),
        ("a-bytes.json", vec![b'{', 0xff, 0xfe, b'}'], "not text (UTF-8) from byte 1 on"),
        ("a-utf16.json", b"\xff\xfe{\0}\0".to_vec(), "UTF-16"),
        ("a-zeros.json", vec![0; 100], "no hand-in"),
        ("a-deep.json", "[".repeat(1_000_000).into_bytes(), "no hand-in"),
        ("a-deep-field.json", text.replacen("\"document\": {", &deep, 1).into(), "recursion limit"),
        ("a-other.json", b"{\"schema\": 2, \"runs\": []}".to_vec(), "`hand_in` is missing"),
        ("a-list.json", b"[1, 2, 3]".to_vec(), "no hand-in"),
        ("a-notes.txt", b"Dear teacher,\n".to_vec(), "no hand-in"),
        ("a-later.json", text.replacen("\"hand_in\": 1", "\"hand_in\": 2", 1).into(), "version 2"),
        ("a-schema.json", text.replacen("\"schema\": 2", "\"schema\": 1", 1).into(), "schema 1"),
        (
            "a-kernel.json",
            text.replacen("\"integers\"", "\"<b>nobody</b>\"", 1).into(),
            "the kernels are",
        ),
        (
            "a-infinite.json",
            text.replacen("\"median\": 0.", "\"median\": 1e999, \"x\": 0.", 1).into(),
            "out of range",
        ),
        (
            "a-minus.json",
            text.replacen("\"workers\": ", "\"workers\": -", 1).into(),
            "invalid value",
        ),
        ("a-large.json", vec![b' '; (8 << 20) + 1], "more than 8 MiB"),
    ];
    for (name, bytes, _) in &cases {
        write(folder.path(), &((*name).to_owned(), bytes.clone()));
    }
    fs::create_dir(folder.path().join("a-folder")).expect("room");
    let read = Class::read(folder.path()).expect("it can be read");
    let found = reasons(&read);
    assert_eq!(read.entries.len(), 3, "{found:#?}");
    let has = |name: &str, word: &str| {
        let of = |line: &String| line.starts_with(&format!("{name}: ")) && line.contains(word);
        assert!(found.iter().any(of), "{name}: {word}: {found:#?}");
    };
    cases.iter().for_each(|(name, _, word)| has(name, word));
    has("a-folder", "it is a folder");
    assert_eq!(found.len(), cases.len() + 1);
}

#[cfg(unix)]
#[test]
fn links_and_pipes_are_not_followed() {
    let sound = class(1, 5);
    let (_, folder) = read(&sound);
    let outside = tempfile::NamedTempFile::new().expect("a file");
    fs::write(outside.path(), sound[0].to_json()).expect("room");
    std::os::unix::fs::symlink(outside.path(), folder.path().join("a-link.json")).expect("room");
    let made = Command::new("mkfifo").arg(folder.path().join("a-pipe.json")).status();
    assert!(made.is_ok_and(|made| made.success()), "every Unix has mkfifo");
    let read = Class::read(folder.path()).expect("it can be read");
    let found = reasons(&read).join("\n");
    assert!(found.contains("a-link.json: not read: it is a link"), "{found}");
    assert!(found.contains("a-pipe.json: not read: it is no regular file"), "{found}");
    assert_eq!(read.entries.len(), 1);
}

fn program(folder: &std::path::Path, more: &[&std::ffi::OsStr]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_benches"));
    let ended = command.arg("class").arg(folder).args(more).output().expect("it starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (ended.status.code().unwrap_or(-1), text(&ended.stdout), text(&ended.stderr))
}

#[test]
fn the_program_writes_page_and_table_beside_the_folder_and_names_them() {
    let (_, folder) = read(&class(6, 7));
    write(folder.path(), &("bad.json".to_owned(), b"{".to_vec()));
    let listing = || {
        let mut files: Vec<_> = fs::read_dir(folder.path())
            .expect("it is there")
            .map(|it| it.expect("it").path())
            .collect();
        files.sort();
        files.into_iter().map(|path| (fs::read(&path).expect("a file"), path)).collect::<Vec<_>>()
    };
    let before = listing();
    let output = tempfile::tempdir().expect("a folder");
    let (code, stdout, stderr) =
        program(folder.path(), &["--output".as_ref(), output.path().as_os_str()]);
    assert_eq!((code, stderr.as_str()), (0, ""), "{stdout}");
    let page = output.path().join("class.html");
    assert!(stdout.contains(&page.display().to_string()) && page.is_file(), "{stdout}");
    assert!(output.path().join("class.csv").is_file());
    assert!(stdout.contains("6 hand-ins from") && stdout.contains("bad.json: "), "{stdout}");
    let paths = |line: &&str| line.contains("class.html") || line.contains("class.csv");
    assert!(
        stdout.lines().filter(|line| !paths(line)).all(|line| line.chars().count() <= 80),
        "{stdout}"
    );
    assert_eq!(listing(), before, "nothing in the folder is changed");
}

#[test]
fn a_folder_that_holds_no_class_ends_with_the_code_of_its_reason() {
    let empty = tempfile::tempdir().expect("a folder");
    let (code, _, stderr) = program(empty.path(), &[]);
    assert!(
        code == 65 && stderr.contains("nothing lies in it") && stderr.contains("--hand-in"),
        "{code}: {stderr}"
    );
    let (code, _, stderr) = program(&empty.path().join("gone"), &[]);
    assert!(code == 66 && stderr.contains("gone"), "{code}: {stderr}");
    let (_, folder) = read(&class(1, 1));
    let (code, _, stderr) =
        program(folder.path(), &["--output".as_ref(), folder.path().as_os_str()]);
    assert!(code == 2 && stderr.contains("nothing there is changed"), "{code}: {stderr}");
    let sound = file(&class(1, 1)[0]);
    fs::remove_file(folder.path().join(&sound.0)).expect("it is there");
    write(folder.path(), &("bad.json".to_owned(), b"{".to_vec()));
    let output = tempfile::tempdir().expect("a folder");
    let (code, stdout, _) =
        program(folder.path(), &["--output".as_ref(), output.path().as_os_str()]);
    assert!(code == 65 && stdout.contains("bad.json"), "{code}: {stdout}");
    for number in 0..501 {
        write(folder.path(), &(format!("{number}.json"), b"{".to_vec()));
    }
    let (code, _, stderr) = program(folder.path(), &[]);
    assert!(code == 2 && stderr.contains("more than 500 files"), "{code}: {stderr}");
}
