//! What stands in the comment behind a figure.
//!
//! `threads: mutex-std 2 time / baseline time`: the run, then what of it. A row has its name, perhaps its number
//! of workers, and a field; `"one core: (\S+ \S+),"` is what a regular expression captures in the text of the run.
//! Figures may be divided, multiplied and subtracted, from left to right. `NAME:` before any of them names another
//! run.

use course::{Document, Run};
use regex::Regex;

use super::figure::Figure;
use super::recording::{Recorded, Recording};
use crate::renamed;

/// The figure that `expression` means.
///
/// # Errors
///
/// Why it means none.
pub(super) fn evaluate(expression: &str, recording: &Recording) -> Result<Figure, String> {
    let mut words = words(expression)?.into_iter().peekable();
    let mut run = None;
    let mut result: Option<Figure> = None;
    let mut operator = None;
    loop {
        let mut atom = Vec::new();
        while let Some(word) = words.next_if(|word| operator_of(word).is_none()) {
            match word.strip_suffix(':') {
                Some(name) if !word.starts_with('"') => run = Some(recording.run(name)?),
                _ => atom.push(word),
            }
        }
        let figure = figure(&atom, run)?;
        result = Some(match (result, operator) {
            (Some(left), Some(operator)) => left
                .with(operator, &figure)
                .ok_or_else(|| format!("{left} {operator} {figure} is no figure"))?,
            _ => figure,
        });
        match words.next() {
            Some(word) => operator = operator_of(&word),
            None => return result.ok_or_else(|| "it is empty".to_owned()),
        }
    }
}

fn operator_of(word: &str) -> Option<char> {
    let operator = word.chars().next()?;
    (word.len() == 1 && "/*-+".contains(operator)).then_some(operator)
}

/// Words, and what stands in quotes with its quotes.
fn words(expression: &str) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    let mut rest = expression.trim();
    while !rest.is_empty() {
        let length = match rest.strip_prefix('"') {
            Some(inside) => inside.find('"').ok_or("a quote does not end")? + 2,
            None => rest.find(' ').unwrap_or(rest.len()),
        };
        found.push(rest[..length].to_owned());
        rest = rest[length..].trim_start();
    }
    Ok(found)
}

/// One figure: a number, what a regular expression captures, or a field.
fn figure(words: &[String], run: Option<&Recorded>) -> Result<Figure, String> {
    if let [number] = words
        && let Ok(number) = number.parse()
    {
        return Ok(Figure::Number(number));
    }
    let run = run.ok_or("it names no run")?;
    match words {
        [quoted] if quoted.starts_with('"') => captured(quoted.trim_matches('"'), &run.text),
        [control, workers, field] if control == "control" => {
            control_of(run.document()?, workers, field)
        }
        [baseline, field] if baseline == "baseline" => baseline_of(run.document()?, field),
        [row, field] => field_of(row_of(run.document()?, row, None)?, field),
        [row, workers, field] => field_of(row_of(run.document()?, row, Some(workers))?, field),
        _ => Err(format!("`{}` names no figure", words.join(" "))),
    }
}

fn captured(pattern: &str, text: &str) -> Result<Figure, String> {
    // A space stands for any number of them: columns move.
    let pattern = pattern.replace(' ', r"\s+");
    let regex = Regex::new(&format!("(?m){pattern}")).map_err(|cause| cause.to_string())?;
    let captures =
        regex.captures(text).ok_or_else(|| format!("the run says nothing like {pattern}"))?;
    let found = captures.get(1).ok_or("the expression captures nothing")?.as_str();
    let figure = Figure::read(found).ok_or_else(|| format!("{found} is no figure"))?;
    let text = found.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(Figure::Verbatim(text, Box::new(figure)))
}

/// The row of this name and number of workers, or with as many as the machine has cores.
fn row_of<'d>(
    document: &'d Document,
    row: &str,
    workers: Option<&String>,
) -> Result<&'d Run, String> {
    let named = |row: &str| match workers {
        None => document.main_run(row),
        Some(workers) => {
            document.right().find(|run| run.strategy == row && run.workers.to_string() == *workers)
        }
    };
    let found = named(row).or_else(|| named(renamed::before(row)?));
    found.ok_or_else(|| {
        let workers = workers.map(|workers| format!(" with {workers} workers")).unwrap_or_default();
        format!("the run has no right row {row}{workers}")
    })
}

