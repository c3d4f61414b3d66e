//! What people may name as their shader, and is none.

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

use libtest_mimic::{Failed, Trial};
use testkit::trial;

use super::driver::{Driver, holds};

type Make = fn(&Path) -> std::io::Result<()>;

const CASES: [(&str, Make, &str); 5] = [
    ("a_missing_file", |_| Ok(()), "No such file"),
    ("a_folder", |path| fs::create_dir(path), "directory"),
    ("a_pipe", pipe, "no regular file"),
    ("a_huge_file", |path| File::create(path)?.set_len(65 << 20), "more than 64 MiB"),
    ("a_file_that_is_no_text", |path| fs::write(path, b"fn sum\xff"), "UTF-8"),
];

pub fn trials() -> Vec<Trial> {
    let missing = (!cfg!(unix)).then(|| "the reasons are those of Unix".to_owned());
    let missing = Driver::Lavapipe.missing().or(missing);
    let trial = |&(name, make, says): &(&'static str, Make, &'static str)| {
        trial(format!("{name}_is_refused_as_a_shader"), missing.clone(), move || {
            refused(make, says)
        })
    };
    CASES.iter().map(trial).collect()
}

fn refused(make: Make, says: &str) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("mine.wgsl");
    make(&path)?;
    let file = path.to_str().ok_or("a plain path")?;
    let ended = Driver::Lavapipe.run(&["--your-turn", file, "-n", "1000", "--rounds", "1"])?;
    ended.assert_refused(66);
    let said = &ended.stderr;
    holds(said.lines().count() == 1 && said.contains(says) && said.contains("mine.wgsl"), &ended)
}

fn pipe(path: &Path) -> std::io::Result<()> {
    let made = Command::new("mkfifo").arg(path).status()?;
    if made.success() { Ok(()) } else { Err(std::io::Error::other("no pipe")) }
}
