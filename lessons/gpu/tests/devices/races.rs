//! `races`: wrong sums are wrong, and the validation layer names their lines, where it is there.

use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use libtest_mimic::{Failed, Trial};
use serde_json::Value;
use testkit::{finish, leftovers, trial};

use super::PROGRAM;
use super::driver::{Driver, holds, not_hidden, only};

const FEW: [&str; 6] = ["races", "-n", "5000", "--runs", "3", "--json"];

pub fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for driver in Driver::ALL {
        let name = format!("three_kernels_are_wrong_on_{}", driver.name());
        trials.push(trial(name, driver.missing(), move || wrong(driver)));
    }
    let lavapipe = Driver::Lavapipe;
    trials.push(trial("races_fit_80_columns", lavapipe.missing(), text));
    trials.push(trial("races_refuse_an_unknown_device", lavapipe.missing(), unknown));
    let elsewhere = not_hidden();
    trials.push(trial("races_without_a_device_say_so", elsewhere, without));
    // The package of SwiftShader has the layer, too.
    let layer = lavapipe.missing().or(Driver::SwiftShader.missing());
    for driver in Driver::ALL {
        let name = format!("the_validation_layer_names_the_lines_on_{}", driver.name());
        trials.push(trial(name, layer.clone(), move || named(driver)));
    }
    for signal in ["INT", "TERM"] {
        let name = format!("nothing_stays_of_races_after_{signal}");
        trials.push(trial(name, layer.clone(), move || nothing_stays(signal)));
    }
    trials
}

/// What comes of `races --json`, and leaves nothing behind.
fn document(driver: Driver) -> Result<Value, Failed> {
    let temporary = tempfile::tempdir()?;
    let mut command = driver.command(PROGRAM, &FEW);
    let ended = finish(command.env("TMPDIR", temporary.path()).spawn()?);
    ended.assert_good();
    leftovers::is_empty(temporary.path(), Duration::from_secs(2))?;
    Ok(ended.document())
}

fn wrong(driver: Driver) -> Result<(), Failed> {
    let document = document(driver)?;
    assert_eq!((&document["lesson"], &document["right"]), (&"gpu".into(), &"12497500".into()));
    let kernels = document["shaders"].as_array().ok_or("kernels")?;
    let names: Vec<_> = kernels.iter().map(|kernel| kernel["shader"].as_str()).collect();
    let all = ["no-barrier", "one-barrier", "plain-total", "tree"];
    assert_eq!(names, all.map(Some));
    for kernel in kernels {
        let sums = kernel["sums"].as_array().ok_or("sums")?;
        let wrong = sums.iter().filter(|sum| **sum != document["right"]).count();
        assert_eq!((sums.len(), Some(wrong as u64)), (3, kernel["wrong"].as_u64()), "{kernel}");
        // A plain total may come out right; a missing barrier never does on a device in software.
        let is_racy = kernel["shader"] != "tree";
        assert_eq!(kernel["racy"], is_racy, "{kernel}");
        let barrier = kernel["shader"] == "no-barrier" || kernel["shader"] == "one-barrier";
        assert!(if barrier { wrong == 3 } else { is_racy || wrong == 0 }, "{kernel}");
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        assert!(file.join(kernel["file"].as_str().ok_or("a file")?).is_file(), "{kernel}");
    }
    Ok(())
}

/// Of each tree without barriers the line in which it adds; nothing of the right one.
fn named(driver: Driver) -> Result<(), Failed> {
    let document = document(driver)?;
    let witness = &document["witness"];
    assert!(witness["trouble"].is_null(), "{witness}");
    let lines = witness["lines"].as_array().ok_or("lines")?;
    for kernel in ["no-barrier", "one-barrier"] {
        let line = lines.iter().find(|line| {
            line["shader"] == kernel
                && line["text"] == "held[lane] = add(held[lane], held[lane + half]);"
        });
        let line = line.ok_or_else(|| format!("{kernel}: {witness}"))?;
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let file = file.join(line["file"].as_str().ok_or("a file")?);
        let text = std::fs::read_to_string(file)?;
        let number = line["line"].as_u64().ok_or("a number")? as usize;
        assert_eq!(text.lines().nth(number - 1).map(str::trim), line["text"].as_str());
    }
    assert!(lines.iter().all(|line| line["shader"] != "tree"), "{witness}");
    Ok(())
}

fn text() -> Result<(), Failed> {
    let ended = Driver::Lavapipe.run(&["races", "-n", "5000", "--runs", "3"])?;
    ended.assert_good();
    holds(ended.stdout.lines().all(|line| line.chars().count() <= 80), &ended)?;
    for part in ["no-barrier", "3 of 3", "12,497,500", "Who sees it"] {
        holds(ended.stdout.contains(part), &ended)?;
    }
    Ok(())
}

fn unknown() -> Result<(), Failed> {
    let ended = Driver::Lavapipe.run(&["races", "--device", "nonsense"])?;
    ended.assert_refused(2);
    holds(ended.stderr.contains("llvmpipe"), &ended)
}

fn without() -> Result<(), Failed> {
    let ended = finish(only(PROGRAM, &["races"], Path::new("/nonexistent")).spawn()?);
    ended.assert_good();
    holds(ended.stdout.contains("mesa-vulkan-drivers"), &ended)
}

/// A signal while the layer watches: neither its process nor its folder is left.
fn nothing_stays(signal: &str) -> Result<(), Failed> {
    let temporary = tempfile::tempdir()?;
    let mut command = Driver::SwiftShader.command(PROGRAM, &FEW);
    let child = command.env("TMPDIR", temporary.path()).spawn()?;
    let begin = Instant::now();
    // The folder is there before the process that needs it.
    let watched = loop {
        let started = leftovers::descendants_of(child.id());
        if !started.is_empty() || begin.elapsed() > Duration::from_secs(60) {
            break started;
        }
        sleep(Duration::from_millis(5));
    };
    let has_folder = leftovers::is_empty(temporary.path(), Duration::ZERO).is_err();
    let sent = Command::new("kill").args(["-s", signal, &child.id().to_string()]).status()?;
    let ended = finish(child);
    holds(sent.success() && has_folder && ended.code().is_none(), &ended)?;
    holds(ended.stdout.is_empty() && ended.stderr.is_empty(), &ended)?;
    leftovers::all_are_gone(&watched, Duration::from_secs(2))?;
    Ok(leftovers::is_empty(temporary.path(), Duration::from_secs(2))?)
}
