use std::fmt::Write;
use std::path::Path;

use course::{BOLD, Document, plain_table, wrapped};
use measure::Interval;
use measure::verdict::Verdict;
use units::{count, grouped, percent, seconds, speedup, three_digits};

use super::document::{Function, PythonObservations, PythonProfile};
use super::rows::TimedRow;
use crate::guess::Guess;
use crate::report::{points, range};

/// The column of functions is no wider.
const NAME: usize = 36;

/// A difference above this is one.
const COSTS: f64 = 1.05;

/// Everything that `hotspots python` prints for people.
pub(super) fn text(document: &Document<PythonObservations>, guess: Option<&Guess>) -> String {
    let mut text =
        format!("{BOLD}hotspots: where does a Python program spend its time?{BOLD:#}\n\n");
    if let Some(note) = &document.note {
        return text + &wrapped(&format!("skipped: {note}"), 0);
    }
    if let Some(records) = document.records {
        text += &wrapped(
            &format!(
                "records.py reads {}, parses them, sums for each the distances to all, and writes the \
                 sums: the same work as the program in Rust.",
                count(records, "record")
            ),
            0,
        );
        text.push('\n');
    }
    if let Some(profile) = &document.profile {
        text += &functions(profile, document);
    }
    text += &rows(&document.runs);
    let _ = writeln!(text, "\n{BOLD}What the numbers say{BOLD:#}");
    for sentence in findings(document) {
        text += &wrapped(&sentence, 2);
    }
    if let Some((guess, profile)) = guess.zip(document.profile.as_ref()) {
        let shares: Vec<(&str, f64)> = profile
            .functions
            .iter()
            .map(|function| (&*function.name, function.own / profile.seconds.max(1e-9)))
            .collect();
        let _ = writeln!(text, "\n{BOLD}Your guess{BOLD:#}");
        for sentence in guess.compared("function", &shares) {
            text += &wrapped(&sentence, 2);
        }
    }
    if document.records.is_some() {
        text += "\nRead lessons/hotspots/src/python/records.py and records_faster.py.\n\
                 Then profile a program of yours: cargo run -p hotspots -- python PROGRAM.py\n";
    }
    text
}

/// The top of the profile.
fn functions(profile: &PythonProfile, document: &PythonObservations) -> String {
    let (program, python) = (document.program.as_deref(), document.python.as_deref());
    let mut text = format!(
        "{BOLD}What cProfile sees of {}, in Python {}{BOLD:#}\n",
        program.unwrap_or_default(),
        python.unwrap_or_default()
    );
    let columns = ["function", "calls", "own time", "share", "cumulative"].map(str::to_owned);
    let line = |function: &Function| {
        vec![
            name(function),
            grouped(function.calls),
            seconds(function.own),
            points(function.own / profile.seconds.max(1e-9)),
            seconds(function.cumulative),
        ]
    };
    text += &plain_table(&columns, profile.functions.iter().map(line), columns.len());
    text + &wrapped(
        &format!(
            "{} in all; own time is without the functions that a function calls, cumulative with them",
            count(profile.calls, "call")
        ),
        0,
    )
}

/// As pstats writes it: `records.py:29(distance)`, `{built-in method builtins.abs}`; its end where it is long.
fn name(function: &Function) -> String {
    let full = match function.file.as_str() {
        "~" => match function.name.strip_prefix('<').and_then(|name| name.strip_suffix('>')) {
            Some(name) => format!("{{{name}}}"),
            None => function.name.clone(),
        },
        file => {
            let file = Path::new(file).file_name().unwrap_or_default().to_string_lossy();
            format!("{file}:{}({})", function.line, function.name)
        }
    };
    let surplus = full.chars().count().saturating_sub(NAME);
    if surplus == 0 {
        return full;
    }
    format!("...{}", full.chars().skip(surplus + 3).collect::<String>())
}

/// The table of rows.
fn rows(runs: &[TimedRow]) -> String {
    let columns = ["row", "time", "95 %", "speedup", "answer"].map(str::to_owned);
    let line = |row: &TimedRow| {
        let time = row.seconds.as_ref().map(|seconds| seconds.interval);
        let interval = time.and_then(|time| Some(range(time.median, time.low?, time.high?)));
        let ratio = row.times_untraced.filter(|_| row.strategy != "untraced");
        vec![
            row.strategy.clone(),
            time.map(|time| seconds(time.median)).unwrap_or_default(),
            interval.unwrap_or_default(),
            ratio.map(|ratio| speedup(1.0 / ratio.median)).unwrap_or_default(),
            row.verdict.map(Verdict::as_str).unwrap_or_default().to_owned(),
        ]
    };
    let rounds = |row: &TimedRow| row.seconds.as_ref().map_or(0, |seconds| seconds.samples.len());
    let rounds = match runs.iter().map(rounds).max() {
        Some(rounds @ 2..) => format!("medians of {rounds} rounds"),
        _ => "one round".to_owned(),
    };
    format!(
        "\n{}{rounds}, without the start of Python; traced: under cProfile\n",
        plain_table(&columns, runs.iter().map(line), columns.len())
    )
}

