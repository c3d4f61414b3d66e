use std::ops::RangeInclusive;

use crate::values::{time, within};

/// One line of a description: a key and its value. What follows a `#` is for people.
#[derive(Debug, PartialEq)]
pub(super) struct Line<'a> {
    pub(super) key: &'a str,
    value: &'a str,
}

impl<'a> Line<'a> {
    /// `None` for a line without content.
    pub(super) fn parse(line: &'a str) -> Result<Option<Self>, String> {
        let content = line.split('#').next().unwrap_or_default().trim();
        if content.is_empty() {
            return Ok(None);
        }
        let shown: String = content.chars().take(40).collect();
        let (key, value) =
            content.split_once('=').ok_or_else(|| format!("`{shown}` has no `=`"))?;
        let (key, value) = (key.trim(), value.trim());
        match (key, value) {
            ("", _) => Err(format!("`{shown}` has no key")),
            (_, "") => Err(format!("`{key}` has no value")),
            _ => Ok(Some(Line { key, value })),
        }
    }

    pub(super) fn text(&self) -> Result<String, String> {
        let plain = |letter: char| !letter.is_control();
        let fits = self.value.chars().count() <= 40 && self.value.chars().all(plain);
        fits.then(|| self.value.to_owned())
            .ok_or("a name has at most 40 characters, and no control characters".to_owned())
    }

    pub(super) fn count(&self, most: usize) -> Result<usize, String> {
        within(self.value, 1..=most)
            .ok_or_else(|| self.wrong(&format!("a whole number from 1 to {most}")))
    }

    pub(super) fn number(&self, allowed: RangeInclusive<f64>) -> Result<f64, String> {
        let (low, high) = (allowed.start(), allowed.end());
        within(self.value, allowed.clone())
            .ok_or_else(|| self.wrong(&format!("a number from {low} to {high}")))
    }

    pub(super) fn time(&self) -> Result<f64, String> {
        time(self.value).map_err(|_| self.wrong("a time with its unit (ns, us, ms or s)"))
    }

    fn wrong(&self, allowed: &str) -> String {
        format!("`{}` is `{}`, and must be {allowed}", self.key, self.value)
    }
}
