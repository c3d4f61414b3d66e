//! The cold part, faster: nothing is copied, and a number is made from its digits.

use std::borrow::Cow;

use crate::Parts;
use crate::first::{first, record};
use crate::record::{BadLine, LONGEST_NAME, Parsed, Record, lines};

/// Another `parse`; the rest as in [`first`].
pub fn parse_faster() -> Parts {
    Parts { parse, ..first() }
}

/// Each line where it lies in the text. A line that is not quite plain goes the slow way, which knows
/// what is wrong with it; so does a file that is not all text.
///
/// # Errors
///
/// The first bad line, unless `lenient` leaves such lines out.
// ANCHOR: parse
#[inline(never)]
pub fn parse(bytes: &[u8], lenient: bool) -> Result<Parsed<'_>, BadLine> {
    let Ok(text) = str::from_utf8(bytes) else { return crate::first::parse(bytes, lenient) };
    let mut parsed = Parsed { records: Vec::with_capacity(text.len() / 12), ..Parsed::default() };
    let (mut rest, mut number) = (text, 0);
    while !rest.is_empty() {
        number += 1;
        if let Some((record, after)) = plain(rest) {
            parsed.records.push(record);
            rest = after;
        } else {
            let line = lines(rest.as_bytes()).next().unwrap_or_default();
            parsed.take(number, record(line), lenient)?;
            rest = rest.split_once('\n').map_or("", |(_, after)| after);
        }
    }
    Ok(parsed)
}

/// A record at the start of `text`, and what comes after its line; `None` if it is not plain.
fn plain(text: &str) -> Option<(Record<'_>, &str)> {
    let end = text.bytes().position(|byte| matches!(byte, b';' | 0..b' '))?;
    let (name, value) = (&text[..end], text[end..].strip_prefix(';')?);
    let (tenths, length) = tenths(value.as_bytes())?;
    let after = match value.as_bytes()[length..] {
        [] => "",
        [b'\n', ..] => &value[length + 1..],
        [b'\r', b'\n', ..] => &value[length + 2..],
        _ => return None,
    };
    let station = Cow::Borrowed(name);
    (1..=LONGEST_NAME).contains(&end).then_some((Record { station, tenths }, after))
}
// ANCHOR_END: parse

/// `-12.3` as -123, and how many bytes that took: five digits at most, and one behind the point.
fn tenths(text: &[u8]) -> Option<(i32, usize)> {
    let start = usize::from(text.first() == Some(&b'-'));
    let (mut value, mut place) = (0, start);
    while let Some(digit @ b'0'..=b'9') = text.get(place) {
        value = value * 10 + i32::from(digit - b'0');
        place += 1;
        if place > start + 5 {
            return None;
        }
    }
    if place == start {
        return None;
    }
    value *= 10;
    if let [b'.', digit @ b'0'..=b'9', ..] = &text[place..] {
        value += i32::from(digit - b'0');
        place += 2;
    }
    Some((if start == 1 { -value } else { value }, place))
}
