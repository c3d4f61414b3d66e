//! Values as text, as `print` and `str` write them.

use crate::Exception;
use crate::digits::{DIGITS, too_many};

use super::{BOOL, Payload, Value};

/// The result of `str(value)`.
pub fn text(value: &Value) -> Result<String, Box<Exception>> {
    Ok(match value.payload() {
        Payload::Str(text) => text.as_str().to_owned(),
        Payload::None => "None".to_owned(),
        Payload::Int(number) => {
            if std::ptr::eq(value.kind(), &BOOL) {
                return Ok(if *number != 0 { "True" } else { "False" }.to_owned());
            }
            number.to_string()
        }
        Payload::Big(number) => {
            // Writing it out would take quadratic time: the bits alone (3.322 a digit) refuse most.
            if number.bits() > DIGITS as u64 * 33220 / 10000 {
                return Err(Exception::value_error(too_many(None)));
            }
            let digits = number.to_string();
            if digits.trim_start_matches('-').len() > DIGITS {
                return Err(Exception::value_error(too_many(None)));
            }
            digits
        }
        Payload::Float(number) => float_text(*number),
        Payload::Range(range) => range.to_string(),
        Payload::Progress(_) => "<range_iterator object>".to_owned(),
        Payload::Function(function) => {
            format!("<function {} at {:p}>", function.code.name, std::rc::Rc::as_ptr(&value.0))
        }
        Payload::Builtin(builtin) if builtin.is_type => format!("<class '{}'>", builtin.name),
        Payload::Builtin(builtin) => format!("<built-in function {}>", builtin.name),
    })
}

/// The result of `repr(value)`: text in quotes, everything else as `str` writes it.
pub fn repr(value: &Value) -> Result<String, Box<Exception>> {
    match value.as_str() {
        Some(string) => Ok(quoted(string)),
        None => text(value),
    }
}

/// The shortest digits that read back as the same float, in CPython's form.
pub fn float_text(value: f64) -> String {
    if value.is_nan() {
        return "nan".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "inf" } else { "-inf" }.to_owned();
    }
    let scientific = format!("{value:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if value != 0.0 && !(-4..16).contains(&exponent) {
        let sign = if exponent < 0 { '-' } else { '+' };
        return format!("{digits}e{sign}{:02}", exponent.abs());
    }
    let plain = format!("{value}");
    if plain.contains('.') { plain } else { plain + ".0" }
}

/// A text as Python's `repr` writes it.
pub(super) fn quoted(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut result = String::from(quote);
    for letter in text.chars() {
        match letter {
            '\\' => result += "\\\\",
            '\n' => result += "\\n",
            '\r' => result += "\\r",
            '\t' => result += "\\t",
            _ if letter == quote => {
                result.push('\\');
                result.push(letter);
            }
            _ if letter.is_control() && u32::from(letter) < 0x100 => {
                result += &format!("\\x{:02x}", u32::from(letter));
            }
            _ => result.push(letter),
        }
    }
    result.push(quote);
    result
}
