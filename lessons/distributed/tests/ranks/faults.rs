//! Ranks that die, hang or are strangers, and hosts that cannot be had: an error in time that says so.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command};
use std::time::Duration;

use libtest_mimic::{Failed, Trial};

use super::machine::{
    all_are_gone, descendants_of, is_empty, ranks_of, shared_memory, started_with,
};
use super::program::Ended;
use super::{PROGRAM, program, with_ranks};

pub fn trials() -> Vec<Trial> {
    vec![
        with_ranks("a_rank_that_dies_is_named", || dies(1)),
        with_ranks("rank_0_that_dies_is_named", || dies(0)),
        with_ranks("a_rank_that_hangs_ends_at_the_limit", hangs),
        with_ranks("mpirun_that_dies_takes_the_ranks_along", || loses("mpirun -n")),
        with_ranks("a_supervisor_that_dies_takes_the_ranks_along", || loses("--supervise")),
        with_ranks(
            "a_stopped_supervisor_and_a_stopped_rank_end_at_the_limit",
            supervisor_stands_still,
        ),
        with_ranks("a_supervisor_removes_no_folder_but_its_own", removes_only_its_own),
        with_ranks("an_mpirun_that_may_not_be_run_is_passed_over", passed_over),
        with_ranks("an_mpirun_without_a_word_is_told_by_its_end", without_a_word),
        with_ranks("an_mpirun_that_ignores_signals_ends_at_the_limit", stubborn),
        with_ranks("another_build_is_a_stranger", stranger),
        with_ranks("a_host_that_is_unknown_is_refused", unknown_host),
        with_ranks("a_host_with_too_few_slots_is_refused", too_few_slots),
        with_ranks("hosts_are_read_from_a_file_written_on_windows", enough_slots),
        with_ranks("json_has_the_ranks_as_workers", document),
    ]
}

/// Sums that go on for long, in a temporary folder of their own.
pub fn start(folder: &Path, more: &[&str]) -> Result<Child, Failed> {
    let all = ["-s", "ring", "-n", "1e8", "--no-baseline", "--ranks", "3", "--json"];
    let long = ["--rounds", "100000", "--budget", "60"];
    let mut command = program::command(PROGRAM, &[&all[..], &long, more].concat());
    Ok(command.env("TMPDIR", folder).spawn()?)
}

pub fn signal(name: &str, process: u32) -> Result<(), Failed> {
    Command::new("kill").args(["-s", name, &process.to_string()]).status()?;
    Ok(())
}

/// The exit code, one line with these words, in time, and nothing left.
fn is_told(ended: &Ended, code: i32, words: &[&str], seconds: u64) -> Result<(), Failed> {
    let told = words.iter().all(|words| ended.stderr.contains(words));
    let late = ended.took > Duration::from_secs(seconds);
    if ended.code() != Some(code) || !told || ended.stderr.lines().count() != 1 || late {
        return Err(format!("{words:?}: {ended:?}").into());
    }
    Ok(())
}

fn dies(rank: usize) -> Result<(), Failed> {
    let (folder, before) = (tempfile::tempdir()?, shared_memory());
    let child = start(folder.path(), &[])?;
    let ranks = ranks_of(child.id(), 3)?;
    let all = descendants_of(child.id());
    signal("KILL", ranks[rank])?;
    let ended = program::finish(child);
    let name = format!("rank {rank} (process {}) failed: it was ended by signal 9", ranks[rank]);
    is_told(&ended, 70, &[&name], 20)?;
    all_are_gone(&all)?;
    is_empty(folder.path())?;
    same(&before)
}

fn hangs() -> Result<(), Failed> {
    let (folder, before) = (tempfile::tempdir()?, shared_memory());
    let child = start(folder.path(), &["--timeout", "6"])?;
    let ranks = ranks_of(child.id(), 3)?;
    let all = descendants_of(child.id());
    signal("STOP", *ranks.get(2).ok_or("there are three ranks")?)?;
    let ended = program::finish(child);
    let name = format!("rank 2 (process {})", ranks[2]);
    is_told(&ended, 75, &["ring with 3 workers took longer than 6", &name], 30)?;
    all_are_gone(&all)?;
    is_empty(folder.path())?;
    same(&before)
}

/// What stands between the launcher and the ranks is killed.
fn loses(what: &str) -> Result<(), Failed> {
    let (folder, before) = (tempfile::tempdir()?, shared_memory());
    let child = start(folder.path(), &[])?;
    ranks_of(child.id(), 3)?;
    let all = descendants_of(child.id());
    let lost = *started_with(child.id(), what).first().ok_or("it is not there")?;
    signal("KILL", lost)?;
    let ended = program::finish(child);
    is_told(&ended, 70, &[" failed: ", "all ranks were ended"], 20)?;
    all_are_gone(&all)?;
    is_empty(folder.path())?;
    same(&before)
}

/// An `mpirun` that starts another file as its second rank: the same program, but for one byte.
fn stranger() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let other = folder.path().join("other");
    fs::write(&other, [fs::read(PROGRAM)?, vec![0]].concat())?;
    fs::set_permissions(&other, fs::Permissions::from_mode(0o755))?;
    let real = which("mpirun")?;
    let text = format!("exec {real} -n 1 {PROGRAM} --rank : -n 1 {} --rank", other.display());
    let path = first_on_path(folder.path(), &text, 0o755)?;
    let mut command =
        program::command(PROGRAM, &["-s", "tree", "-n", "1000", "--ranks", "2", "--json"]);
    let ended = program::finish(command.env("PATH", path).spawn()?);
    is_told(&ended, 70, &["rank 1 failed: it is another build of this program"], 30)
}

