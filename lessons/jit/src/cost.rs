//! What compiling costs, and from how many terms on it pays.

use std::time::Duration;

use course::{Document, wrapped};
use measure::Interval;

use crate::compile::Times;
use crate::total;

/// The program is compiled this often; the median of each stage counts.
const RUNS: usize = 11;

/// The text below the table. The times are measured here and nowhere else.
pub(crate) fn summary(document: &Document) -> String {
    let Some(times) = median_times() else { return String::new() };
    let rate = |name| per_term(document, name);
    let mut text = match (rate("interpreted"), rate("later-calls")) {
        (Some(slow), Some(fast)) if slow > fast => wrapped(&break_even(&times, slow - fast), 0),
        _ => format!("Compiling total.py takes {}.\n", seconds(times.total())),
    };
    for (name, stage) in [
        ("types of the call", times.types),
        ("into Cranelift's form", times.lower),
        ("into machine code", times.generate),
        ("into executable memory", times.place),
    ] {
        text += &format!("  {name:<26}{:>8}\n", seconds(stage));
    }
    text
}

/// Whether compiling pays, for machine code that saves this many seconds on each term.
fn break_even(times: &Times, saved: f64) -> String {
    let terms = times.total().as_secs_f64() / saved;
    format!(
        "Compiling total.py takes {}. It saves {} a term, so it pays from {} terms on.",
        seconds(times.total()),
        units::seconds(saved),
        units::grouped(terms.ceil() as u64)
    )
}

/// The median time of each stage.
fn median_times() -> Option<Times> {
    let code = total::code().ok()?;
    let times: Vec<Times> =
        (0..RUNS).filter_map(|_| Some(total::compiled(&code, false).ok()?.1.times)).collect();
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

fn seconds(time: Duration) -> String {
    units::seconds(time.as_secs_f64())
}

/// Sentences that read the numbers of the table.
pub(crate) fn findings(document: &Document) -> Vec<String> {
    let rate = |name| per_term(document, name);
    let mut findings = Vec::new();
    if let (Some(jit), Some(checked)) = (rate("later-calls"), rate("compiled-checked")) {
        findings.push(format!(
            "The JIT-compiled loop takes {} times as long as the same loop in Rust with the same \
             check.",
            units::three_digits(jit / checked)
        ));
    }
    findings.push(
        "A JIT compiler built on LLVM sums these terms in a time that does not depend on n: LLVM \
         replaces the loop with a formula; see the lesson compiled."
            .to_owned(),
    );
    findings
}

/// Seconds per term of a row that is right.
fn per_term(document: &Document, name: &str) -> Option<f64> {
    let run = document.runs.iter().find(|run| run.strategy == name)?;
    let seconds = run.seconds.as_ref().filter(|_| run.sum.is_some())?;
    Some(seconds.interval.median / run.terms.max(1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compiling_pays_where_the_saved_time_covers_its_cost() {
        let stage = Duration::from_micros(25);
        let times = Times { types: stage, lower: stage, generate: stage, place: stage };
        let text = break_even(&times, 10e-9);
        assert!(text.contains("takes 100 us") && text.contains("from 10,000 terms"), "{text}");
    }
}
