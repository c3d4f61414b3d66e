use course::wrapped;
use measure::Error;

use super::function;
use crate::loops;
use crate::program::Program;

/// The sum of 0..n without its loop, and with one that has to be run.
pub(super) fn fold(program: &Program<'_>) -> Result<String, Error> {
    let mut text = String::new();
    for (name, what) in [
        ("compiled::plain::sum", "The source has a loop."),
        ("compiled::masked::sum", "The same loop with a mask that only the running program knows."),
    ] {
        let found = program.function(name)?;
        let lines = program.listing(&found)?;
        text += &wrapped(&format!("{what} {}", told(loops::innermost(&lines))), 0);
        text += &function(program, &found, false)?;
        text.push('\n');
    }
    Ok(text.trim_end().to_owned() + "\n")
}

fn told(found: Option<loops::Loop>) -> String {
    match found {
        None => "The machine code has none: nothing jumps back. A multiplication took its place."
            .to_owned(),
        Some(found) => {
            let terms = found.terms.map_or_else(|| "some".to_owned(), |terms| terms.to_string());
            format!(
                "The machine code has one: {} instructions add {terms} terms, and jump back.",
                found.instructions
            )
        }
    }
}
