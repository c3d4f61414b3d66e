//! What the table is followed by: when compiling pays, and the ladder.

use std::time::Duration;

use clap::ArgMatches;
use course::{Document, wrapped};
use measure::Interval;
use units;

use crate::compile::Times;
use crate::ladder;
use crate::total;

/// How often it is compiled to say how long that takes.
const TIMES: usize = 11;

/// Everything below the table.
pub(crate) fn below(asked: &ArgMatches, document: &Document) -> String {
    let mut text = stages();
    // Who names rows, or asks for few terms, wants no more than these.
    let all = asked.get_many::<String>("strategies").is_none_or(|names| names.len() == 0);
    if all {
        text += "\n";
        text += &ladder::ladder(document);
    }
    text
}

/// How long compiling takes, by stage.
pub(crate) fn compile_times() -> Option<Times> {
    let code = total::code().ok()?;
    let times: Vec<Times> =
        (0..TIMES).filter_map(|_| Some(total::made(&code, false).ok()?.1.times)).collect();
    let median = |stage: fn(&Times) -> Duration| {
        let samples: Vec<f64> = times.iter().map(|times| stage(times).as_secs_f64()).collect();
        Interval::of(&samples).map(|interval| Duration::from_secs_f64(interval.median))
    };
    Some(Times {
        types: median(|times| times.types)?,
        lower: median(|times| times.lower)?,
        generate: median(|times| times.generate)?,
        place: median(|times| times.place)?,
    })
}

fn stages() -> String {
    let Some(times) = compile_times() else { return String::new() };
    let time = |stage: Duration| units::seconds(stage.as_secs_f64());
    let mut text = format!("Compiling total.py, in {}\n", time(times.total()));
    for (name, stage) in [
        ("types of the call", times.types),
        ("into cranelift's form", times.lower),
        ("into machine code", times.generate),
        ("into memory that may run", times.place),
    ] {
        text += &format!("  {name:<26}{:>8}\n", time(stage));
    }
    text
}

/// The time of one term, in a row that is right.
pub(crate) fn per_term(document: &Document, name: &str) -> Option<f64> {
    let run = document.runs.iter().find(|run| run.strategy == name)?;
    let seconds = run.seconds.as_ref().filter(|_| run.sum.is_some())?;
    Some(seconds.interval.median / run.terms.max(1) as f64)
}

/// Sentences that read the numbers.
pub(crate) fn findings(document: &Document) -> Vec<String> {
    let mut found = Vec::new();
    let rate = |name| per_term(document, name);
    let times = compile_times();
    if let (Some(slow), Some(fast), Some(times)) = (rate("interpreted"), rate("later-calls"), times)
        && slow > fast
    {
        let pays = times.total().as_secs_f64() / (slow - fast);
        found.push(format!(
            "Compiling took {}. The machine code saves {} a term, so that compiling pays from \
             {} terms on.",
            units::seconds(times.total().as_secs_f64()),
            units::seconds(slow - fast),
            units::grouped(pays.ceil() as u64)
        ));
    }
    if let (Some(jit), Some(checked)) = (rate("later-calls"), rate("compiled-checked")) {
        found.push(format!(
            "The loop compiled at run time takes {} times as long as the same loop with the same \
             check in Rust.",
            units::three_digits(jit / checked)
        ));
    }
    found.push(
        "Compilers at run time that are built on LLVM answer in a microsecond for any n: they add \
         nothing. LLVM knows a formula for this loop; see the lesson compiled."
            .to_owned(),
    );
    found
}

/// A paragraph of the text below the table.
pub(crate) fn paragraph(text: &str) -> String {
    wrapped(text, 0)
}