fn field_of(run: &Run, field: &str) -> Result<Figure, String> {
    let speedup = || run.speedup.map(|speedup| speedup.median);
    let found = match field {
        "time" => Some(Figure::Seconds(run.time())),
        "per-term" => Some(Figure::Seconds(run.per_term())),
        "speedup" => speedup().map(Figure::Number),
        "slower" => speedup().map(|speedup| Figure::Number(1.0 / speedup)),
        "share" => run.share_of_control().map(Figure::Number),
        "cores" => run.cores_beside().map(Figure::Number),
        "imbalance" => run.imbalance.map(Figure::Number),
        "ceiling" => run.ceiling_fraction.map(Figure::Number),
        "rate" => run.bytes_per_second.map(Figure::Rate),
        "cpu" => run.cpu_seconds.map(Figure::Seconds),
        "start" => run.start_seconds.map(Figure::Seconds),
        "terms" => Some(Figure::count(run.terms)),
        "steals" => run.steals.as_ref().map(|steals| Figure::count(steals.iter().sum())),
        phase => run.phases.as_ref().map(|phases| Figure::Seconds(phases.get(phase))),
    };
    found.ok_or_else(|| format!("the row {} has no {field}", run.strategy))
}

fn baseline_of(document: &Document, field: &str) -> Result<Figure, String> {
    let found = match field {
        "time" => document.baseline.as_ref().map(|baseline| baseline.seconds.median),
        "per-term" => document.baseline_per_term(),
        _ => None,
    };
    found.map(Figure::Seconds).ok_or_else(|| format!("the baseline has no {field}"))
}

fn control_of(document: &Document, workers: &str, field: &str) -> Result<Figure, String> {
    let control = workers.parse().ok().and_then(|workers| document.control(workers));
    let control = control.ok_or_else(|| format!("no control of {workers} workers"))?;
    match field {
        "cores" => Ok(Figure::Number(control.cores.median)),
        "even" => Ok(Figure::Number(control.even)),
        _ => Err(format!("a control has no {field}")),
    }
}

#[cfg(test)]
mod tests {
    use course::made_up::{integers, run};

    use super::*;

    fn recording() -> Recording {
        let text = "one core: 10.0 ms, 10 additions/ns\nscoped     2   5.00 ms\n";
        let document = integers(vec![run("scoped", 2, 0.005), run("scoped", 1, 0.010)]);
        let with = Recorded { text: text.to_owned(), document: Some(document) };
        let without = Recorded { text: "20.0 ms\n".to_owned(), document: None };
        Recording::of([("threads", with), ("slow", without)])
    }

    fn said(expression: &str) -> String {
        evaluate(expression, &recording()).map_or_else(|why| why, |figure| figure.to_string())
    }

    #[test]
    fn rows_have_fields() {
        assert_eq!(said("threads: scoped time"), "5.00 ms");
        assert_eq!(said("threads: scoped 1 time"), "10.0 ms");
        assert_eq!(said("threads: scoped speedup"), "2.0");
        assert_eq!(said("threads: baseline time"), "10.0 ms");
    }

    #[test]
    fn texts_are_searched() {
        assert_eq!(said(r#"threads: "one core: (\S+ \S+),""#), "10.0 ms");
        assert_eq!(said(r#"threads: "^scoped 2 (\S+ \S+)""#), "5.00 ms");
    }

    #[test]
    fn figures_are_reckoned_with() {
        assert_eq!(said("threads: scoped 1 time / scoped time"), "2.0");
        assert_eq!(said(r#"slow: "(\S+ ms)" / threads: baseline time"#), "2.0");
        assert_eq!(said("threads: scoped 1 time - scoped time"), "5.00 ms");
        assert_eq!(said("threads: scoped time / 5"), "1.00 ms");
    }

    #[test]
    fn what_is_not_there_is_said() {
        for (expression, why) in [
            ("none: scoped time", "no run"),
            ("scoped time", "names no run"),
            ("threads: spawned time", "no right row spawned"),
            ("threads: scoped 8 time", "no right row scoped with 8 workers"),
            ("threads: scoped height", "has no height"),
            ("threads: \"nine (cores)\"", "says nothing like"),
            ("slow: scoped time", "no document"),
            ("threads: scoped time - 1", "is no figure"),
        ] {
            let said = said(expression);
            assert!(said.contains(why), "{expression}: {said}");
        }
    }
}
