//! Errors as Python shows them: the calls, the line, the part of it, the message.

use crate::{Exception, Location, Span, SyntaxError};

/// A line that repeats is shown this many times.
const SHOWN: usize = 3;

/// A source text and the name under which errors show it.
#[derive(Debug, Clone)]
pub struct Source {
    name: String,
    lines: Vec<String>,
}

impl Source {
    /// A text from a file with this name.
    pub fn new(name: &str, text: &str) -> Self {
        let lines = text.replace("\r\n", "\n").replace('\r', "\n");
        Source { name: name.to_owned(), lines: lines.split('\n').map(str::to_owned).collect() }
    }

    /// A line of it, counted from 1; empty where there is none.
    pub fn line(&self, number: u32) -> &str {
        let index = (number as usize).checked_sub(1);
        index.and_then(|index| self.lines.get(index)).map_or("", String::as_str)
    }

    /// What Python prints for a program that does not compile.
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

    /// What Python prints for an uncaught exception.
    pub fn traceback(&self, exception: &Exception) -> String {
        let mut text = String::from("Traceback (most recent call last):\n");
        let outermost_first: Vec<&Location> = exception.traceback.iter().rev().collect();
        let same_line = |one: &&Location, other: &&Location| {
            one.function == other.function && one.span.line == other.span.line
        };
        for run in outermost_first.chunk_by(same_line) {
            for location in run.iter().take(SHOWN) {
                text += &self.location(location);
            }
            if let repeated @ 1.. = run.len().saturating_sub(SHOWN) {
                let plural = if repeated == 1 { "" } else { "s" };
                text += &format!("  [Previous line repeated {repeated} more time{plural}]\n");
            }
        }
        text + &format!("{exception}\n")
    }

    fn location(&self, location: &Location) -> String {
        let span = location.span;
        let (line, column) = (span.line, span.column + 1);
        let function = &location.function;
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
