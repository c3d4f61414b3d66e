use course::BOLD;
use measure::Error;

use crate::program::Program;

/// The width of the left column.
const LEFT: usize = 40;

/// The functions that are there twice: what they are called, and who compiled them.
const TWINS: [(&str, &str, &str); 4] = [
    ("addition, Rust", "unoptimised::plain::addition", "compiled::plain::addition"),
    ("addition, C++", "cxx_unoptimised::addition", "cxx_optimised::addition"),
    ("sum, Rust", "unoptimised::plain::sum", "compiled::plain::sum"),
    ("sum, C++", "cxx_unoptimised::sum", "cxx_optimised::sum"),
];

/// The same source without and with optimisation, side by side.
pub(super) fn twins(program: &Program<'_>) -> Result<String, Error> {
    let mut text = String::new();
    for (title, slow, fast) in TWINS {
        let code = |name: &str| -> Result<Vec<String>, Error> {
            let lines = program.listing(&program.function(name)?)?;
            Ok(lines.into_iter().map(|line| line.text).collect())
        };
        let (slow, fast) = (code(slow)?, code(fast)?);
        let count = |lines: &[String], how: &str| format!("{} instructions, {how}", lines.len());
        let heads = (count(&slow, "not optimised"), count(&fast, "optimised"));
        text += &format!("{BOLD}{title}{BOLD:#}\n{:<LEFT$}{}\n", heads.0, heads.1);
        for number in 0..slow.len().max(fast.len()) {
            let side = |lines: &[String]| lines.get(number).cloned().unwrap_or_default();
            let row = format!("  {:<width$}  {}", side(&slow), side(&fast), width = LEFT - 2);
            text += row.trim_end();
            text.push('\n');
        }
        text.push('\n');
    }
    Ok(text.trim_end().to_owned() + "\n")
}
