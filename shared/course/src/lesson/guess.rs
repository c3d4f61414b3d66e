use kernels::Integers;

use super::Lesson;
use crate::cli::Options;
use crate::{Guess, Output, Question};

/// Asks for the reader's guess before anything is measured, if `--predict` wants it. `None` where there
/// is no guess.
pub(super) fn ask<L: Lesson>(options: &Options, output: Output) -> Option<Guess> {
    if !options.predict {
        return None;
    }
    let question = question::<L>(options);
    let help = "a guess is a number above 0; for example: 1.8";
    let ratio = crate::ask(output, &question.to_string(), help, ratio)?;
    Some(Guess { question, ratio })
}

fn question<L: Lesson>(options: &Options) -> Question {
    // Where most rows have one worker, the lesson is about one worker.
    let alone = L::strategies::<Integers>().iter().any(|strategy| strategy.alone);
    if L::PARALLEL && !alone {
        return Question::Faster { workers: options.workers.main().get() };
    }
    let plain = L::GUESSED.to_owned();
    let named = options.strategies.first().filter(|_| !options.strategies.contains(&plain));
    Question::Slower { strategy: named.cloned().unwrap_or(plain) }
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
}
