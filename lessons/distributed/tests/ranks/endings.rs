//! How the program ends when it is told to: no rank stays, and nothing is left.

use std::time::Duration;

use libtest_mimic::{Failed, Trial};

use super::faults::{signal, start};
use super::machine::{all_are_gone, descendants_of, is_empty, ranks_of, started_with};
use super::{program, with_ranks};

pub fn trials() -> Vec<Trial> {
    let names = ["INT", "TERM", "HUP", "KILL"];
    let trial = |name| {
        with_ranks(format!("nothing_stays_after_{name}"), move || nothing_stays(name, false))
    };
    let mut trials: Vec<Trial> = names.into_iter().map(trial).collect();
    trials.push(with_ranks("nothing_stays_after_KILL_while_a_rank_is_stopped", || {
        nothing_stays("KILL", true)
    }));
    trials.push(with_ranks("nothing_stays_after_KILL_of_launcher_and_supervisor", both_are_killed));
    trials
}

/// Only the ranks are left to see it.
fn both_are_killed() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let child = start(folder.path(), &[])?;
    ranks_of(child.id(), 3)?;
    let all = descendants_of(child.id());
    let supervisor = *started_with(child.id(), "--supervise").first().ok_or("it is not there")?;
    signal("KILL", child.id())?;
    signal("KILL", supervisor)?;
    program::finish(child);
    all_are_gone(&all)?;
    is_empty(folder.path())
}

fn nothing_stays(name: &str, one_is_stopped: bool) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let child = start(folder.path(), &[])?;
    let ranks = ranks_of(child.id(), 3)?;
    let all = descendants_of(child.id());
    if one_is_stopped {
        signal("STOP", *ranks.last().ok_or("there are ranks")?)?;
    }
    signal(name, child.id())?;
    let ended = program::finish(child);
    if ended.took > Duration::from_secs(5) || !ended.stdout.is_empty() || !ended.stderr.is_empty() {
        return Err(format!("{ended:?}").into());
    }
    all_are_gone(&all)?;
    is_empty(folder.path())
}
