mod findings;

use std::fmt::Write;

use course::{BOLD, wrapped};
use findings::findings;
use serde::Serialize;
use units::{grouped, seconds, three_digits};

use crate::Fault;
use crate::case::What;
use crate::lesson::QUESTION;
use crate::observer::{End, Seen};
use crate::options::Options;
use crate::silent::Silent;

/// Everything that was seen. As JSON it is this lesson's document.
#[derive(Debug, Serialize)]
pub(crate) struct Document {
    schema: u32,
    lesson: &'static str,
    version: &'static str,
    kernel: &'static str,
    terms: u64,
    workers: usize,
    timeout_seconds: f64,
    retries: u32,
    pub(crate) runs: Vec<Row>,
}

/// One thing that goes wrong, in the code that everyone writes first and in that of this workspace.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) what: What,
    pub(crate) naive: Seen,
    pub(crate) careful: Seen,
}

impl Document {
    pub(crate) fn new(options: &Options, runs: Vec<Row>) -> Self {
        Document {
            schema: 1,
            lesson: "faults",
            version: env!("CARGO_PKG_VERSION"),
            kernel: "primes",
            terms: options.terms,
            workers: options.workers.main().get(),
            timeout_seconds: options.timeout.as_secs_f64(),
            retries: options.retries,
            runs,
        }
    }

    pub(crate) fn json(&self) -> String {
        serde_json::to_string_pretty(self).expect("a document is plain data") + "\n"
    }
}

/// What `--list` shows.
pub(crate) fn list() -> String {
    let mut text = String::from("A worker fails\n");
    for fault in Fault::ALL {
        let _ = writeln!(text, "  {:<18} {}", fault.as_str(), fault.about());
    }
    text += "\nNothing fails, and the sum is wrong\n";
    for silent in Silent::ALL {
        let _ = writeln!(text, "  {:<18} {}", silent.as_str(), silent.about());
    }
    text
}

/// Everything that the lesson prints for people.
pub(crate) fn table(document: &Document, options: &Options) -> String {
    let mut text = format!("{BOLD}faults: {QUESTION}{BOLD:#}\n\n");
    let limit = seconds(document.timeout_seconds);
    text += &wrapped(
        &format!(
            "primes: the sum of the primes below {}, {} worker{}. The last worker fails before it \
             has given its sum. Every run is a program of its own, and is ended after {limit}.",
            grouped(document.terms),
            document.workers,
            if document.workers == 1 { "" } else { "s" }
        ),
        0,
    );
    let faults: Vec<&Row> = rows(document, |what| matches!(what, What::Fault(..))).collect();
    if !faults.is_empty() {
        text += &heading(["fault", "where", "as everyone writes it first", "here", "time"]);
        let mut before = None;
        for row in faults {
            let What::Fault(fault, place) = row.what else { continue };
            let name = if before == Some(fault) { "" } else { fault.as_str() };
            before = Some(fault);
            text += &line([
                name,
                place.as_str(),
                &in_words(&row.naive),
                &in_words(&row.careful),
                &seconds(row.careful.seconds),
            ]);
        }
    }
    let silent: Vec<&Row> = rows(document, |what| matches!(what, What::Silent(_))).collect();
    if !silent.is_empty() {
        let _ = writeln!(text, "\n{BOLD}Nothing fails, and the sum is wrong{BOLD:#}");
        for row in silent {
            let What::Silent(silent) = row.what else { continue };
            let _ = writeln!(text, "  {:<17} {}", silent.as_str(), silent.about());
            let _ = writeln!(text, "  {:<17}   seen: {}", "", in_words(&row.naive));
            let fixed = in_words(&row.careful);
            let _ = writeln!(text, "  {:<17}   fix: {}: {fixed}", "", silent.fix());
        }
    }
    text += &findings(document);
    text += &errors(document);
    text += "\nRead lessons/faults/src/naive, and say of each file what it forgets.\n";
    if options.chosen.is_empty() {
        text += "Then run one fault alone: cargo run -p faults -- -s panic\n";
    }
    text
}

fn rows(document: &Document, wanted: fn(What) -> bool) -> impl Iterator<Item = &Row> {
    document.runs.iter().filter(move |row| wanted(row.what))
}

fn heading(columns: [&str; 5]) -> String {
    format!("\n{BOLD}{}{BOLD:#}\n", line(columns).trim_end())
}

fn line([fault, place, naive, careful, time]: [&str; 5]) -> String {
    format!("{fault:<11}{place:<15}{naive:<29}{careful:<16}{time:>8}\n")
}

/// How it ended, in a few words.
fn in_words(seen: &Seen) -> String {
    let left = match seen.left_behind {
        None | Some(0) => String::new(),
        Some(1) => ", leaves 1 process".to_owned(),
        Some(many) => format!(", leaves {many} processes"),
    };
    let words = match seen.end {
        End::Right if seen.retries == 1 => "right, 1 retry".to_owned(),
        End::Right if seen.retries > 1 => format!("right, {} retries", seen.retries),
        End::Right => "right".to_owned(),
        End::WrongSum => format!("WRONG: {}", distance(seen.off_by.unwrap_or_default())),
        End::Error => match seen.exit_code {
            Some(1) => "refused: wrong".to_owned(),
            Some(75) => "error: too late".to_owned(),
            _ => "error".to_owned(),
        },
        End::Hung => "hangs".to_owned(),
        End::Died => match (&seen.signal, seen.exit_code) {
            (Some(signal), _) => format!("ends by {signal}"),
            (None, code) => format!("ends, status {}", code.unwrap_or_default()),
        },
    };
    words + &left
}

/// How far a wrong sum is from the right one.
fn distance(off_by: f64) -> String {
    let percent = off_by.abs() * 100.0;
    match off_by {
        _ if percent < 0.01 => format!("off by 1 in {}", power_of_ten(off_by.abs())),
        missing if missing < 0.0 => format!("{} % missing", three_digits(percent)),
        _ => format!("{} % too much", three_digits(percent)),
    }
}

/// `10^12` for 3e-12: one in how many.
fn power_of_ten(fraction: f64) -> String {
    format!("10^{}", fraction.log10().round().abs())
}

/// What the careful versions said, word for word.
fn errors(document: &Document) -> String {
    let mut text = String::new();
    for row in &document.runs {
        let Some(said) = row.careful.said.as_ref().filter(|_| row.careful.end == End::Error) else {
            continue;
        };
        if text.is_empty() {
            let _ = writeln!(text, "\n{BOLD}What the errors say{BOLD:#}");
        }
        text += &wrapped(&format!("{}: {said}", row.name()), 2);
    }
    text
}
