use course::wrapped;
use measure::Error;

use super::function;
use crate::listing::Line;
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
        let found_loop = loops::innermost(&lines);
        text += &wrapped(&format!("{what} {}", said_of(found_loop, multiplies(&lines))), 0);
        text += &function(program, &found, false)?;
        text.push('\n');
    }
    Ok(text.trim_end().to_owned() + "\n")
}

/// Whether one of the instructions multiplies.
fn multiplies(lines: &[Line]) -> bool {
    lines.iter().any(|line| line.meaning.multiplies)
}

fn said_of(found: Option<loops::Loop>, multiplies: bool) -> String {
    match found {
        None => {
            let instead = if multiplies {
                "A multiplication took its place."
            } else {
                "It does not multiply, either."
            };
            format!("The machine code has none: nothing jumps back. {instead}")
        }
        Some(found) => {
            let terms = found.terms.map_or_else(|| "some".to_owned(), |terms| terms.to_string());
            format!(
                "The machine code has one: {} instructions add {terms} terms, and jump back.",
                found.instructions
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instruction_set::InstructionSet;
    use crate::listing::listing_of;

    #[test]
    fn a_multiplication_is_named_where_there_is_one() {
        let said = |code: &[u8]| {
            let lines = listing_of(InstructionSet::X86, code, 0x1000);
            said_of(loops::innermost(&lines), multiplies(&lines))
        };
        assert!(said(&[0x48, 0xf7, 0xe6, 0xc3]).contains("multiplication took its place")); // mul rsi
        assert!(!said(&[0x8d, 0x04, 0x37, 0xc3]).contains("took its place")); // lea eax,[rdi+rsi]
    }
}
