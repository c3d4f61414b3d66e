use std::collections::BTreeSet;

use course::{BOLD, plain_table, wrapped};
use draw::{Dot, Dots, time_tick};
use measure::Interval;
use units::{count, seconds};

use crate::compare::time;
use crate::figures::{distinct, median};
use crate::results::{Measured, Results};
use crate::slugs;
use crate::text::{cut, listed, plain};

/// The benches of one id, on each machine that measured it.
#[derive(Debug)]
pub struct Told {
    /// For a terminal.
    pub text: String,
    /// The drawings, each with the name of its file without the ending.
    pub charts: Vec<(String, String)>,
}

/// An id that no kept bench has measured.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unknown {
    /// There are none at all.
    #[error("no bench is kept yet: `cargo bench` keeps each that it measures")]
    Nothing,
    /// There are others.
    #[error(
        "no kept bench has measured {id}; {}",
        if alike.is_empty() { "`cargo bench -- --list` shows all ids".to_owned() }
        else { format!("did you mean {}?", listed(alike)) }
    )]
    Id {
        /// What was asked for.
        id: String,
        /// Some that contain it, or its strategy.
        alike: Vec<String>,
    },
}

/// One bench of the id.
struct Row<'a> {
    results: &'a Results,
    measured: &'a Measured,
    time: Interval,
}

/// The times of `id` in the benches of `kept`, which are in the order of their time: a table and a chart for each machine.
///
/// # Errors
///
/// [`Unknown`], where none of them has measured it.
pub fn told(id: &str, kept: &[Results]) -> Result<Told, Unknown> {
    let rows: Vec<Row> = kept.iter().filter_map(|results| row(id, results)).collect();
    if rows.is_empty() {
        return Err(unknown(id, kept));
    }
    let machine =
        |row: &Row| format!("{}, {}", row.results.machine.cpu, row.results.machine.usable_cores);
    let machines: Vec<String> = rows.iter().map(machine).collect();
    let machines = distinct(machines.iter().map(String::as_str));
    let names = slugs::unique(machines.iter().map(|_| id));
    let (mut text, mut charts) = (String::new(), Vec::new());
    for (number, (its_machine, name)) in machines.iter().zip(names).enumerate() {
        let own: Vec<&Row> = rows.iter().filter(|row| machine(row) == *its_machine).collect();
        text += if number > 0 { "\n" } else { "" };
        text += &of_machine(id, &own);
        charts.extend(chart(id, &name, &alike(&own)).map(|svg| (name, svg)));
    }
    Ok(Told { text, charts })
}

fn row<'a>(id: &str, results: &'a Results) -> Option<Row<'a>> {
    let measured = results.measured.iter().find(|measured| measured.id() == id)?;
    Some(Row { results, measured, time: time(measured)? })
}

/// Those that did the same work as the newest.
fn alike<'r, 'a>(rows: &[&'r Row<'a>]) -> Vec<&'r Row<'a>> {
    let terms = rows.last().map(|row| row.measured.terms);
    rows.iter().filter(|row| Some(row.measured.terms) == terms).copied().collect()
}

fn of_machine(id: &str, rows: &[&Row]) -> String {
    let shown = alike(rows);
    let machine = &rows[0].results.machine;
    let cores = count(machine.usable_cores as u64, "usable core");
    let head = format!(
        "{id}: {} of the bench on {}, {cores}",
        count(shown.len() as u64, "run"),
        machine.cpu
    );
    let mut text = String::new();
    for line in wrapped(&plain(&head), 0).lines() {
        text += &format!("{BOLD}{line}{BOLD:#}\n");
    }
    let columns = ["began (UTC)       commit", "time", "95 %", "of control"].map(str::to_owned);
    text += "\n";
    text += &plain_table(&columns, shown.iter().map(|row| cells(row)), columns.len());
    let others = rows.len() - shown.len();
    if others > 0 {
        text += &wrapped(
            &format!(
                "Left out: {} that summed another number of terms.",
                count(others as u64, "run")
            ),
            0,
        );
    }
    if shown.len() > 1 {
        text += &wrapped(
            "They ran at different times, and a machine that was busy then looks slow here. What a commit changed, \
             `cargo run -p benches -- against COMMIT` tells.",
            0,
        );
    }
    text
}

fn cells(row: &Row) -> Vec<String> {
    let range = row.time.low.zip(row.time.high);
    let share = median(row.measured.share_of_control());
    vec![
        format!("{:16}  {}", began(row.results), commit(row.results)),
        seconds(row.time.median),
        range.map_or_else(String::new, |(low, high)| {
            format!("{} to {}", seconds(low), seconds(high))
        }),
        share.map_or_else(String::new, |share| format!("{:.0} %", share * 100.0)),
    ]
}

/// To the minute.
fn began(results: &Results) -> String {
    plain(&results.began.chars().take(16).collect::<String>().replace('T', " "))
}

/// The first digits, and a + where files differed from it.
fn commit(results: &Results) -> String {
    let Some(commit) = &results.commit else { return "none".to_owned() };
    let (commit, changed) =
        commit.split_once('+').map_or((commit.as_str(), ""), |(it, _)| (it, "+"));
    cut(&plain(commit), 12) + changed
}

fn chart(id: &str, name: &str, rows: &[&Row]) -> Option<String> {
    let dot = |row: &&Row| {
        let name = format!(
            "{} {}",
            commit(row.results),
            began(row.results).chars().skip(5).collect::<String>()
        );
        let tip = format!("{name}: {}", seconds(row.time.median));
        let bounds = row.time.low.zip(row.time.high);
        let text = seconds(row.time.median);
        Dot { name, value: row.time.median, bounds, tip, text, ..Dot::default() }
    };
    let drawing = Dots::log(rows.iter().map(dot).collect(), time_tick)?.drawn();
    let machine = &rows.first()?.results.machine;
    let reading = format!("The benches kept on {}, the oldest first.", machine.cpu);
    Some(drawing.picture_with_heading(name, &format!("{id}, bench by bench"), &reading))
}

fn unknown(id: &str, kept: &[Results]) -> Unknown {
    const FEW: usize = 3;
    if kept.iter().all(|results| results.measured.is_empty()) {
        return Unknown::Nothing;
    }
    let known: BTreeSet<String> =
        kept.iter().flat_map(|results| &results.measured).map(Measured::id).collect();
    let parts: Vec<&str> = id.split('/').filter(|part| part.len() > 1).collect();
    let has = |known: &&String| parts.iter().all(|part| known.contains(part));
    let most = known.iter().filter(has).chain(
        known.iter().filter(|known| parts.iter().rev().take(1).any(|part| known.contains(part))),
    );
    let mut alike: Vec<String> = Vec::new();
    for found in most.map(|known| plain(known)) {
        if alike.len() < FEW && !alike.contains(&found) {
            alike.push(found);
        }
    }
    Unknown::Id { id: plain(id), alike }
}
