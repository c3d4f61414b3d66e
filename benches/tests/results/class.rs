//! A class of made-up hand-ins: nobody honest is called a forger, and every forgery is named.

#[path = "../../testing/made_up_class.rs"]
mod made_up_class;

mod damaged;
mod left_out;
mod pages;
mod runs;
mod standings;

use std::path::Path;

use benches::class::Class;
use course::HandIn;
use tempfile::TempDir;

/// The class whose files these are; the folder is gone with the second.
fn read(hand_ins: &[HandIn]) -> (Class, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    hand_ins.iter().for_each(|hand_in| write(folder.path(), &made_up_class::file(hand_in)));
    let class = Class::read(folder.path()).expect("it can be read");
    (class, folder)
}

fn write(folder: &Path, (name, bytes): &(String, Vec<u8>)) {
    std::fs::write(folder.join(name), bytes).expect("room");
}

/// Why files were left out, a line each.
fn reasons(class: &Class) -> Vec<String> {
    let line =
        |it: &benches::class::LeftOut| format!("{}: {}: {}", it.file, it.kind, it.why.join("; "));
    class.left_out.iter().map(line).collect()
}
