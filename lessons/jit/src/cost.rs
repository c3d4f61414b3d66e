//! What compiling costs, and from how many terms on it pays.

use std::time::Duration;

use course::{Document, Run, wrapped};
use measure::Interval;

use crate::compile::Times;
use crate::total;

/// The program is compiled this often; the median of each stage counts.
const RUNS: usize = 11;

/// The text below the table. The times are measured here and nowhere else.
pub(crate) fn summary(document: &Document) -> String {
    let Some(times) = median_times() else { return String::new() };
    let mut text = wrapped(&break_even(&times, saved(document)), 0);
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

/// How many seconds machine code saves on each term, round by round; `None` where the rows are missing.
fn saved(document: &Document) -> Option<Interval> {
    let (slow, fast) = (row(document, "interpreted")?, row(document, "later-calls")?);
    longer(slow, fast)
}

/// Whether compiling pays, for machine code that saves so many seconds on each term.
fn break_even(times: &Times, saved: Option<Interval>) -> String {
    let cost = format!("Compiling total.py takes {}.", seconds(times.total()));
    let Some(saved) = saved else { return cost };
    let terms = |saved: f64| units::grouped((times.total().as_secs_f64() / saved).ceil() as u64);
    match (saved.low, saved.high) {
        (Some(low), Some(high)) if low > 0.0 => format!(
            "{cost} It saves {} a term, so it pays from {} terms on ({} to {}, as the rounds differ).",
            units::seconds(saved.median),
            terms(saved.median),
            terms(high),
            terms(low)
        ),
        _ => format!("{cost} Whether it saves anything can't be told from these rounds."),
    }
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
    let checked = row(document, "later-calls").zip(row(document, "compiled-checked"));
    let ratio = checked.and_then(|(jit, checked)| jit.times_as_long_as(checked));
    let mut findings: Vec<String> = ratio.map(beside_rust).into_iter().collect();
    findings.push(
        "A JIT compiler built on LLVM sums these terms in a time that does not depend on n: LLVM \
         replaces the loop with a formula; see the lesson compiled."
            .to_owned(),
    );
    findings
}

/// How the machine code compares with that of Rust's compiler.
fn beside_rust(ratio: Interval) -> String {
    let (Some(low), Some(high)) = (ratio.low, ratio.high) else {
        return "Too few rounds to compare the JIT-compiled loop with the same loop in Rust."
            .to_owned();
    };
    let range = format!("{} to {}", units::three_digits(low), units::three_digits(high));
    if low <= 1.0 && 1.0 <= high {
        return format!(
            "The JIT-compiled loop and the same loop in Rust with the same check can't be told apart: it \
             takes {range} times as long."
        );
    }
    format!(
        "The JIT-compiled loop takes {} times as long ({range}) as the same loop in Rust with the same check.",
        units::three_digits(ratio.median)
    )
}

/// A row that is right.
fn row<'d>(document: &'d Document, name: &str) -> Option<&'d Run> {
    document.right().find(|run| run.strategy == name)
}

/// How many seconds longer a term takes in `one` than in `other`: the median of the rounds.
fn longer(one: &Run, other: &Run) -> Option<Interval> {
    let per_term = |run: &Run| -> Vec<f64> {
        let samples = run.seconds.iter().flat_map(|seconds| &seconds.samples);
        samples.map(|seconds| seconds / run.terms.max(1) as f64).collect()
    };
    let (one, other) = (per_term(one), per_term(other));
    let rounds: Vec<f64> = one.iter().zip(&other).map(|(one, other)| one - other).collect();
    Interval::after(&rounds, true) // The document does not say whether the rounds were looked at.
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(low: f64, median: f64, high: f64) -> Interval {
        Interval { median, low: Some(low), high: Some(high) }
    }

    fn times() -> Times {
        let stage = Duration::from_micros(25);
        Times { types: stage, lower: stage, generate: stage, place: stage }
    }

    #[test]
    fn compiling_pays_where_the_saved_time_covers_its_cost() {
        let text = break_even(&times(), Some(interval(8e-9, 10e-9, 20e-9)));
        assert!(text.contains("takes 100 us") && text.contains("from 10,000 terms"), "{text}");
        assert!(text.contains("(5,000 to 12,500"), "{text}");
    }

    #[test]
    fn nothing_pays_that_may_save_nothing() {
        for saved in
            [interval(-1e-9, 2e-9, 5e-9), Interval { low: None, ..interval(0.0, 1e-9, 0.0) }]
        {
            let text = break_even(&times(), Some(saved));
            assert!(text.contains("can't be told") && !text.contains("pays"), "{text}");
        }
        assert_eq!(break_even(&times(), None), "Compiling total.py takes 100 us.");
    }

    #[test]
    fn loops_whose_interval_holds_one_are_not_told_apart() {
        assert!(beside_rust(interval(0.94, 1.01, 1.09)).contains("can't be told apart"));
        assert!(beside_rust(interval(1.1, 1.2, 1.3)).contains("takes 1.20 times as long"));
    }
}
