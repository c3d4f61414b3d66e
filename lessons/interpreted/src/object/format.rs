//! `text % value`: a text with the value in the place of its `%d`, `%s`, `%.2f` and so on.

use num_bigint::{BigInt, Sign};

use super::display::{repr, text};
use super::number::{to_float, truncated};
use super::text::room;
use super::{Heap, Payload, Value};
use crate::digits::{DIGITS, too_many};
use crate::{Exception, ExceptionKind, Span, SyntaxError};

/// What stands between `%` and the letter.
#[derive(Debug, Default)]
struct Spec {
    left: bool,
    plus: bool,
    blank: bool,
    alternate: bool,
    zeros: bool,
    width: usize,
    precision: Option<usize>,
}

/// A value as text: what stands before the zeros that fill it, and what behind them.
struct Filled {
    before: String,
    behind: String,
    is_number: bool,
}

/// The text that `format % value` gives.
pub(super) fn format(
    format: &str,
    value: &Value,
    heap: &mut Heap,
) -> Result<String, Box<Exception>> {
    let letters: Vec<char> = format.chars().collect();
    let (mut result, mut at, mut used) = (String::new(), 0, false);
    while let Some(letter) = letters.get(at) {
        at += 1;
        if *letter != '%' {
            result.push(*letter);
            continue;
        }
        if letters.get(at) == Some(&'%') {
            result.push('%');
            at += 1;
            continue;
        }
        let spec = spec(&letters, &mut at, used)?;
        let incomplete = || Exception::value_error("incomplete format");
        let letter = *letters.get(at).ok_or_else(incomplete)?;
        at += 1;
        if used {
            return Err(Exception::type_error("not enough arguments for format string"));
        }
        used = true;
        let filled = filled(letter, at - 1, &spec, value, heap)?;
        room(spec.width.checked_add(result.len()))?;
        spec.fill(&filled, &mut result);
    }
    if !used && !matches!(value.payload(), Payload::Range(_)) {
        let message = "not all arguments converted during string formatting";
        return Err(Exception::type_error(message));
    }
    Ok(result)
}

/// Reads flags, width and precision.
fn spec(letters: &[char], at: &mut usize, used: bool) -> Result<Spec, Box<Exception>> {
    let mut spec = Spec::default();
    if letters.get(*at) == Some(&'(') {
        return Err(Exception::type_error("format requires a mapping"));
    }
    while let Some(letter) = letters.get(*at) {
        match letter {
            '-' => spec.left = true,
            '+' => spec.plus = true,
            ' ' => spec.blank = true,
            '#' => spec.alternate = true,
            '0' => spec.zeros = true,
            _ => break,
        }
        *at += 1;
    }
    spec.width = count(letters, at, used, "width too big")?.unwrap_or(0);
    if letters.get(*at) == Some(&'.') {
        *at += 1;
        spec.precision = Some(count(letters, at, used, "precision too big")?.unwrap_or(0));
    }
    if matches!(letters.get(*at), Some('h' | 'l' | 'L')) {
        *at += 1;
    }
    Ok(spec)
}

/// Reads a number. A star would take it from a tuple, which this language does not have.
fn count(
    letters: &[char],
    at: &mut usize,
    used: bool,
    too_big: &str,
) -> Result<Option<usize>, Box<Exception>> {
    if letters.get(*at) == Some(&'*') {
        return Err(match used {
            true => Exception::type_error("not enough arguments for format string"),
            false => unsupported("a width or precision of * in a format"),
        });
    }
    let digits: String = letters[*at..].iter().take_while(|digit| digit.is_ascii_digit()).collect();
    *at += digits.len();
    if digits.is_empty() {
        return Ok(None);
    }
    let number = digits.parse::<i32>().ok().and_then(|number| usize::try_from(number).ok());
    let number = number.ok_or_else(|| Exception::value_error(too_big))?;
    Ok(Some(room(Some(number))?))
}

fn unsupported(what: &str) -> Box<Exception> {
    Exception::type_error(SyntaxError::unsupported(what, Span::default()).message)
}