/// What the numbers say, in sentences.
fn findings(seen: &PythonObservations) -> Vec<String> {
    let Some(profile) = &seen.profile else { return Vec::new() };
    let mut sentences = Vec::new();
    if let Some(hottest) = profile.functions.first() {
        sentences.push(format!(
            "{} has the most own time, {} of all, and with what it calls {}.",
            name(hottest),
            percent(hottest.own / profile.seconds.max(1e-9)),
            percent(hottest.cumulative / profile.seconds.max(1e-9))
        ));
    }
    let untraced = seen.row("untraced").and_then(|row| row.seconds.as_ref());
    if let Some((row, untraced)) = seen.row("traced").zip(untraced) {
        let extra = row.seconds.as_ref().map_or(0.0, |traced| {
            (traced.interval.median - untraced.interval.median) / profile.calls.max(1) as f64
        });
        sentences.extend(row.times_untraced.map(|ratio| cost(ratio, extra, profile.calls)));
        sentences.extend(inflated(profile, untraced.interval));
    }
    sentences.extend(seen.row("faster").and_then(|row| fixed(row.times_untraced?)));
    sentences
}

/// What it costs to trace.
fn cost(ratio: Interval, extra: f64, calls: u64) -> String {
    let Some((low, high)) = ratio.low.zip(ratio.high) else {
        return format!(
            "Under cProfile the program took {} times as long. These are too few rounds for an interval; \
             --rounds 6 gives one.",
            three_digits(ratio.median)
        );
    };
    let range = format!("({} to {})", three_digits(low), three_digits(high));
    if low <= COSTS {
        return format!(
            "Under cProfile the program takes {} times as long {range}: these rounds show no cost worth \
             correcting for.",
            three_digits(ratio.median)
        );
    }
    format!(
        "Under cProfile the program takes {} times as long {range}: {} more for each of its {}. cProfile runs \
         at every call and every return, so functions that are called often and do little look more expensive \
         than they are.",
        three_digits(ratio.median),
        seconds(extra),
        count(calls, "call")
    )
}

/// A function to which the profile gives more time than the whole program takes without it.
fn inflated(profile: &PythonProfile, untraced: Interval) -> Option<String> {
    let all = untraced.high?;
    let function = profile.functions.iter().find(|function| function.own > all)?;
    Some(format!(
        "The profile shows {} of own time for {}, more than the whole program takes without the profiler, {}. \
         Read its times as shares, and time the program without it.",
        seconds(function.own),
        name(function),
        seconds(untraced.median)
    ))
}

/// What the fixed program brought.
fn fixed(ratio: Interval) -> Option<String> {
    let (low, high) = (1.0 / ratio.high?, 1.0 / ratio.low?);
    Some(if low > 1.0 {
        format!(
            "records_faster.py sorts the records first, so that each sum follows from the one before: {} times \
             as fast ({} to {}), and the same answer.",
            three_digits(1.0 / ratio.median),
            three_digits(low),
            three_digits(high)
        )
    } else {
        "Whether records_faster.py gains anything can't be told from these rounds.".to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(low: f64, median: f64, high: f64) -> Interval {
        Interval { median, low: Some(low), high: Some(high) }
    }

    fn function(file: &str, name: &str, own: f64) -> Function {
        let (file, name) = (file.to_owned(), name.to_owned());
        Function { file, line: 29, name, calls: 1, own, cumulative: own }
    }

    #[test]
    fn functions_are_named_as_pstats_does() {
        assert_eq!(name(&function("/a/records.py", "distance", 0.1)), "records.py:29(distance)");
        let c = function("~", "<built-in method builtins.abs>", 0.1);
        assert_eq!(name(&c), "{built-in method builtins.abs}");
        let long = name(&function("a.py", &"x".repeat(100), 0.1));
        assert!(long.chars().count() == NAME && long.starts_with("...xx"), "{long}");
    }

    #[test]
    fn a_cost_that_the_rounds_do_not_show_is_not_claimed() {
        assert!(cost(interval(3.4, 3.5, 3.6), 1.7e-7, 2_006_024).contains("170 ns more for each"));
        assert!(cost(interval(0.98, 1.02, 1.07), 1e-9, 10).contains("no cost"));
        let few = Interval { median: 3.4, low: None, high: None };
        assert!(cost(few, 1.7e-7, 10).contains("too few rounds"));
    }

    #[test]
    fn only_what_exceeds_the_whole_program_is_called_inflated() {
        let functions = vec![function("a.py", "loop", 0.24), function("a.py", "tiny", 0.18)];
        let profile = PythonProfile { calls: 1, seconds: 0.42, functions };
        let text = inflated(&profile, interval(0.13, 0.14, 0.15)).expect("it is inflated");
        assert!(text.contains("240 ms of own time for a.py:29(loop)"), "{text}");
        assert_eq!(inflated(&profile, interval(0.30, 0.31, 0.32)), None);
    }

    #[test]
    fn a_fix_that_brought_nothing_is_not_praised() {
        assert!(fixed(interval(0.02, 0.022, 0.025)).expect("told").contains("45.5 times as fast"));
        assert!(fixed(interval(0.9, 1.0, 1.1)).expect("told").contains("can't be told"));
    }
}
