use measure::StrategyInfo;

use crate::document::YOURS;
use crate::report::{Prediction, Question};
use crate::{Output, Table, ask};

/// Asks for the reader's guess before anything is measured, if `--predict` wants it. `None` where there
/// is no guess.
pub(super) fn prediction<T: Table>(
    options: &T::Options,
    table: &[StrategyInfo],
    output: Output,
) -> Option<Prediction> {
    if !options.as_ref().predict {
        return None;
    }
    let question = question::<T>(options, table);
    let help = "a guess is a number above 0; for example: 1.8";
    let ratio = ask(output, &question.to_string(), help, ratio)?;
    Some(Prediction { question, ratio })
}

fn question<T: Table>(options: &T::Options, table: &[StrategyInfo]) -> Question {
    // Where most rows have one worker, the lesson is about one worker.
    let alone = table.iter().any(|strategy| strategy.alone);
    let options = options.as_ref();
    if T::PARALLEL && !alone {
        return Question::Faster { workers: options.workers.main().get() };
    }
    let first = table.first().map_or(YOURS, |strategy| strategy.name.as_str());
    let asked = T::PREDICTED.unwrap_or(first);
    let named = options.strategies.first().filter(|_| !options.wants(asked));
    Question::Slower { strategy: named.map_or(asked, String::as_str).to_owned() }
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