/// The value as the letter asks for it.
fn filled(
    letter: char,
    index: usize,
    spec: &Spec,
    value: &Value,
    heap: &mut Heap,
) -> Result<Filled, Box<Exception>> {
    let plain = match letter {
        's' => text(value)?,
        'r' => repr(value)?,
        'a' => ascii(&repr(value)?),
        'c' => {
            return Ok(Filled {
                before: String::new(),
                behind: character(value)?,
                is_number: false,
            });
        }
        'd' | 'i' | 'u' | 'o' | 'x' | 'X' => return whole(letter, spec, value, heap),
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' => return float(letter, spec, value),
        _ => {
            let code = u32::from(letter);
            let shown = if (31..128).contains(&code) { letter } else { '?' };
            return Err(Exception::value_error(format!(
                "unsupported format character '{shown}' (0x{code:x}) at index {index}"
            )));
        }
    };
    let shown = spec.precision.unwrap_or(usize::MAX);
    let behind = plain.chars().take(shown).collect();
    Ok(Filled { before: String::new(), behind, is_number: false })
}

fn whole(
    letter: char,
    spec: &Spec,
    value: &Value,
    heap: &mut Heap,
) -> Result<Filled, Box<Exception>> {
    let decimal = matches!(letter, 'd' | 'i' | 'u');
    let number = match value.payload() {
        Payload::Float(number) if decimal => truncated(*number, heap)?.as_big(),
        _ => value.as_big(),
    };
    let Some(number) = number else {
        let wanted = if decimal { "a real number" } else { "an integer" };
        let kind = value.kind().name;
        return Err(Exception::type_error(format!(
            "%{letter} format: {wanted} is required, not {kind}"
        )));
    };
    let (radix, prefix) = match letter {
        'o' => (8, "0o"),
        'x' | 'X' => (16, "0x"),
        _ => (10, ""),
    };
    let digits = match radix {
        10 => text(&Value::big(BigInt::from(number.magnitude().clone())))?,
        _ => number.magnitude().to_str_radix(radix),
    };
    if radix == 10 && digits.len() > DIGITS {
        return Err(Exception::value_error(too_many(None)));
    }
    let width = spec.precision.unwrap_or(0);
    let behind = format!("{digits:0>width$}");
    let before = spec.sign(number.sign() == Sign::Minus) + if spec.alternate { prefix } else { "" };
    let filled = Filled { before, behind, is_number: true };
    Ok(if letter == 'X' { filled.upper() } else { filled })
}

fn float(letter: char, spec: &Spec, value: &Value) -> Result<Filled, Box<Exception>> {
    if value.as_f64().is_none() && value.as_big().is_none() {
        let kind = value.kind().name;
        return Err(Exception::type_error(format!("must be real number, not {kind}")));
    }
    let number = to_float(value)?;
    let precision = spec.precision.unwrap_or(6);
    let magnitude = number.abs();
    let behind = match letter.to_ascii_lowercase() {
        _ if number.is_nan() => "nan".to_owned(),
        _ if number.is_infinite() => "inf".to_owned(),
        'e' => exponential(magnitude, precision, spec.alternate),
        'f' => pointed(format!("{magnitude:.precision$}"), spec.alternate),
        _ => general(magnitude, precision.max(1), spec.alternate),
    };
    let negative = number.is_sign_negative() && !number.is_nan();
    let filled = Filled { before: spec.sign(negative), behind, is_number: true };
    Ok(if letter.is_ascii_uppercase() { filled.upper() } else { filled })
}

