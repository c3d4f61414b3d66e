use std::io::{self, BufRead, IsTerminal, Read};

use crate::Output;

/// How often the reader may answer.
const TRIES: usize = 3;

/// No answer is longer; the rest of a longer line is the next answer.
const LONGEST_ANSWER: u64 = 1000;

/// Asks for the reader's guess. The question goes to standard error, the answer is a line of standard
/// input, which `read` understands or not; `help` says what it understands. `None` where there is no
/// guess.
pub fn ask<G>(
    output: Output,
    question: &str,
    help: &str,
    read: impl Fn(&str) -> Option<G>,
) -> Option<G> {
    let mut input = io::stdin().lock();
    for _ in 0..TRIES {
        output.ask(&format!("{question} "));
        let answer = line(&mut input);
        if answer.is_none() || !io::stdin().is_terminal() {
            output.complain(""); // Nobody has pressed Enter on the line of the question.
        }
        let answer = answer.unwrap_or_default();
        if answer.is_empty() {
            break;
        }
        if let Some(guess) = read(&answer) {
            return Some(guess);
        }
        output.complain(&format!("invalid guess '{}': {help}", answer.escape_default()));
    }
    output.complain("Without a guess, then.");
    None
}

/// The next line without its end; `None` at the end of the input.
fn line(input: &mut impl BufRead) -> Option<String> {
    let mut bytes = Vec::new();
    // An input that cannot be read has no answer, just like one that has ended.
    let length = input.take(LONGEST_ANSWER).read_until(b'\n', &mut bytes).unwrap_or(0);
    (length > 0).then(|| String::from_utf8_lossy(&bytes).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_where_the_input_does() {
        let mut input = &b"  1.8x \r\n\nlast"[..];
        assert_eq!(line(&mut input).as_deref(), Some("1.8x"));
        assert_eq!(line(&mut input).as_deref(), Some(""));
        assert_eq!(line(&mut input).as_deref(), Some("last"));
        assert_eq!(line(&mut input), None);
    }
}