/// The path to programs, with an `mpirun` of this text before all others.
fn first_on_path(folder: &Path, text: &str, mode: u32) -> Result<String, Failed> {
    let script = folder.join("mpirun");
    fs::write(&script, format!("#!/bin/sh\n{text}\n"))?;
    fs::set_permissions(&script, fs::Permissions::from_mode(mode))?;
    Ok(format!("{}:{}", folder.display(), std::env::var("PATH")?))
}

/// Runs two ranks with an `mpirun` of this text.
fn with_mpirun(text: &str, mode: u32, more: &[&str]) -> Result<Ended, Failed> {
    let (bin, left) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let path = first_on_path(bin.path(), text, mode)?;
    let few = ["-s", "tree", "-n", "1000", "--ranks", "2", "--json", "--rounds", "1"];
    let mut command = program::command(PROGRAM, &[&few[..], more].concat());
    let child = command.env("PATH", path).env("TMPDIR", left.path()).spawn()?;
    std::thread::sleep(Duration::from_secs(1));
    let all = descendants_of(child.id());
    let ended = program::finish(child);
    all_are_gone(&all)?;
    is_empty(left.path())?;
    Ok(ended)
}

fn passed_over() -> Result<(), Failed> {
    let ended = with_mpirun("exit 3", 0o644, &[])?;
    if ended.code() != Some(0) { Err(format!("{ended:?}").into()) } else { Ok(()) }
}

fn without_a_word() -> Result<(), Failed> {
    let refused = |how| ["a start of 2 ranks was refused: mpirun", how];
    is_told(&with_mpirun("exit 3", 0o755, &[])?, 71, &refused("ended with exit code 3"), 20)?;
    is_told(&with_mpirun("kill -9 $$", 0o755, &[])?, 71, &refused("was ended by signal 9"), 20)
}

/// It ignores signals, and so does what it has started and left.
fn stubborn() -> Result<(), Failed> {
    let text = "trap '' TERM INT HUP\n(sleep 300 & wait) &\nsleep 300";
    let ended = with_mpirun(text, 0o755, &["--timeout", "2"])?;
    is_told(&ended, 75, &["took longer than 2"], 20)
}

/// At the limit nobody answers: neither the supervisor nor a rank.
fn supervisor_stands_still() -> Result<(), Failed> {
    let (folder, before) = (tempfile::tempdir()?, shared_memory());
    let child = start(folder.path(), &["--timeout", "6"])?;
    let ranks = ranks_of(child.id(), 3)?;
    let all = descendants_of(child.id());
    let supervisor = *started_with(child.id(), "--supervise").first().ok_or("it is not there")?;
    signal("STOP", supervisor)?;
    signal("STOP", ranks[1])?;
    let ended = program::finish(child);
    is_told(&ended, 75, &["took longer than 6", &format!("rank 1 (process {})", ranks[1])], 25)?;
    all_are_gone(&all)?;
    is_empty(folder.path())?;
    same(&before)
}

/// A supervisor removes what it was given, and nothing that has another name.
fn removes_only_its_own() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let (mine, made) = (folder.path().join("mine"), folder.path().join("sum-of-parts-made"));
    fs::create_dir(&mine)?;
    fs::create_dir(&made)?;
    for kept in [&mine, &made] {
        Command::new(PROGRAM).arg("--supervise").arg(kept).args(["/bin/true", "1"]).status()?;
    }
    match (mine.exists(), made.exists()) {
        (true, false) => Ok(()),
        other => Err(format!("mine, made: {other:?}").into()),
    }
}

fn which(program: &str) -> Result<String, Failed> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).map(|folder| folder.join(program));
    let found = found.into_iter().find(|file| file.is_file()).ok_or("it is not on the path")?;
    Ok(found.display().to_string())
}

fn unknown_host() -> Result<(), Failed> {
    let ended = on_hosts("no-such-host.invalid slots=2\n")?;
    is_told(&ended, 71, &["a start of 2 ranks was refused: mpirun said"], 60)
}

fn too_few_slots() -> Result<(), Failed> {
    let ended = on_hosts("localhost slots=1\n")?;
    is_told(&ended, 71, &["not enough slots", "--ranks"], 60)
}

/// Also in a file written on Windows.
fn enough_slots() -> Result<(), Failed> {
    let ended = on_hosts("localhost slots=2\r\n")?;
    let right = ended.runs().iter().all(|run| run["verdict"] == "right");
    if ended.code() == Some(0) && right { Ok(()) } else { Err(format!("{ended:?}").into()) }
}

fn on_hosts(text: &str) -> Result<Ended, Failed> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("hosts");
    fs::write(&file, text)?;
    let file = file.to_str().ok_or("a plain path")?;
    let arguments = ["-s", "tree", "-n", "1000", "--ranks", "2", "--json", "--hostfile", file];
    Ok(program::run(PROGRAM, &arguments))
}

fn document() -> Result<(), Failed> {
    let ended =
        program::run(PROGRAM, &["-n", "100003", "--ranks", "1,3", "--json", "--rounds", "1"]);
    let runs = ended.runs();
    let right = runs.iter().all(|run| run["verdict"] == "right" && run["same_bits"] == true);
    let spread = runs.iter().find(|run| run["strategy"] == "tree" && run["workers"] == 3);
    let workers = spread.and_then(|run| run["audit"].as_array()).map_or(0, Vec::len);
    let notes = ended.document()["notes"].to_string();
    if ended.code() != Some(0) || !right || workers != 3 || !notes.contains("A message between") {
        return Err(format!("{ended:?}").into());
    }
    Ok(())
}

fn same(before: &[String]) -> Result<(), Failed> {
    let after = shared_memory();
    let left: Vec<&String> = after.iter().filter(|name| !before.contains(name)).collect();
    if left.is_empty() { Ok(()) } else { Err(format!("left in shared memory: {left:?}").into()) }
}
