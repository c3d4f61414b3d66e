//! Every rung at awkward sizes, asked through a child as the lesson asks it. A rung that is not set up is
//! shown as ignored; with `EVERY_RUNG=1` it is a failure, but for the one that needs a Python without
//! the lock.

use std::ops::Range;
use std::path::Path;
use std::process::Command;

use kernels::{Home, Integers, Kernel, KernelName, Known, Memory, Workers};
use libtest_mimic::{Failed, Trial};
use python::record::Record;
use python::rung::{Built, Count, RUNGS, Rung};
use python::{Pythons, place, sums_of};
use testkit::trial;

use super::PROGRAM;
use super::program::run;

/// Sizes that divide badly, and ranges that do not begin at the beginning.
const RANGES: [Range<u64>; 10] =
    [0..0, 0..1, 0..2, 0..3, 0..5, 0..1000, 0..100_003, 17..17, 1..100_000, 99_999..100_003];

const TERMS: u64 = 100_003;

pub fn trials() -> Vec<Trial> {
    let all = std::env::var_os("EVERY_RUNG").is_some_and(|value| value == "1");
    let pythons = Pythons::default();
    let mut trials = Vec::new();
    for rung in RUNGS {
        let may_lack = rung.name == "free-threaded" || !all;
        let missing =
            pythons.python_for(rung).err().filter(|_| may_lack).map(|error| error.to_string());
        for kernel in [Integers::NAME, Memory::NAME] {
            if rung.only.is_some_and(|only| only != kernel) {
                continue;
            }
            let test = move || is_right(rung, kernel);
            let name = format!("{}_is_right_on_{kernel}", rung.module());
            trials.push(trial(name, missing.clone(), test));
        }
    }
    let set_up = place::made().is_some_and(|made| Record::read(&made).is_some());
    let missing = (!set_up && !all).then(|| "not set up: cargo run -p python -- setup".to_owned());
    for kernel in ["integers", "memory"] {
        let name = format!("the_table_of_{kernel}_has_every_rung");
        let test = move || table(kernel);
        trials.push(trial(name, missing.clone(), test));
    }
    let cython = RUNGS.iter().filter(|rung| rung.name.starts_with("cython"));
    let missing = cython.filter(|_| !all).find_map(|rung| pythons.python_for(rung).err());
    let missing = missing.map(|error| error.to_string());
    trials.push(trial("annotate_shows_both_rungs", missing, annotate));
    for rung in RUNGS.iter().filter(|rung| takes_anything(rung)) {
        let missing =
            pythons.python_for(rung).err().filter(|_| !all).map(|error| error.to_string());
        let name = format!("{}_refuses_what_it_cannot_sum", rung.module());
        let test = move || refuses(rung);
        trials.push(trial(name, missing, test));
    }
    trials
}

/// The program itself, with all rungs side by side.
fn table(kernel: &str) -> Result<(), Failed> {
    let arguments = ["-k", kernel, "-n", "200003", "-w", "1,2,3", "--rounds", "2", "--json"];
    let ended = run(PROGRAM, &arguments);
    if ended.code() != Some(0) {
        return Err(format!("{ended:?}").into());
    }
    let rows = ended.runs();
    let pythons = Pythons::default();
    let rungs = RUNGS.iter().filter(|rung| rung.only.is_none_or(|only| only.as_str() == kernel));
    for rung in rungs.filter(|rung| pythons.python_for(rung).is_ok()) {
        if rung.name == "free-threaded" {
            continue;
        }
        let workers: &[u64] = if rung.workers == Count::One { &[1] } else { &[1, 2, 3] };
        for workers in workers {
            let row =
                rows.iter().find(|row| row["strategy"] == rung.name && row["workers"] == *workers);
            let row = row.ok_or_else(|| format!("{} with {workers} has no row", rung.name))?;
            let summed = row["verdict"] == "right" || row["verdict"] == "folded";
            let staged = row["stages"]["start"].as_f64() > Some(0.0);
            if !summed || !staged || row["sum"] != "20000500003" && row["terms"] == 200_003 {
                return Err(row.to_string().into());
            }
        }
    }
    Ok(())
}

/// The page of Cython's compiler is read, and the one beside it is written.
fn annotate() -> Result<(), Failed> {
    let ended = run(PROGRAM, &["annotate"]);
    let found = |text: &str| ended.stdout.lines().find(|line| line.contains(text));
    let addition = found("total += i ^ mask").unwrap_or_default();
    let counts: Vec<&str> = addition.split_whitespace().collect();
    // Without types each addition calls Python; with them it is one line of C that calls nobody.
    let [.., "1", "0"] = counts[..] else { return Err(format!("{ended:?}").into()) };
    let calls = counts.get(4).and_then(|calls| calls.parse().ok());
    let page = found("cython.html").and_then(|line| line.split_whitespace().next());
    let written = page.is_some_and(|page| Path::new(page).is_file());
    let narrow =
        ended.stdout.lines().all(|line| line.chars().count() <= 80 || line.contains(".html"));
    if ended.code() == Some(0) && calls > Some(1) && written && narrow {
        return Ok(());
    }
    Err(format!("{ended:?}").into())
}

/// Whether it is compiled, or calls what is: a mistake there could end the whole Python.
fn takes_anything(rung: &Rung) -> bool {
    matches!(rung.built, Built::With(_)) || rung.needs.contains(&"numba")
}

/// Wrong arguments of all kinds, and a million calls, right and wrong ones, that may leave nothing behind.
fn refuses(rung: &Rung) -> Result<(), Failed> {
    let made = place::made().ok_or("the tests lie in a target folder")?;
    let program = place::lesson().join("tests/bad_input.py");
    let mut command = Command::new(Pythons::default().python_for(rung)?);
    command.args(["-I", "-B"]).arg(program).arg("--built").arg(place::built(&made)).arg(rung.name);
    let ended = command.output()?;
    if ended.status.success() {
        return Ok(());
    }
    let text = |text: &[u8]| String::from_utf8_lossy(text).into_owned();
    Err(format!("{}: {}{}", ended.status, text(&ended.stdout), text(&ended.stderr)).into())
}

fn is_right(rung: &'static Rung, kernel: KernelName) -> Result<(), Failed> {
    let counts: &[usize] = if rung.workers == Count::One { &[1] } else { &[1, 2, 3, 7] };
    for workers in counts {
        let workers = Workers::new(*workers).expect("a small number");
        match kernel {
            Integers::NAME => check(rung, &Integers::new(TERMS)?, workers)?,
            _ => check(rung, &Memory::with_home(TERMS, Home::Shared)?, workers)?,
        }
    }
    Ok(())
}

fn check<K: Kernel>(rung: &'static Rung, kernel: &K, workers: Workers) -> Result<(), Failed> {
    // A rung that shares numbers out begins with the first of them.
    let from_the_first = rung.workers == Count::Asked;
    let ranges: Vec<Range<u64>> =
        RANGES.into_iter().filter(|range| !from_the_first || range.start == 0).collect();
    let sums = sums_of(rung, kernel, workers, &ranges)?;
    for (range, sum) in ranges.into_iter().zip(sums) {
        let expected: u64 = range.clone().sum();
        if sum != expected {
            return Err(format!("{range:?} by {workers}: {sum}, not {expected}").into());
        }
    }
    Ok(())
}
