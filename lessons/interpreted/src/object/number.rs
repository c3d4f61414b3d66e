//! From one kind of number to another, and from text to numbers.

use num_bigint::BigInt;
use num_traits::{FromPrimitive, ToPrimitive};

use super::display::quoted;
use super::{Heap, Payload, Value};
use crate::Exception;
use crate::digits::{DIGITS, too_many};
use crate::unicode::{digit, is_space};

/// So many characters of a text are shown where no integer can be made of it, as in CPython.
const SHOWN: usize = 200;

/// The float nearest to a number.
pub(super) fn to_float(value: &Value) -> Result<f64, Box<Exception>> {
    match value.payload() {
        Payload::Float(value) => Ok(*value),
        Payload::Int(value) => Ok(*value as f64),
        Payload::Big(big) => match big.to_f64() {
            Some(float) if float.is_finite() => Ok(float),
            _ => Err(Exception::overflow("int too large to convert to float")),
        },
        _ => Err(Exception::type_error(format!(
            "float() argument must be a string or a real number, not '{}'",
            value.kind().name
        ))),
    }
}

/// `int(3.7)`: the integer towards zero.
pub(super) fn truncated(value: f64, heap: &mut Heap) -> Result<Value, Box<Exception>> {
    if value.is_nan() {
        return Err(Exception::value_error("cannot convert float NaN to integer"));
    }
    match BigInt::from_f64(value.trunc()) {
        Some(whole) => Ok(heap.big(whole)),
        None => Err(Exception::overflow("cannot convert float infinity to integer")),
    }
}

/// `int("12", base)`.
pub(super) fn int_from_text(
    text: &str,
    base: u32,
    heap: &mut Heap,
) -> Result<Value, Box<Exception>> {
    let wrong = || {
        let quoted: String = quoted(text).chars().take(SHOWN).collect();
        Exception::value_error(format!("invalid literal for int() with base {base}: {quoted}"))
    };
    let ascii = ascii(text);
    let trimmed = trimmed(&ascii);
    let (negative, mut digits) = match trimmed.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, trimmed.strip_prefix('+').unwrap_or(trimmed)),
    };
    let mut radix = base;
    for (prefix, of) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        let has = digits.get(..2).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
        if has && (base == of || base == 0) {
            radix = of;
            digits = &digits[2..];
            digits = digits.strip_prefix('_').unwrap_or(digits);
            break;
        }
    }
    if radix == 0 {
        radix = 10;
        if digits.starts_with('0') && digits.bytes().any(|digit| digit != b'0' && digit != b'_') {
            return Err(wrong());
        }
    }
    let plain = without_underscores(digits, |digit| digit.is_digit(radix)).ok_or_else(wrong)?;
    if !radix.is_power_of_two() && plain.len() > DIGITS {
        return Err(Exception::value_error(too_many(Some(plain.len()))));
    }
    let value = BigInt::parse_bytes(plain.as_bytes(), radix).ok_or_else(wrong)?;
    Ok(heap.big(if negative { -value } else { value }))
}

/// `float("1.5")`.
pub(super) fn float_from_text(text: &str) -> Result<f64, Box<Exception>> {
    let wrong =
        || Exception::value_error(format!("could not convert string to float: {}", quoted(text)));
    let ascii = ascii(text);
    let trimmed = trimmed(&ascii);
    let unsigned = trimmed.strip_prefix(['+', '-']).unwrap_or(trimmed);
    let named = ["inf", "infinity", "nan"].iter().any(|name| unsigned.eq_ignore_ascii_case(name));
    let first = unsigned.starts_with(|letter: char| letter.is_ascii_digit() || letter == '.');
    if !named && !first {
        return Err(wrong());
    }
    let mut plain = String::with_capacity(trimmed.len());
    let letters: Vec<char> = trimmed.chars().collect();
    for (index, letter) in letters.iter().enumerate() {
        let digit =
            |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(char::is_ascii_digit);
        if *letter == '_' {
            if !digit(index.checked_sub(1)) || !digit(Some(index + 1)) {
                return Err(wrong());
            }
        } else {
            plain.push(*letter);
        }
    }
    plain.parse().map_err(|_| wrong())
}

/// Digits without the single underscores between them; `None` where they are no digits.
fn without_underscores(text: &str, digit: impl Fn(char) -> bool) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut before = '_';
    for letter in text.chars() {
        match letter {
            '_' if before == '_' => return None,
            '_' => {}
            _ if digit(letter) => plain.push(letter),
            _ => return None,
        }
        before = letter;
    }
    (before != '_').then_some(plain)
}

/// The digits and spaces of all scripts as those of ASCII; what is neither fits no number.
fn ascii(text: &str) -> String {
    let one = |letter: char| match letter {
        _ if letter.is_ascii() => letter,
        _ if is_space(letter) => ' ',
        _ => digit(letter).and_then(|value| char::from_digit(value, 10)).unwrap_or('?'),
    };
    text.chars().map(one).collect()
}

/// A text without the spaces of C around it, which are fewer than Python's.
fn trimmed(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\n', '\u{b}', '\u{c}', '\r'])
}
