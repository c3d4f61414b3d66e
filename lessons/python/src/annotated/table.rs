//! Both sources in 80 columns: what each line became, without types and with them.

use std::iter::repeat_n;

use course::{BOLD, wrapped};

use super::page::{Function, Line};

/// The widths of a source and of its two counts.
const SOURCE: usize = 28;
const LINES: usize = 4;
const CALLS: usize = 6;

/// As many columns as a line of C has.
const CODE: usize = 78;

/// The lines of both sources side by side, and the C of the addition.
pub(super) fn table(untyped: Vec<Function>, typed: Vec<Function>) -> String {
    let (loops, around) = typed.into_iter().partition::<Vec<_>, _>(|function| has_loop(function));
    let pairs: Vec<(Function, Function)> =
        untyped.into_iter().filter(|function| has_loop(function)).zip(loops).collect();
    let heads = ["without types", "with types"].map(|head| cells(head, "C", "calls"));
    let mut text = format!("{BOLD}{}{BOLD:#}\n", heads.join("  ").trim_end());
    for (untyped, typed) in &pairs {
        text += &side_by_side(untyped, typed);
        text.push('\n');
    }
    for function in &around {
        text += &side_by_side(&[], function);
    }
    text += &wrapped(
        "C: the lines of C that a line became; calls: those of Python's functions and macros in them.",
        0,
    );
    if let Some((untyped, typed)) = pairs.first() {
        text += &in_words(untyped, typed);
    }
    text
}

fn has_loop(function: &[Line]) -> bool {
    function.iter().any(is_loop)
}

fn is_loop(line: &Line) -> bool {
    line.text.trim_start().starts_with("for ")
}

/// Two functions whose last lines stand side by side: they end with the same loop.
fn side_by_side(left: &[Line], right: &[Line]) -> String {
    let rows = left.len().max(right.len());
    let ending = |lines: &[Line]| -> Vec<String> {
        let lines = lines.iter().map(row);
        let missing = rows - lines.len();
        repeat_n(cells("", "", ""), missing).chain(lines).collect()
    };
    let rows = ending(left).into_iter().zip(ending(right));
    rows.map(|(left, right)| format!("{}\n", format!("{left}  {right}").trim_end())).collect()
}

fn row(line: &Line) -> String {
    cells(&narrow(&line.text), &line.code.len().to_string(), &line.calls.to_string())
}

fn cells(source: &str, lines: &str, calls: &str) -> String {
    format!("{:<SOURCE$}{lines:>LINES$}{calls:>CALLS$}", cut(source, SOURCE))
}

/// A line with half of its indentation.
fn narrow(line: &str) -> String {
    let inside = line.trim_start();
    format!("{}{inside}", " ".repeat((line.len() - inside.len()) / 2))
}

fn cut(line: &str, most: usize) -> String {
    if line.chars().count() <= most {
        return line.to_owned();
    }
    line.chars().take(most - 1).chain(['…']).collect()
}

/// The loops of two functions in numbers, and what their additions became.
fn in_words(untyped: &[Line], typed: &[Line]) -> String {
    let (Some(without), Some(with)) = (the_loop(untyped), the_loop(typed)) else {
        return String::new();
    };
    let lines = |part: &[Line]| part.iter().map(|line| line.code.len()).sum::<usize>();
    let calls = |part: &[Line]| match part.iter().map(|line| line.calls).sum() {
        0 => "no call".to_owned(),
        1 => "1 call".to_owned(),
        many => format!("{many} calls"),
    };
    let mut text = wrapped(
        &format!(
            "Without types the loop of {} became {} lines of C, with {} of Python; with types {} \
             lines, with {}.",
            name(untyped),
            lines(without),
            calls(without),
            lines(with),
            calls(with)
        ),
        0,
    );
    for addition in [without, with].iter().filter_map(|part| part.get(1)) {
        text += &format!("\n{BOLD}{} became{BOLD:#}\n", addition.text.trim());
        for line in &addition.code {
            text += &format!("  {}\n", cut(line, CODE));
        }
    }
    text
}

/// The line with `for`, and those that are further inside.
fn the_loop(function: &[Line]) -> Option<&[Line]> {
    let begin = function.iter().position(is_loop)?;
    let depth = |line: &Line| line.text.len() - line.text.trim_start().len();
    let inside = |line: &&Line| depth(line) > depth(&function[begin]);
    let end = begin + 1 + function[begin + 1..].iter().take_while(inside).count();
    Some(&function[begin..end])
}

/// The name of a function, as its head has it.
fn name(function: &[Line]) -> &str {
    let head = function.first().map_or("", |line| &line.text);
    head.split('(').next().and_then(|head| head.split(' ').next_back()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, lines: usize, calls: usize) -> Line {
        Line { text: text.to_owned(), code: vec!["total = total + i;".to_owned(); lines], calls }
    }

    fn untyped() -> Function {
        vec![
            line("def integers(low, high):", 50, 20),
            line("    low, high, _ = checked.terms(low, high)", 40, 30),
            line("    for i in range(low, high):", 20, 11),
            line("        total += i", 3, 2),
            line("    return total", 4, 2),
        ]
    }

    fn typed() -> Vec<Function> {
        let loops = vec![
            line("cdef uint64_t add_integers(uint64_t low, uint64_t high) noexcept nogil:", 5, 0),
            line("    for i in range(low, high):", 4, 0),
            line("        total += i", 1, 0),
            line("    return total", 2, 0),
        ];
        vec![loops, vec![line("def integers(low, high, mask=0):", 60, 30)]]
    }

    #[test]
    fn the_lines_of_both_loops_stand_side_by_side() {
        let text = table(vec![untyped()], typed());
        let found = text.lines().find(|line| line.contains("total += i")).expect("it is there");
        assert_eq!(
            found.split_whitespace().collect::<Vec<_>>().join(" "),
            "total += i 3 2 total += i 1 0"
        );
        let alone = text.lines().find(|line| line.contains("high, m")).expect("it is there");
        assert!(alone.starts_with("    ") && alone.ends_with("60    30"), "{alone}");
        // The first line is bold, and so has letters that nobody sees.
        assert!(text.lines().skip(1).all(|line| line.chars().count() <= 80), "{text}");
    }

    #[test]
    fn the_loops_are_counted_and_the_additions_shown() {
        let text = table(vec![untyped()], typed()).replace('\n', " ");
        let expected = "Without types the loop of integers became 23 lines of C, with 13 calls of \
                        Python; with types 5 lines, with no call.";
        assert!(text.contains(expected), "{text}");
        assert_eq!(text.matches("total = total + i;").count(), 4, "{text}");
    }

    #[test]
    fn a_source_without_a_loop_says_nothing_of_one() {
        let text = table(vec![vec![line("def f():", 1, 0)]], typed());
        assert!(!text.contains("became") || text.contains("a line became"), "{text}");
        assert!(!text.contains("The loop"), "{text}");
    }
}
