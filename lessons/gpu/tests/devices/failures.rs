//! What goes wrong on a device, and is a row that says so; the other rows stand. Everything ends in time, and nothing is
//! left behind.

use std::fs;
use std::path::Path;
use std::time::Duration;

use libtest_mimic::{Failed, Trial};
use testkit::{Ended, finish, leftovers, trial};

use super::PROGRAM;
use super::driver::{Driver, holds, not_hidden, only, row};

/// A short run of two rows.
const FEW: [&str; 10] =
    ["-k", "integers", "-n", "70000", "-w", "1", "--rounds", "1", "--no-baseline", "--json"];

const RACY: &str = include_str!("../../src/races/no_barrier.wgsl");

/// A shader, and what its row says of it.
struct Case {
    name: &'static str,
    text: &'static str,
    code: i32,
    verdict: &'static str,
    says: &'static [&'static str],
}

const CASES: [Case; 9] = [
    no_good("that_does_not_parse", "\nfn sum( {}", &["line 2, column"]),
    no_good(
        "with_a_wrong_type",
        "@compute @workgroup_size(256)\nfn sum() { let x: u32 = 1.5f; }",
        &["line 2, column"],
    ),
    no_good(
        "with_an_unknown_name",
        "@compute @workgroup_size(256)\nfn sum() { nobody(); }",
        &["line 2, column", "nobody"],
    ),
    no_good(
        "with_a_wrong_argument",
        "@compute @workgroup_size(256)\nfn sum() { add_to_total(add(vec2(0u, 0u), 1u)); }",
        &["line 2", "doesn't match the type"],
    ),
    no_good(
        "with_a_name_of_every_shader",
        "fn term(k: u32) -> u32 { return k; }\n@compute @workgroup_size(256)\nfn sum() {}",
        &["redefinition of `term`", "which every shader begins with"],
    ),
    no_good(
        "without_its_entry_point",
        "@compute @workgroup_size(256)\nfn total_of_all() { }",
        &["sum"],
    ),
    no_good("of_too_large_a_workgroup", "@compute @workgroup_size(4096)\nfn sum() { }", &["4096"]),
    no_good("that_is_empty", "", &["sum"]),
    Case { name: "with_a_race", text: RACY, code: 1, verdict: "wrong", says: &["too small"] },
];

const fn no_good(name: &'static str, text: &'static str, says: &'static [&'static str]) -> Case {
    Case { name, text, code: 70, verdict: "failed", says }
}

pub fn trials() -> Vec<Trial> {
    let mut trials: Vec<Trial> = Vec::new();
    for driver in Driver::ALL {
        for case in &CASES {
            let name = format!("a_shader_{}_is_a_row_that_says_so_on_{}", case.name, driver.name());
            trials.push(trial(name, driver.missing(), move || bad(driver, case)));
        }
        let name = format!("an_unknown_device_is_refused_with_those_of_{}", driver.name());
        trials.push(trial(name, driver.missing(), move || unknown(driver)));
    }
    let swift = Driver::SwiftShader;
    trials.push(trial("an_endless_shader_is_ended", swift.missing(), endless));
    trials.push(trial("an_endless_shader_is_ended_by_a_signal", swift.missing(), interrupted));
    let elsewhere = not_hidden();
    trials.push(trial("without_a_driver_rows_are_skipped", elsewhere.clone(), without));
    trials.push(trial("without_a_driver_there_is_no_list", elsewhere, no_list));
    let lavapipe = Driver::Lavapipe;
    trials.push(trial("numbers_that_do_not_fit_are_refused", lavapipe.missing(), full));
    trials.push(trial("a_driver_that_crashes_is_said", lavapipe.missing(), crowded));
    trials
}

/// Runs `strided` and a shader of the reader's, in a temporary folder that has to be empty afterwards.
fn with_mine(driver: Driver, text: &str, more: &[&str]) -> Result<Ended, Failed> {
    let (folder, temporary) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let file = folder.path().join("mine.wgsl");
    fs::write(&file, text)?;
    let mine = ["-s", "strided,your-turn", "--your-turn", file.to_str().ok_or("a plain path")?];
    let mut command = driver.command(PROGRAM, &[&FEW[..], &mine, more].concat());
    let ended = finish(command.env("TMPDIR", temporary.path()).spawn()?);
    leftovers::is_empty(temporary.path(), Duration::from_secs(2))?;
    Ok(ended)
}

fn bad(driver: Driver, case: &Case) -> Result<(), Failed> {
    let ended = with_mine(driver, case.text, &[])?;
    let (verdict, note) = row(&ended, "your-turn")?;
    holds(ended.code() == Some(case.code) && verdict == case.verdict, &ended)?;
    holds(case.says.iter().all(|part| note.contains(part)), &ended)?;
    holds(case.verdict != "failed" || note.contains("mine.wgsl"), &ended)?;
    holds(ended.stderr.lines().count() == 1 && !ended.stderr.contains("panicked"), &ended)?;
    holds(row(&ended, "strided")?.0 == "right", &ended)
}

