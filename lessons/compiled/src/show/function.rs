use std::fmt::Write;

use course::{BOLD, wrapped};
use measure::Error;

use crate::executable::Symbol;
use crate::listing::Line;
use crate::program::Program;
use crate::{loops, place, source, work};

/// Where the instructions end and what is said of them begins.
const NOTES: usize = 46;

/// No line is wider than this.
const WIDTH: usize = 80;

/// The machine code of a function, each instruction below the source line that it comes from; what it
/// works with is named, and the additions are pointed out. `bytes`: with its encoding.
pub(crate) fn function(
    program: &Program<'_>,
    function: &Symbol<'_>,
    bytes: bool,
) -> Result<String, Error> {
    let lines = program.listing(function)?;
    let mut text = format!(
        "{BOLD}{}{BOLD:#}: {} instructions, {} bytes at {:#x}\n",
        function.path(),
        lines.len(),
        function.code.len(),
        function.address
    );
    let notes = program.debug_info.as_ref().ok().and_then(Option::as_ref);
    let variables = notes.map(|notes| notes.variables(function.address)).unwrap_or_default();
    let (additions, found) = (work::additions(&lines), loops::innermost(&lines));
    let mut before = None;
    for (number, line) in lines.iter().enumerate() {
        let from = notes.and_then(|notes| notes.line(line.address));
        if from != before {
            text += &heading(from.as_ref());
            before = from;
        }
        let mut said = place::named(&variables, line);
        if additions[number] {
            said.push("<- an addition".to_owned());
        }
        if found.is_some_and(|found| found.last == number) {
            said.push("<- back: the loop".to_owned());
        }
        text += &row(line, function.address, bytes, &said.join("  "));
    }
    match &program.debug_info {
        Ok(Some(_)) => {}
        Ok(None) => text += "(without source lines: this executable has no notes about them)\n",
        Err(why) => {
            let why = format!("(without source lines: the notes about them cannot be read: {why})");
            text += &wrapped(&why, 0);
        }
    }
    Ok(text)
}

/// The source line that the next instructions come from.
fn heading(from: Option<&(String, u32)>) -> String {
    let Some((file, number)) = from else { return String::new() };
    let file_name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    match source::line(file, *number) {
        Some(source) => cut(&format!("{number:>4}  {source}")) + "\n",
        None => cut(&format!("      {file_name}:{number}")) + "\n",
    }
}

fn row(line: &Line, start: u64, bytes: bool, notes: &str) -> String {
    let offset = format!("+{:#x}", line.address - start);
    let mut row = format!("{offset:>12}  ");
    if bytes {
        let encoding: Vec<String> = line.bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let _ = write!(row, "{:<24}", encoding.join(" "));
    }
    row += &line.text;
    if !notes.is_empty() {
        let gap = NOTES.saturating_sub(row.chars().count()).max(2);
        let _ = write!(row, "{}{notes}", " ".repeat(gap));
    }
    cut(&row) + "\n"
}

fn cut(text: &str) -> String {
    if text.chars().count() <= WIDTH {
        return text.trim_end().to_owned();
    }
    text.chars().take(WIDTH - 3).collect::<String>() + "..."
}
