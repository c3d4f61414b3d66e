//! Errors as Python shows them: the way through the functions, the line, the place in it, the words.

use crate::{Exception, Place, Span, SyntaxError};

/// The source text, and the name under which errors show it.
#[derive(Debug, Clone)]
pub struct Source {
    name: String,
    lines: Vec<String>,
}

impl Source {
    /// A text that came from a file of that name.
    pub fn new(name: &str, text: &str) -> Self {
        let lines = text.replace("\r\n", "\n").replace('\r', "\n");
        Source { name: name.to_owned(), lines: lines.split('\n').map(str::to_owned).collect() }
    }

    /// A line of it, counted from 1; empty where there is none.
    pub fn line(&self, number: u32) -> &str {
        let index = (number as usize).checked_sub(1);
        index.and_then(|index| self.lines.get(index)).map_or("", String::as_str)
    }

    /// What Python prints of a program that cannot be read.
    pub fn refusal(&self, error: &SyntaxError) -> String {
        let span = error.span;
        let mut text =
            format!("  File \"{}\", line {}, column {}\n", self.name, span.line, span.column + 1);
        let line = self.line(span.line);
        let trimmed = line.trim_start();
        if !trimmed.trim().is_empty() {
            let indent = line.chars().count() - trimmed.chars().count();
            let start = (span.column as usize).saturating_sub(indent);
            let end = if span.end_line == span.line { span.end_column as usize } else { 0 };
            let length = end.saturating_sub(span.column as usize).max(1);
            text += &format!("    {}\n", trimmed.trim_end());
            text += &format!("    {}{}\n", " ".repeat(start), "^".repeat(length));
        }
        text + &format!("{error}\n")
    }

    /// What Python prints of an exception that nobody caught.
    pub fn traceback(&self, exception: &Exception) -> String {
        let mut text = String::from("Traceback (most recent call last):\n");
        let mut before: Option<&Place> = None;
        let mut repeated = 0;
        for place in exception.places.iter().rev() {
            let same = before.is_some_and(|before| {
                before.function == place.function && before.span.line == place.span.line
            });
            repeated = if same { repeated + 1 } else { 0 };
            if !same || repeated < 3 {
                text += &self.place(place);
            }
            let next_differs = repeated >= 3;
            before = Some(place);
            if next_differs && self.is_last_of_run(exception, place) {
                let count = repeated - 2;
                let plural = if count == 1 { "" } else { "s" };
                text += &format!("  [Previous line repeated {count} more time{plural}]\n");
                before = None;
            }
        }
        text + &format!("{exception}\n")
    }

    /// Whether the place behind this one, towards the innermost, is another line.
    fn is_last_of_run(&self, exception: &Exception, place: &Place) -> bool {
        let at = exception.places.iter().position(|other| std::ptr::eq(other, place));
        let next = at.and_then(|at| at.checked_sub(1)).map(|at| &exception.places[at]);
        next.is_none_or(|next| next.function != place.function || next.span.line != place.span.line)
    }

    fn place(&self, place: &Place) -> String {
        let span = place.span;
        let (line, column) = (span.line, span.column + 1);
        let function = &place.function;
        let mut text =
            format!("  File \"{}\", line {line}, column {column}, in {function}\n", self.name);
        let source = self.line(line);
        let trimmed = source.trim();
        if trimmed.is_empty() {
            return text;
        }
        text += &format!("    {trimmed}\n");
        text + &self.carets(source, span)
    }

    /// A line of marks below the part of the line that failed; none where that is the whole line.
    fn carets(&self, source: &str, span: Span) -> String {
        let indent = source.chars().count() - source.trim_start().chars().count();
        let length = source.trim_end().chars().count();
        let start = span.column as usize;
        let end = if span.end_line == span.line { span.end_column as usize } else { length };
        if start <= indent && end >= length {
            return String::new();
        }
        let marks = "^".repeat(end.saturating_sub(start).max(1));
        format!("    {}{marks}\n", " ".repeat(start.saturating_sub(indent)))
    }
}