const ENDLESS: &str = "
@compute @workgroup_size(256)
fn sum(@builtin(global_invocation_id) id: vec3<u32>) {
    for (var k = 0u; job.count > 0u; k += 2u) {
        add_to_total(vec2(k, 1u));
    }
}
";

/// The row has failed, and those behind it are skipped at once: the threads of SwiftShader are busy for ever.
fn endless() -> Result<(), Failed> {
    let ended = with_mine(Driver::SwiftShader, ENDLESS, &["--timeout", "2"])?;
    holds(ended.code() == Some(75) && ended.took < Duration::from_secs(60), &ended)?;
    holds(ended.stderr.contains("--timeout") && !ended.stderr.contains("panicked"), &ended)?;
    holds(row(&ended, "your-turn")?.0 == "failed", &ended)?;
    let (verdict, note) = row(&ended, "strided")?;
    holds(verdict == "right" || verdict == "skipped" && note.contains("busy"), &ended)
}

/// Ctrl-C, while the device is busy for ever.
fn interrupted() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("mine.wgsl");
    fs::write(&file, ENDLESS)?;
    let mine = ["-s", "your-turn", "--your-turn", file.to_str().ok_or("a plain path")?];
    let child = Driver::SwiftShader.command(PROGRAM, &[&FEW[..], &mine].concat()).spawn()?;
    std::thread::sleep(Duration::from_secs(3));
    let sent =
        std::process::Command::new("kill").args(["-s", "INT", &child.id().to_string()]).status();
    let ended = finish(child);
    holds(sent.is_ok_and(|sent| sent.success()) && ended.signal() == Some(2), &ended)?;
    holds(ended.took < Duration::from_secs(20) && ended.stderr.is_empty(), &ended)
}

fn without() -> Result<(), Failed> {
    let rows = ["-s", "self-scheduled,tree,strided,your-turn"];
    let mut command = only(PROGRAM, &[&FEW[..], &rows].concat(), Path::new("/nonexistent"));
    let ended = finish(command.spawn()?);
    ended.assert_good();
    holds(row(&ended, "self-scheduled")?.0 == "right", &ended)?;
    for name in ["tree", "strided", "your-turn"] {
        let (verdict, note) = row(&ended, name)?;
        holds(verdict == "skipped" && note.contains("mesa-vulkan-drivers"), &ended)?;
    }
    Ok(())
}

fn no_list() -> Result<(), Failed> {
    let ended = finish(only(PROGRAM, &["--list-devices"], Path::new("/nonexistent")).spawn()?);
    ended.assert_good();
    holds(ended.stdout.contains("mesa-vulkan-drivers"), &ended)
}

fn unknown(driver: Driver) -> Result<(), Failed> {
    let ended = driver.run(&["--device", "nonsense", "-n", "1000", "--rounds", "1"])?;
    ended.assert_refused(2);
    let name = if driver == Driver::Lavapipe { "llvmpipe" } else { "SwiftShader" };
    holds(ended.stderr.lines().count() == 1 && ended.stderr.contains(name), &ended)?;
    holds(ended.stderr.contains("nonsense"), &ended)
}

/// Half a gigabyte of numbers, under a limit that has room for those of the cores and no more.
fn full() -> Result<(), Failed> {
    let line = "ulimit -v 1300000; exec \"$0\" \"$@\"";
    let wanted = ["-k", "memory", "-n", "80000000", "-w", "1", "--rounds", "1", "--no-baseline"];
    let rows = ["-s", "strided", "--json"];
    let arguments = [&["-c", line, PROGRAM][..], &wanted, &rows].concat();
    let ended = finish(Driver::Lavapipe.command("sh", &arguments).spawn()?);
    holds(ended.code() == Some(71) && ended.stderr.contains("-n"), &ended)?;
    holds(ended.stderr.lines().count() == 1 && !ended.stderr.contains("panicked"), &ended)
}

/// A driver that gets no memory may crash, and takes the program with it: with a line, and a code of this house.
fn crowded() -> Result<(), Failed> {
    for limit in [300_000, 500_000, 800_000] {
        let line = format!("ulimit -v {limit}; exec \"$0\" \"$@\"");
        let arguments =
            ["-c", &line, PROGRAM, "-n", "1000", "-s", "strided,your-turn", "--rounds", "1"];
        let ended = finish(Driver::Lavapipe.command("sh", &arguments).spawn()?);
        holds(matches!(ended.code(), Some(70 | 71)), &ended)?;
        holds(ended.stderr.contains("gpu: error: ") && !ended.stderr.contains("panicked"), &ended)?;
    }
    Ok(())
}
