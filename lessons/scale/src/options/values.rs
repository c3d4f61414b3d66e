//! The values of options, as people write them.

use regex::bytes::{Regex, RegexBuilder};

use crate::template::Template;

/// The words of a command.
#[derive(Debug, Clone)]
pub(crate) struct Words(pub(crate) Vec<Template>);

pub(super) fn words(text: &str) -> Result<Words, String> {
    let words = shell_words::split(text).map_err(|cause| format!("{cause}: close the quotes"))?;
    if words.is_empty() {
        return Err("a command has a program; for example: --alone \"gzip -c FILE\"".to_owned());
    }
    Ok(Words(words.iter().map(|word| Template::from(word.as_str())).collect()))
}

/// Two commits, as git names them.
#[derive(Debug, Clone)]
pub(crate) struct Commits(pub(crate) [String; 2]);

pub(super) fn commits(text: &str) -> Result<Commits, String> {
    match text.split_once(',') {
        Some((old, new)) if !old.is_empty() && !new.is_empty() => {
            Ok(Commits([old.to_owned(), new.to_owned()]))
        }
        _ => {
            Err("two commits have a comma between them; for example: --commits main,HEAD"
                .to_owned())
        }
    }
}

pub(super) fn pattern(text: &str) -> Result<Regex, String> {
    let wrong = |cause: regex::Error| {
        let cause = cause.to_string();
        let why = cause.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
        format!("{why}; for example: 'sum = ([0-9.]+)'")
    };
    // `$` is the end of any line, as people expect who know grep.
    RegexBuilder::new(text).multi_line(true).crlf(true).build().map_err(wrong)
}

pub(super) fn variable(text: &str) -> Result<(String, Template), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.into())),
        _ => Err("a variable has a name and a value; for example: --env \
                  OMP_NUM_THREADS={workers}"
            .to_owned()),
    }
}

pub(super) fn share(text: &str) -> Result<f64, String> {
    let share: Option<f64> = text.parse().ok().filter(|share| (0.0..1.0).contains(share));
    share.ok_or_else(|| "a tolerance is a number from 0 to 1; for example: 1e-9".to_owned())
}
