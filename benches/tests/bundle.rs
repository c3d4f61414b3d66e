//! A bundle, unpacked in a room without a network: it builds there, and judges an exercise.
//!
//! Everything is built anew, so it runs only where it is asked for, as what builds lessons anew does; and only where
//! the system lends a network of one's own, in which there is nothing.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output, Stdio};

use libtest_mimic::{Arguments, Failed};

/// Begins a command in a network in which there is nothing: as root, or with a user of one's own.
const WAYS: [&[&str]; 2] = [&["unshare", "--net"], &["unshare", "--map-root-user", "--net"]];

fn main() -> ExitCode {
    let works = |way: &&[&str]| without_network(way, &["true"]).is_ok_and(|it| it.status.success());
    let way = WAYS.into_iter().find(works);
    let missing =
        "needs a network namespace, which this system does not lend (Linux: util-linux, as root)";
    let missing = way.is_none().then(|| missing.to_owned());
    let way = way.unwrap_or_default();
    let name = "a_bundle_builds_and_judges_without_a_network";
    let test = testkit::trial(name, missing, move || builds_and_judges(way));
    // cargo test -p benches --test bundle -- --ignored
    let test = test.with_kind("builds lessons anew").with_ignored_flag(true);
    libtest_mimic::run(&Arguments::from_args(), vec![test]).exit_code()
}

fn builds_and_judges(way: &'static [&str]) -> Result<(), Failed> {
    let interfaces = without_network(way, &["cat", "/proc/net/dev"])?;
    let interfaces = String::from_utf8_lossy(&interfaces.stdout).into_owned();
    assert_eq!(interfaces.matches(':').count(), 1, "only the loopback: {interfaces}");

    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bundle");
    let _ = fs::remove_dir_all(&folder);
    let made = Command::new(env!("CARGO_BIN_EXE_benches"))
        .args(["bundle", "--lessons", "threads", "--systems", "linux"])
        .arg(&folder)
        .output()?;
    let text = String::from_utf8_lossy(&made.stdout).into_owned();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    assert!(text.contains("archive") && text.contains("What is not in it"), "{text}");

    let room = Room::unpacked(&folder, way)?;
    room.succeeds(&["cargo", "build", "--quiet", "-p", "threads", "-p", "practice"])?;
    let checked = room.succeeds(&["target/debug/threads", "--check"])?;
    assert!(checked.contains("scoped") && !checked.contains("wrong"), "{checked}");

    let (judged, done) = room.run(&["target/debug/practice", "check", "no-tail"])?;
    assert!(!done && judged.contains("not right"), "as it is handed out: {judged}");
    let solution = room.succeeds(&["target/debug/practice", "solution", "no-tail", "--give-up"])?;
    fs::write(room.folder.join("lessons/practice/exercises/cutting/no_tail.rs"), solution)?;
    room.succeeds(&["target/debug/practice", "check", "no-tail"])?;

    let (refused, built) = room.run(&["cargo", "check", "--quiet", "-p", "iced-x86"])?;
    assert!(!built && refused.contains("this crate is not in the bundle"), "{refused}");
    fs::remove_dir_all(&folder)?;
    Ok(())
}

/// Where the bundle is unpacked, without a network and with nothing that cargo has fetched before.
struct Room {
    folder: PathBuf,
    way: &'static [&'static str],
}

impl Room {
    fn unpacked(from: &Path, way: &'static [&'static str]) -> Result<Self, Failed> {
        let room = from.join("room");
        fs::create_dir_all(&room)?;
        fs::create_dir_all(from.join("home"))?;
        let mut tar = Command::new("tar");
        tar.current_dir(&room).args(["-xzf", "../sum-of-parts.tar.gz"]);
        assert!(tar.status()?.success(), "the archive is whole");
        Ok(Room { folder: room.join("sum-of-parts"), way })
    }

    /// What a command writes, and whether it ended well.
    fn run(&self, words: &[&str]) -> Result<(String, bool), Failed> {
        let cargo = env!("CARGO");
        let words = words.iter().map(|word| if *word == "cargo" { cargo } else { word });
        let mut command = Command::new(self.way[0]);
        command.args(&self.way[1..]).args(words).current_dir(&self.folder).stdin(Stdio::null());
        command.env("CARGO_HOME", self.folder.join("../../home")).env_remove("CARGO_TARGET_DIR");
        // Nothing is measured here.
        command.env("CARGO_PROFILE_DEV_OPT_LEVEL", "0").env("CARGO_PROFILE_DEV_DEBUG", "0");
        let ended = command.output()?;
        let written = [ended.stdout, ended.stderr].concat();
        Ok((String::from_utf8_lossy(&written).into_owned(), ended.status.success()))
    }

    fn succeeds(&self, words: &[&str]) -> Result<String, Failed> {
        let (written, well) = self.run(words)?;
        if well { Ok(written) } else { Err(format!("{words:?}: {written}").into()) }
    }
}

fn without_network(way: &[&str], words: &[&str]) -> io::Result<Output> {
    Command::new(way[0]).args(&way[1..]).args(words).output()
}
