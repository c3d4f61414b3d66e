//! Whether a run gave the right answer: that of the first run, which had one worker.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use measure::{Cancellation, Error};
use regex::bytes::Regex;

use crate::options::Common;
use crate::output::Output;
use crate::subject::{self, Ended, RunFolder};
use crate::template::{Place, Template, Values};

/// Holds runs against the first one of the same size.
#[derive(Debug)]
pub(crate) struct Judge {
    how: How,
    known: Mutex<BTreeMap<Option<u64>, Vec<Known>>>,
}

#[derive(Debug, Clone)]
enum How {
    /// All that it writes to standard output.
    Same,
    /// What is found there, and by which part of itself it may be off.
    Found(Regex, Option<f64>),
    /// A command that reads it is content.
    Checked(Template),
    Any,
}

/// An answer that is right.
#[derive(Debug)]
enum Known {
    Output(Output),
    Text(String),
}

/// So many outputs are kept that a check has accepted, and need not read again.
const MOST_KNOWN: usize = 8;

/// What to do where a program that is right does not write the same bytes.
const OTHER_WAYS: &str = "if that is as it should be, say what the answer is with --answer REGEX, check it with --check \
     COMMAND, or allow it with --any-output";

impl Judge {
    pub(crate) fn new(options: &Common) -> Self {
        let how = match (&options.answer, &options.check) {
            (Some(found), _) => How::Found(found.clone(), options.tolerance),
            (None, Some(command)) => How::Checked(command.clone()),
            (None, None) if options.any_output => How::Any,
            (None, None) => How::Same,
        };
        Judge { how, known: Mutex::default() }
    }

    /// Whether no answer is looked at.
    pub(crate) fn takes_any(&self) -> bool {
        matches!(self.how, How::Any)
    }

    /// How answers are compared, in a few words.
    pub(crate) fn in_words(&self) -> &'static str {
        match self.how {
            How::Same => "the same output",
            How::Found(_, None) => "the same answer in the output (--answer)",
            How::Found(_, Some(_)) => {
                "the same number in the output (--answer), but for the tolerance"
            }
            How::Checked(_) => "output that the check accepts (--check)",
            How::Any => "not looked at (--any-output)",
        }
    }

    /// Why the answer of a run is wrong; `None` where it is right. The first answer of a size is right, if it is an
    /// answer.
    ///
    /// # Errors
    ///
    /// Where the command of `--check` does not start.
    pub(crate) fn fault(
        &self,
        ended: Ended,
        (workers, terms): (usize, Option<u64>),
        cancellation: &Cancellation,
    ) -> Result<Option<String>, Error> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let known = known.entry(terms).or_default();
        let unreadable = |cause: std::io::Error| format!("its output cannot be read: {cause}");
        Ok(match &self.how {
            How::Any => None,
            How::Same => match known.first() {
                Some(Known::Output(first)) => match first.first_difference(&ended.output) {
                    Ok(None) => None,
                    Ok(Some(place)) => Some(format!(
                        "its output is not that of the first run with 1 worker: they differ from byte {} on; \
                         {OTHER_WAYS}",
                        units::grouped(place)
                    )),
                    Err(cause) => Some(unreadable(cause)),
                },
                _ => {
                    known.push(Known::Output(ended.output));
                    None
                }
            },
            How::Found(pattern, tolerance) => {
                match (found(pattern, &ended, "--answer"), known.first()) {
                    (Err(why), _) => Some(why),
                    (Ok(text), Some(Known::Text(first))) => differs(first, &text, *tolerance),
                    (Ok(text), _) => {
                        let fault = tolerance.and_then(|_| number(&text).err());
                        known.push(Known::Text(text));
                        fault
                    }
                }
            }
            How::Checked(command) => {
                // What lies in {dir} is not in the output.
                let in_output = !command.names(Place::Dir);
                let accepted = in_output
                    && known.iter().any(|known| match known {
                        Known::Output(known) => {
                            matches!(known.first_difference(&ended.output), Ok(None))
                        }
                        Known::Text(_) => false,
                    });
                if accepted {
                    return Ok(None);
                }
                let dir = ended.folder.as_ref().map_or(Path::new(""), RunFolder::path);
                let values = Values { workers, terms, dir };
                let fault = subject::check(&command.filled(&values), &ended.output, cancellation)?;
                if fault.is_none() && known.len() < MOST_KNOWN {
                    known.push(Known::Output(ended.output));
                }
                fault.map(|cause| format!("--check does not accept its output: {cause}"))
            }
        })
    }
}

/// What the pattern finds in the output, or else in the errors: its first group, or all that it matches.
pub(crate) fn found(pattern: &Regex, ended: &Ended, option: &str) -> Result<String, String> {
    let in_output = |output: &Output| {
        let bytes = output.bytes().ok()?;
        let groups = pattern.captures(&bytes)?;
        let found = groups.get(1).or_else(|| groups.get(0))?;
        Some(String::from_utf8_lossy(found.as_bytes()).trim().to_owned())
    };
    in_output(&ended.output).or_else(|| in_output(&ended.errors)).ok_or_else(|| {
        let begins = ended.output.first_line().or_else(|| ended.errors.first_line());
        let begins = begins.map_or_else(
            || "it wrote nothing".to_owned(),
            |line| format!("what it wrote begins with: {line}"),
        );
        format!("{option} finds nothing in its output; {begins}")
    })
}

/// Reads a number that was found.
pub(crate) fn number(text: &str) -> Result<f64, String> {
    let number =
        text.replace(['_', ','], "").parse().ok().filter(|number: &f64| number.is_finite());
    number.ok_or_else(|| format!("'{text}' is no number"))
}

fn differs(first: &str, text: &str, tolerance: Option<f64>) -> Option<String> {
    let Some(tolerance) = tolerance else {
        return (first != text).then(|| {
            format!("its answer is {text}, and that of the first run with 1 worker was {first}")
        });
    };
    match (number(first), number(text)) {
        (Ok(one), Ok(other)) if (one - other).abs() <= tolerance * one.abs().max(other.abs()) => {
            None
        }
        (_, Err(why)) => Some(why),
        _ => Some(format!(
            "its answer is {text}, and {first} with 1 worker: more apart than --tolerance allows"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_may_differ_by_the_tolerance_and_texts_not_at_all() {
        assert_eq!(differs("1.0", "1.0", None), None);
        assert!(differs("1.0", "1.00", None).is_some());
        assert_eq!(differs("1.0", "1.00", Some(0.0)), None);
        assert_eq!(differs("3.14159", "3.14160", Some(1e-5)), None);
        assert!(differs("3.14159", "3.14170", Some(1e-5)).is_some());
        assert_eq!(differs("0", "-0", Some(0.0)), None);
        assert_eq!(differs("1", "abc", Some(0.1)).as_deref(), Some("'abc' is no number"));
        assert_eq!((number("1,234,567.5"), number("nan").is_err()), (Ok(1_234_567.5), true));
    }
}
