//! What a thread and a process of Python are, as the Python of this machine shows it.

use std::time::Duration;

use course::plain_table;
use serde::Deserialize;

use crate::place;
use crate::pythons::Pythons;
use crate::rung::rung;

/// Nobody waits longer for these facts.
const MOST: Duration = Duration::from_secs(20);

/// One way to do two things at once.
#[derive(Debug, Deserialize)]
struct Fact {
    how: String,
    seconds: f64,
    same_process: bool,
    sees_changes: bool,
}

/// A table of the ways; empty where there is no Python, or where it does not answer in time.
pub(crate) fn table(pythons: &Pythons) -> String {
    let Some(facts) = facts(pythons) else { return String::new() };
    let columns = ["one more ...", "begins and ends in", "process", "its list"];
    let cells = facts.iter().map(|fact| {
        let word = |same: bool| if same { "its maker's" } else { "its own" }.to_owned();
        let how = match fact.how.as_str() {
            "thread" => "thread".to_owned(),
            method => format!("process, by {method}"),
        };
        vec![how, units::seconds(fact.seconds), word(fact.same_process), word(fact.sees_changes)]
    });
    plain_table(&columns.map(str::to_owned), cells, 1) + "\n"
}

fn facts(pythons: &Pythons) -> Option<Vec<Fact>> {
    let python = pythons.python_for(rung("loop")?).ok()?;
    let command = pythons.session.command(&python, [place::lesson().join("facts.py")]);
    let facts = pythons.session.run(command, MOST, |_| {}).output().ok()?;
    serde_json::from_str(&facts).ok()
}
