use course::{BOLD, Document, doubt, wrapped};
use measure::Error;
use units::{seconds, three_digits};

use crate::loops;
use crate::program::Program;

/// Row of the table, and the function that it runs.
const ROWS: [(&str, &str); 6] = [
    ("unoptimised", "unoptimised::plain::sum"),
    ("cxx-unoptimised", "cxx_unoptimised::sum"),
    ("folded", "compiled::plain::sum"),
    ("cxx-optimised", "cxx_optimised::sum"),
    ("masked", "compiled::masked::sum"),
    ("your-turn", "compiled::your_turn::sum"),
];

/// How many instructions each row has, and what each term takes, beside the time that was measured.
pub(crate) fn counts(program: &Program<'_>, document: &Document) -> Result<String, Error> {
    let head = ["in machine code", "instructions", "in the loop", "terms", "per term", "time"];
    let mut text = format!("{BOLD}{}{BOLD:#}\n", row(head));
    let mut per_term: Vec<(&str, f64)> = Vec::new();
    for (strategy, function) in ROWS {
        // A function that a learner has taken out has no instructions to be counted.
        let Ok(found) = program.function(function) else { continue };
        let lines = program.listing(&found)?;
        let turn = loops::innermost(&lines);
        let run = document.right().find(|run| run.strategy == strategy);
        per_term.extend(turn.and_then(|turn| turn.per_term()).map(|count| (strategy, count)));
        let number = |value: Option<String>| value.unwrap_or_default();
        text += &row([
            strategy,
            &lines.len().to_string(),
            &turn.map_or_else(|| "no loop".to_owned(), |turn| turn.instructions.to_string()),
            &number(turn.and_then(|turn| turn.terms).map(|terms| terms.to_string())),
            &number(turn.and_then(|turn| turn.per_term()).map(three_digits)),
            &number(run.map(|run| seconds(run.per_term()))),
        ]);
        text.push('\n');
    }
    let count = |name: &str| per_term.iter().find(|(row, _)| *row == name).map(|(_, count)| *count);
    let more = count("unoptimised").zip(count("cxx-optimised")).map(|(long, short)| long / short);
    Ok(text + &more.and_then(|more| beyond_instructions(document, more)).unwrap_or_default())
}

/// Whether the loop on the stack takes longer than its instructions explain, of which it has `more` times as many as
/// the loop in registers; `None` where the times can't tell.
fn beyond_instructions(document: &Document, more: f64) -> Option<String> {
    if doubt(document).is_some() {
        return None; // Nothing explains these times.
    }
    let row = |name: &str| document.right().find(|run| run.strategy == name);
    let longer = row("unoptimised")?.times_as_long_as(row("cxx-optimised")?)?;
    let reason = match (longer.low?, longer.high?) {
        (low, _) if low > 1.5 * more => {
            "More than they explain: either the processor is slow to hand on what it has just stored, for which each \
             turn waits, or these instructions are slow themselves. To tell, keep s and i out of memory: your-turn."
        }
        (_, high) if high < 1.25 * more => {
            "They explain it: on this processor no turn is seen to wait for what the last one stored."
        }
        _ => return None,
    };
    let sentence = format!(
        "unoptimised has {} times as many instructions for a term as cxx-optimised, and takes {} times as long. \
         {reason}",
        three_digits(more),
        three_digits(longer.median)
    );
    Some(format!("\n{}", wrapped(&sentence, 0)))
}

fn row([name, all, inside, terms, each, time]: [&str; 6]) -> String {
    format!("{name:<16}{all:>14}{inside:>13}{terms:>8}{each:>11}{time:>11}")
}

#[cfg(test)]
mod tests {
    use course::{Run, made_up};
    use kernels::{Integers, Known};
    use measure::Interval;

    use super::*;

    /// Rows of ten rounds, in milliseconds, beside a baseline that is sure.
    fn document(unoptimised: f64, optimised: f64) -> Document {
        let row = |name: &str, milliseconds: f64| {
            let mut run: Run = made_up::run(name, 1, milliseconds * 1e-3);
            let samples: Vec<f64> = (0..10)
                .map(|round| milliseconds * 1e-3 * (1.0 + 0.002 * f64::from(round)))
                .collect();
            let seconds = run.seconds.as_mut().expect("it is timed");
            seconds.interval = Interval::of(&samples).expect("ten samples");
            seconds.samples = samples;
            run
        };
        let rows = vec![row("unoptimised", unoptimised), row("cxx-optimised", optimised)];
        let mut document = made_up::document("compiled", Integers::NAME, rows);
        let sure = Interval { median: 0.010, low: Some(0.0099), high: Some(0.0101) };
        document.baseline.as_mut().expect("it has one").seconds = sure;
        document
    }

    #[test]
    fn a_wait_is_named_where_the_instructions_do_not_explain_the_time() {
        let slow = beyond_instructions(&document(244.0, 35.9), 2.5).expect("it is clear");
        assert!(slow.contains("takes 6.80 times as long") && slow.contains("either"), "{slow}");
    }

    #[test]
    fn no_wait_is_named_where_the_instructions_explain_the_time() {
        // Seen on a newer processor: 0.51 ns with 10 instructions, and 0.25 ns with 4.
        let fast = beyond_instructions(&document(51.0, 25.0), 2.5).expect("it is clear");
        assert!(fast.contains("no turn is seen"), "{fast}");
        assert_eq!(beyond_instructions(&document(85.0, 25.0), 2.5), None, "3.4 is neither");
    }
}