/// `1.5e+00`
fn exponential(number: f64, precision: usize, alternate: bool) -> String {
    let text = format!("{number:.precision$e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let sign = if exponent.starts_with('-') { '-' } else { '+' };
    let exponent = exponent.trim_start_matches('-');
    format!("{}e{sign}{exponent:0>2}", pointed(digits.to_owned(), alternate))
}

/// Of both forms the shorter one, with as many digits as asked for; zeros at the end go.
fn general(number: f64, digits: usize, alternate: bool) -> String {
    let text = format!("{number:.*e}", digits - 1);
    let exponent: i64 =
        text.split_once('e').and_then(|(_, exponent)| exponent.parse().ok()).unwrap_or(0);
    let short = |text: &str| match alternate || !text.contains('.') {
        true => text.to_owned(),
        false => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
    };
    let after = i64::try_from(digits).unwrap_or(i64::MAX) - 1 - exponent;
    match usize::try_from(after) {
        Ok(after) if exponent >= -4 => short(&pointed(format!("{number:.after$}"), alternate)),
        _ => {
            let text = exponential(number, digits - 1, alternate);
            let (digits, exponent) = text.split_once('e').unwrap_or((&text, "+00"));
            format!("{}e{exponent}", short(digits))
        }
    }
}

/// With a point at the end where the alternate form has one.
fn pointed(text: String, alternate: bool) -> String {
    if alternate && !text.contains('.') { text + "." } else { text }
}

fn character(value: &Value) -> Result<String, Box<Exception>> {
    if let Some(text) = value.as_str()
        && text.chars().count() == 1
    {
        return Ok(text.to_string());
    }
    let Some(number) = value.as_big() else {
        return Err(Exception::type_error("%c requires int or char"));
    };
    match u32::try_from(&number) {
        Ok(code @ 0xd800..=0xdfff) => {
            Err(unsupported(&format!("half of a surrogate pair ({code:#x})")))
        }
        Ok(code @ ..0x11_0000) => Ok(char::from_u32(code).into_iter().collect()),
        _ => Err(Exception::new(ExceptionKind::OverflowError, "%c arg not in range(0x110000)")),
    }
}

/// A quoted text in which every letter that is not ASCII is escaped.
fn ascii(text: &str) -> String {
    let one = |letter: char| match u32::from(letter) {
        ..0x80 => letter.to_string(),
        code @ ..0x100 => format!("\\x{code:02x}"),
        code @ ..0x1_0000 => format!("\\u{code:04x}"),
        code => format!("\\U{code:08x}"),
    };
    text.chars().map(one).collect()
}

impl Spec {
    fn sign(&self, negative: bool) -> String {
        match () {
            () if negative => "-",
            () if self.plus => "+",
            () if self.blank => " ",
            () => "",
        }
        .to_owned()
    }

    /// Writes a value, filled up to the width.
    fn fill(&self, filled: &Filled, result: &mut String) {
        let Filled { before, behind, is_number } = filled;
        let missing = self.width.saturating_sub(before.len() + behind.chars().count());
        let zeros = self.zeros && *is_number && !self.left;
        if !self.left && !zeros {
            result.extend(std::iter::repeat_n(' ', missing));
        }
        *result += before;
        if zeros {
            result.extend(std::iter::repeat_n('0', missing));
        }
        *result += behind;
        if self.left {
            result.extend(std::iter::repeat_n(' ', missing));
        }
    }
}

impl Filled {
    fn upper(self) -> Self {
        let (before, behind) = (self.before.to_uppercase(), self.behind.to_uppercase());
        Filled { before, behind, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled_in(text: &str, value: Value) -> Result<String, String> {
        format(text, &value, &mut Heap::default()).map_err(|exception| exception.message)
    }

    #[test]
    fn values_are_filled_in_as_python_does() {
        for (text, value, expected) in [
            ("%d%%", Value::float(3.7), "3%"),
            ("[%+06d]", Value::int(-42), "[-00042]"),
            ("[%-5s]", Value::str("é"), "[é    ]"),
            ("[%#8x]", Value::int(255), "[    0xff]"),
            ("%.2f", Value::float(2.675), "2.67"),
            ("%e", Value::float(12345.678), "1.234568e+04"),
            ("%g", Value::float(1e-5), "1e-05"),
            ("%g", Value::float(100000.0), "100000"),
            ("%05.1f", Value::float(-1.25), "-01.2"),
            ("%r", Value::str("a\n"), "'a\\n'"),
            ("%.2s", Value::str("abc"), "ab"),
            ("%c", Value::int(233), "é"),
        ] {
            assert_eq!(filled_in(text, value).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_does_not_fit_is_refused_in_pythons_words() {
        for (text, expected) in [
            ("a", "not all arguments converted during string formatting"),
            ("%d %d", "not enough arguments for format string"),
            ("%", "incomplete format"),
            ("%q", "unsupported format character 'q' (0x71) at index 1"),
            ("%x", "%x format: an integer is required, not float"),
            ("%(a)s", "format requires a mapping"),
        ] {
            assert_eq!(filled_in(text, Value::float(1.5)), Err(expected.to_owned()), "{text}");
        }
    }
}
