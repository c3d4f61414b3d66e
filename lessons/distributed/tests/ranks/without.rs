//! Without the feature, and without `mpirun`: the program says what is missing, and shows the model.

use libtest_mimic::{Failed, Trial};
use testkit::trial;

use super::{PROGRAM, program};

pub fn trials() -> Vec<Trial> {
    let with = cfg!(feature = "mpi");
    let unwanted = || with.then(|| "needs a build without the feature mpi".to_owned());
    let missing = || (!with).then(|| "needs --features mpi".to_owned());
    vec![
        trial("the_model_is_shown_without_mpi", unwanted(), model),
        trial("rows_without_mpi_are_skipped_in_the_document", unwanted(), document),
        trial("no_launcher_is_an_error_that_says_so", missing(), no_launcher),
    ]
}

fn model() -> Result<(), Failed> {
    let ended = program::run(PROGRAM, &["-n", "1e6", "--budget", "1"]);
    let words = ["MPI is missing", "libopenmpi-dev", "--features mpi", "1,000,000", "it stops at"];
    let missing: Vec<&str> =
        words.into_iter().filter(|words| !flat(&ended.stdout).contains(words)).collect();
    let wide = ended.stdout.lines().find(|line| line.chars().count() > 80);
    if ended.code() != Some(0) || !missing.is_empty() || wide.is_some() {
        return Err(format!("{missing:?} {wide:?}: {ended:?}").into());
    }
    Ok(())
}

/// The text as one line, so that it does not matter where lines end.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn document() -> Result<(), Failed> {
    let ended = program::run(PROGRAM, &["-n", "1e6", "--json", "-w", "2", "--budget", "1"]);
    let skipped =
        ended.runs().iter().all(|run| run["verdict"] == "skipped" && run["sum"].is_null());
    if ended.code() != Some(0) || !skipped {
        return Err(format!("{ended:?}").into());
    }
    Ok(())
}

fn no_launcher() -> Result<(), Failed> {
    let mut command = program::command(PROGRAM, &["--ranks", "2"]);
    let ended = program::finish(command.env("PATH", "/nowhere").spawn()?);
    let told = ended.stderr.contains("mpirun is missing") && ended.stderr.contains("install");
    if ended.code() != Some(71) || !told || ended.stderr.lines().count() != 1 {
        return Err(format!("{ended:?}").into());
    }
    Ok(())
}
