use benches::class::Class;

use super::made_up_class::practised::practised;
use super::made_up_class::{self, class, forged};
use super::{read, reasons, write};

#[test]
fn nobody_honest_is_left_out() {
    let mut honest = class(460, 1);
    honest.extend((0..40).map(|seed| practised(&format!("practised-{seed}"), seed)));
    let (read, _folder) = read(&honest);
    assert!(read.left_out.is_empty(), "{:#?}", reasons(&read));
    assert_eq!(read.entries.len(), 500);
    let noted = read.entries.iter().find(|entry| !entry.notes.is_empty());
    assert!(noted.is_none(), "{noted:?}");
}

#[test]
fn every_forgery_is_named() {
    for seed in [1, 50] {
        let all = forged::all(seed);
        let hand_ins: Vec<_> = all.iter().map(|(hand_in, _)| hand_in.clone()).collect();
        let (read, _folder) = read(&hand_ins);
        for (hand_in, word) in &all {
            let file = format!("{}.json", hand_in.name);
            let found = read.left_out.iter().find(|left_out| left_out.file == file);
            let found = found.unwrap_or_else(|| panic!("{file} is believed"));
            assert_eq!(found.kind, "not believed", "{found:?}");
            assert!(
                found.why.iter().any(|why| why.contains(word)),
                "{file}: {word:?} is not in {found:?}"
            );
        }
        assert!(read.entries.is_empty());
    }
}

/// What is said of a file depends on no other, but for those that hold the same.
#[test]
fn one_file_less_changes_nothing_of_the_others() {
    let mut hand_ins = class(46, 3);
    hand_ins.extend(forged::all(3).into_iter().step_by(7).map(|(hand_in, _)| hand_in));
    hand_ins.extend((0..3).map(|seed| practised(&format!("practised-{seed}"), seed)));
    let (all, folder) = read(&hand_ins);
    let rows = |class: &Class| class.csv().lines().map(str::to_owned).collect::<Vec<String>>();
    let before = rows(&all);
    for hand_in in hand_ins.iter().step_by(5) {
        let file = made_up_class::file(hand_in);
        std::fs::remove_file(folder.path().join(&file.0)).expect("it is there");
        let less = Class::read(folder.path()).expect("it can be read");
        let without: Vec<String> = before
            .iter()
            .filter(|row| !row.starts_with(&format!("{},", file.0)))
            .cloned()
            .collect();
        assert_eq!(rows(&less), without, "without {}", file.0);
        write(folder.path(), &file);
    }
}

#[test]
fn doubles_are_named_and_count_once() {
    let alice = class(1, 9).remove(0);
    let (folder, file) = (tempfile::tempdir().expect("a folder"), made_up_class::file(&alice));
    for name in ["alice.json", "alice (1).json"] {
        write(folder.path(), &(name.to_owned(), file.1.clone()));
    }
    // The same run under another name, and another run of the same text.
    let mut copied = alice.clone();
    copied.name = "bob".to_owned();
    write(folder.path(), &("bob.json".to_owned(), made_up_class::file(&copied).1));
    let mut together = class(24, 9).remove(23);
    (together.name, together.files) = ("carol".to_owned(), alice.files.clone());
    write(folder.path(), &("carol.json".to_owned(), made_up_class::file(&together).1));
    let read = Class::read(folder.path()).expect("it can be read");
    let found = reasons(&read);
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(
        found[0].starts_with("alice.json: doubled: byte for byte the same as alice (1).json"),
        "{found:#?}"
    );
    assert!(
        found[1].starts_with("bob.json: doubled: the same run as alice (1).json"),
        "{found:#?}"
    );
    let notes: Vec<String> = read.entries.iter().flat_map(|entry| entry.notes.clone()).collect();
    let expected = [
        "the same run was handed in as bob.json, too",
        "the same your_turn.rs as in carol.json",
        "the same your_turn.rs as in alice (1).json",
    ];
    assert_eq!(notes, expected);
}

#[test]
fn who_changed_nothing_shares_nothing() {
    let mut hand_ins = class(46, 4);
    let skeleton = hand_ins[0].files.clone();
    for hand_in in &mut hand_ins {
        hand_in.files.clone_from(&skeleton);
        hand_in.changed = Some(Vec::new());
    }
    let (read, _folder) = read(&hand_ins);
    assert!(read.entries.iter().all(|entry| entry.notes.is_empty()));
}
