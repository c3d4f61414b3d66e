use course::{BOLD, Document};
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
    for (strategy, function) in ROWS {
        // A function that a learner has taken out has no instructions to be counted.
        let Ok(found) = program.function(function) else { continue };
        let lines = program.listing(&found)?;
        let turn = loops::innermost(&lines);
        let run = document.right().find(|run| run.strategy == strategy);
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
    Ok(text)
}

fn row([name, all, inside, terms, each, time]: [&str; 6]) -> String {
    format!("{name:<16}{all:>14}{inside:>13}{terms:>8}{each:>11}{time:>11}")
}
