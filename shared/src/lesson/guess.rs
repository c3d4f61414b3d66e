use std::io::{self, BufRead, IsTerminal, Read};

use super::Lesson;
use crate::cli::Options;
use crate::report::{Guess, Output, Question};

/// How often the reader may answer.
const TRIES: usize = 3;

/// No answer is longer; the rest of a longer line is the next answer.
const LONGEST_ANSWER: u64 = 1000;

/// Asks for the reader's guess before anything is measured, if `--predict` wants it. The question goes
/// to standard error, the answer is a line of standard input. `None` where there is no guess.
pub(super) fn ask<L: Lesson>(options: &Options, output: Output) -> Option<Guess> {
    if !options.predict {
        return None;
    }
    let question = question::<L>(options);
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
        if let Some(ratio) = ratio(&answer) {
            return Some(Guess { question, ratio });
        }
        output.complain(&format!(
            "invalid guess '{}': a guess is a number above 0; for example: 1.8",
            answer.escape_default()
        ));
    }
    output.complain("Without a guess, then.");
    None
}

fn question<L: Lesson>(options: &Options) -> Question {
    if L::PARALLEL {
        return Question::Faster { workers: options.workers.main().get() };
    }
    let plain = L::GUESSED.to_owned();
    let named = options.strategies.first().filter(|_| !options.strategies.contains(&plain));
    Question::Slower { strategy: named.cloned().unwrap_or(plain) }
}

/// The next line without its end; `None` at the end of the input.
fn line(input: &mut impl BufRead) -> Option<String> {
    let mut bytes = Vec::new();
    // An input that cannot be read has no answer, just like one that has ended.
    let length = input.take(LONGEST_ANSWER).read_until(b'\n', &mut bytes).unwrap_or(0);
    (length > 0).then(|| String::from_utf8_lossy(&bytes).trim().to_owned())
}

/// Reads `1.8` and `1.8x`.
fn ratio(text: &str) -> Option<f64> {
    let number = text.strip_suffix(['x', 'X']).unwrap_or(text).trim_end();
    let plain = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let ratio: f64 = number.parse().ok().filter(|_| plain)?;
    (ratio > 0.0 && ratio.is_finite()).then_some(ratio)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guesses_are_read() {
        for (text, number) in [("1.8", 1.8), ("1.8x", 1.8), ("2 x", 2.0), (".5", 0.5), ("16", 16.0)]
        {
            assert_eq!(ratio(text), Some(number), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_above_0_is_refused() {
        let huge = "9".repeat(400);
        for text in ["1,8", "0", "0.0", "-1", "x", "", "two", "inf", "NaN", "1e3", "1.8xx", &huge] {
            assert_eq!(ratio(text), None, "{text}");
        }
    }

    #[test]
    fn lines_end_where_the_input_does() {
        let mut input = &b"  1.8x \r\n\nlast"[..];
        assert_eq!(line(&mut input).as_deref(), Some("1.8x"));
        assert_eq!(line(&mut input).as_deref(), Some(""));
        assert_eq!(line(&mut input).as_deref(), Some("last"));
        assert_eq!(line(&mut input), None);
    }
}
