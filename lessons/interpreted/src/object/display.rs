//! Values as text, as `print` and `str` write them.

use crate::Exception;
use crate::digits::{DIGITS, too_many};

use super::{BOOL, Payload, Value};
use crate::unicode::is_printable;

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
            if number.bits() > DIGITS as u64 * 33220 / 10000 + 1 {
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
        Payload::Letters(_) => "<str_iterator object>".to_owned(),
        Payload::Progress(_) | Payload::Steps(_) => "<range_iterator object>".to_owned(),
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
        Some(string) => Ok(quoted(&string)),
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
    let scientific = shortest(value);
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if value != 0.0 && !(-4..16).contains(&exponent) {
        let sign = if exponent < 0 { '-' } else { '+' };
        return format!("{mantissa}e{sign}{:02}", exponent.abs());
    }
    let sign = if mantissa.starts_with('-') { "-" } else { "" };
    let digits = mantissa.replace(['-', '.'], "");
    match usize::try_from(exponent) {
        Ok(exponent) => {
            let digits = format!("{digits:0<width$}", width = exponent + 2);
            let (whole, decimals) = digits.split_at(exponent + 1);
            format!("{sign}{whole}.{decimals}")
        }
        Err(_) => format!("{sign}0.{}{digits}", "0".repeat(exponent.unsigned_abs() as usize - 1)),
    }
}

/// The shortest digits that read back as the same float, with an exponent. Where several are as short, the
/// nearest of them; where two are as near, the even one. Rust's own `{:e}` takes the larger one then.
fn shortest(value: f64) -> String {
    let short = format!("{value:e}");
    let decimals = short.split_once('.').map_or(0, |(_, rest)| rest.find('e').unwrap_or(0));
    let nearest = format!("{value:.decimals$e}");
    if nearest.parse() == Ok(value) { nearest } else { short }
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
            _ if is_printable(letter) => result.push(letter),
            _ => {
                result += &match u32::from(letter) {
                    code @ ..0x100 => format!("\\x{code:02x}"),
                    code @ 0x100..0x1_0000 => format!("\\u{code:04x}"),
                    code => format!("\\U{code:08x}"),
                }
            }
        }
    }
    result.push(quote);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_float_has_the_nearest_of_its_shortest_texts_and_of_two_the_even_one() {
        for (value, text) in [
            (2f64.powi(-25), "2.9802322387695312e-08"),
            (-(2f64.powi(-25)), "-2.9802322387695312e-08"),
            (2f64.powi(-1074), "5e-324"),
            (2f64.powi(-44), "5.684341886080802e-14"),
            (9007199254740993.0, "9007199254740992.0"),
            (1e16, "1e+16"),
            (123456789012345.67, "123456789012345.67"),
            (0.0001, "0.0001"),
            (-0.00012, "-0.00012"),
            (100.0, "100.0"),
            (-0.0, "-0.0"),
        ] {
            assert_eq!(float_text(value), text);
        }
    }

    #[test]
    fn an_integer_of_4300_digits_is_written_and_a_longer_one_refused() {
        let limit = num_bigint::BigInt::from(10).pow(4300);
        let written = text(&Value::big(&limit - 1)).expect("it is short enough");
        assert_eq!((written.len(), written.trim_matches('9')), (4300, ""));
        assert!(text(&Value::big(limit)).is_err());
    }

    #[test]
    fn what_cannot_be_seen_is_escaped_in_quotes() {
        assert_eq!(
            quoted("5\u{200b}\u{a0}é\u{7}\u{1f600}\u{e0001}"),
            "'5\\u200b\\xa0é\\x07😀\\U000e0001'"
        );
    }
}
