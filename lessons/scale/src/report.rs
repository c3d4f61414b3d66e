use std::fmt::Write;

use course::{BOLD, Document, plain_table, wrapped};
use measure::Interval;
use measure::verdict::Verdict;
use units::{count, percent, seconds, speedup, three_digits};

use crate::QUESTION;
use crate::document::{Run, Scaling};

/// Everything that the lesson prints for people.
pub(crate) fn table(document: &Document<Scaling>) -> String {
    let program = &document.program;
    let mut text = format!("{BOLD}{}: {QUESTION}{BOLD:#}\n\n", document.lesson);
    let cores = count(document.machine.usable_cores as u64, "usable core");
    text += &wrapped(&format!("{}: {} on {cores}", program.name, short(&program.command)), 0);
    if program.has_own_baseline
        && let Some(baseline) = &document.baseline
    {
        text +=
            &wrapped(&format!("the baseline (--alone): {}", seconds(baseline.seconds.median)), 0);
    }
    text += &rows(document);
    if !document.findings.is_empty() {
        let _ = writeln!(text, "\n{BOLD}What the numbers say{BOLD:#}");
        text += &document.findings.iter().map(|finding| wrapped(finding, 2)).collect::<String>();
    }
    text
}

fn rows(document: &Document<Scaling>) -> String {
    let time = if document.program.has_rate { "rate" } else { "time" };
    let columns = ["workers", time, "speedup", "cores", "of control", "used", "answer"];
    let lines = document.rows().map(|run| line(document, run));
    let table = plain_table(&columns.map(str::to_owned), lines, columns.len() - 1);
    let rounds = document
        .right()
        .filter_map(|run| run.seconds.as_ref())
        .map(|seconds| seconds.samples.len())
        .max();
    let Some(rounds) = rounds else { return format!("\n{table}") };
    let ratios = document.right().filter_map(|run| run.speedup.filter(|_| run.workers > 1));
    let widest = ratios.filter_map(|ratio| ratio.spread()).reduce(f64::max);
    let sure = widest.map(|widest| {
        format!("; no 95 % interval of a ratio is wider than +-{} %", three_digits(widest * 100.0))
    });
    let of_cpu = if document.right().any(|run| run.used.is_some()) {
        "; used: CPU time over wall time"
    } else {
        ""
    };
    let note = format!("medians of {}{}", count(rounds as u64, "round"), sure.unwrap_or_default());
    let legend = format!("cores: what so many copies with one worker get side by side{of_cpu}");
    let answer = format!("answer: {}", document.program.answer);
    format!("\n{table}{}{}{}", wrapped(&note, 0), wrapped(&legend, 0), wrapped(&answer, 0))
}

fn line(document: &Document<Scaling>, run: &Run) -> Vec<String> {
    let time = if document.program.has_rate { run.rate.map(rate) } else { run.time().map(seconds) };
    let ratio =
        |ratio: Option<Interval>, show: fn(f64) -> String| ratio.map(|ratio| show(ratio.median));
    let cores = document.cores(run.workers).filter(|_| run.workers > 1 && run.seconds.is_some());
    vec![
        run.workers.to_string(),
        time.unwrap_or_default(),
        ratio(run.speedup, speedup).unwrap_or_default(),
        cores.map(three_digits).unwrap_or_default(),
        ratio(run.share(), percent).unwrap_or_default(),
        run.used.map(three_digits).unwrap_or_default(),
        match run.verdict {
            Verdict::Right if document.program.any_output => "unchecked".to_owned(),
            verdict => verdict.as_str().to_owned(),
        },
    ]
}

/// So much a second.
fn rate(rate: f64) -> String {
    match rate {
        small if small < 1e4 => format!("{}/s", three_digits(small)),
        large => format!("{}/s", units::about(large)),
    }
}

/// A command in which no word is wider than a line: of a long path the end is shown.
pub(crate) fn short(command: &str) -> String {
    const MOST: usize = 60;
    let short = |word: &str| {
        let letters: Vec<char> = word.chars().collect();
        match letters.len().checked_sub(MOST) {
            Some(more) if more > 0 => format!("...{}", letters[more..].iter().collect::<String>()),
            _ => word.to_owned(),
        }
    };
    command.split(' ').map(short).collect::<Vec<_>>().join(" ")
}
