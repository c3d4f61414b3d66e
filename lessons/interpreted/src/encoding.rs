//! From the bytes of a file to its text, as its first two lines declare it (PEP 263).

use crate::{Span, SyntaxError};

const MARK: &[u8] = b"\xef\xbb\xbf";

/// Python's other names of UTF-8, of Latin-1 and of ASCII, with `_` for each mark.
const UTF_8: [&str; 8] =
    ["utf_8", "utf_8_sig", "u8", "utf", "utf8", "utf8_ucs2", "utf8_ucs4", "cp65001"];
const LATIN_1: [&str; 11] = [
    "latin_1",
    "latin1",
    "latin",
    "l1",
    "iso_8859_1",
    "iso8859_1",
    "iso8859",
    "8859",
    "cp819",
    "iso_8859_1_1987",
    "iso_ir_100",
];
const ASCII: [&str; 7] = ["ascii", "us_ascii", "us", "646", "cp367", "ibm367", "ansi_x3_4_1968"];

/// How the names of encodings begin in which an ASCII text is what it is in UTF-8.
const LIKE_ASCII: [&str; 24] = [
    "cp125",
    "windows_125",
    "cp437",
    "cp85",
    "cp86",
    "cp932",
    "cp949",
    "cp950",
    "iso8859_",
    "iso_8859_",
    "latin",
    "koi8",
    "mac",
    "gb",
    "big5",
    "euc",
    "shift",
    "sjis",
    "s_jis",
    "tis",
    "johab",
    "ptcp154",
    "kz1048",
    "ms",
];

/// The text of a file.
///
/// # Errors
///
/// What Python says of bytes that do not fit the encoding; and an encoding that this language does not have.
pub(crate) fn decode(bytes: &[u8], file: &str) -> Result<String, SyntaxError> {
    let (marked, bytes) = match bytes.strip_prefix(MARK) {
        Some(rest) => (true, rest),
        None => (false, bytes),
    };
    let Some((declared, line)) = cookie(bytes) else {
        return utf_8(bytes, |from| undeclared(bytes, from, file));
    };
    let name = normal(&declared);
    let span = |line| Span { line, end_line: line, ..Span::default() };
    if UTF_8.contains(&name.as_str()) {
        return utf_8(bytes, |from| undecodable(bytes, from));
    }
    let problem = |end: &str| Err(SyntaxError::new(format!("encoding problem: {end}"), span(line)));
    if marked {
        let shown = if name == "latin_1" { "iso-8859-1" } else { &declared };
        return problem(&format!("{shown} with BOM"));
    }
    if LATIN_1.contains(&name.as_str()) {
        return Ok(bytes.iter().map(|byte| char::from(*byte)).collect());
    }
    let is_ascii = ASCII.contains(&name.as_str());
    if !is_ascii && !LIKE_ASCII.iter().any(|start| name.starts_with(start)) {
        return problem(&declared);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if text.is_ascii() => Ok(text.to_owned()),
        _ if is_ascii => problem(&declared),
        _ => Err(SyntaxError::unsupported(&format!("the encoding {declared}"), span(line))),
    }
}

/// The encoding that a comment on one of the first two lines names, and that line.
fn cookie(bytes: &[u8]) -> Option<(String, u32)> {
    let mut lines = bytes.split(|byte| *byte == b'\n' || *byte == b'\r');
    let first = lines.next()?;
    let second = match bytes.get(first.len()..first.len() + 2) {
        Some(b"\r\n") => lines.nth(1),
        _ => lines.next(),
    };
    if let Some(name) = named(first) {
        return Some((name, 1));
    }
    let blank =
        first.iter().find(|byte| !b" \t\x0c".contains(byte)).is_none_or(|byte| *byte == b'#');
    if blank { named(second?).map(|name| (name, 2)) } else { None }
}

/// The name behind `coding:` or `coding=` in a line that is a comment.
fn named(line: &[u8]) -> Option<String> {
    let line = String::from_utf8_lossy(line);
    let comment = line.trim_start_matches([' ', '\t', '\u{c}']).strip_prefix('#')?;
    comment.match_indices("coding").find_map(|(at, word)| {
        let rest = comment[at + word.len()..].strip_prefix([':', '='])?;
        let letter = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
        let name: String =
            rest.trim_start_matches([' ', '\t']).chars().take_while(|l| letter(*l)).collect();
        (!name.is_empty()).then_some(name)
    })
}

/// A name as Python looks it up.
fn normal(declared: &str) -> String {
    let name = declared.to_lowercase().replace(['-', '.'], "_");
    let is = |start: &str| name == start || name.starts_with(&format!("{start}_"));
    match () {
        () if is("utf_8") => "utf_8".to_owned(),
        () if ["latin_1", "iso_8859_1", "iso_latin_1"].iter().any(|start| is(start)) => {
            "latin_1".to_owned()
        }
        () => name,
    }
}

fn utf_8(bytes: &[u8], wrong: impl FnOnce(usize) -> SyntaxError) -> Result<String, SyntaxError> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => Err(wrong(error.valid_up_to())),
    }
}

/// A file without a declaration that is not UTF-8 from a byte on.
fn undeclared(bytes: &[u8], from: usize, file: &str) -> SyntaxError {
    let span = place(bytes, from);
    let message = format!(
        "Non-UTF-8 code starting with '\\x{:02x}' in file {file} on line {}, but no encoding \
         declared; see https://peps.python.org/pep-0263/ for details",
        bytes[from], span.line
    );
    SyntaxError::new(message, span)
}

/// A file that declares UTF-8 and is something else from a byte on. Python counts from the quote.
fn undecodable(bytes: &[u8], from: usize) -> SyntaxError {
    let before = bytes[..from].iter().rev().take_while(|byte| !b"\r\n'\"".contains(byte)).count();
    let (byte, next) = (bytes[from], bytes.get(from + 1));
    let reason = match byte {
        0xc2..=0xf4 if next.is_none_or(|next| b"\r\n'\"".contains(next)) => {
            "unexpected end of data"
        }
        0xc2..=0xf4 => "invalid continuation byte",
        _ => "invalid start byte",
    };
    let message = format!(
        "(unicode error) 'utf-8' codec can't decode byte 0x{byte:02x} in position {before}: {reason}"
    );
    SyntaxError::new(message, place(bytes, from))
}

fn place(bytes: &[u8], from: usize) -> Span {
    // A line ends with `\n`, `\r\n` or `\r`.
    let before = &bytes[..from];
    let ends = |(at, byte): &(usize, &u8)| match byte {
        b'\n' => true,
        b'\r' => before.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    let lines = before.iter().enumerate().filter(ends).count();
    let line = u32::try_from(lines + 1).unwrap_or(u32::MAX);
    Span { line, end_line: line, ..Span::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> Result<String, String> {
        decode(bytes, "a.py").map_err(|error| error.message)
    }

    #[test]
    fn a_declared_encoding_is_honoured_or_named() {
        assert_eq!(text(b"# coding: latin-1\n\xe9").as_deref(), Ok("# coding: latin-1\n\u{e9}"));
        assert_eq!(
            text(b"\n# vim: fileencoding=utf8\nx").as_deref(),
            Ok("\n# vim: fileencoding=utf8\nx")
        );
        assert_eq!(text(b"# coding: cp1252\nx").as_deref(), Ok("# coding: cp1252\nx"));
        let refused = text(b"# coding: cp1252\n\xe9").expect_err("it is refused");
        assert!(refused.starts_with("the encoding cp1252 is not in the subset"), "{refused}");
        assert_eq!(text(b"# coding: foo\nx"), Err("encoding problem: foo".to_owned()));
        assert_eq!(text(b"# coding=ascii\n\xe9"), Err("encoding problem: ascii".to_owned()));
        let marked = text(b"\xef\xbb\xbf# coding: latin-1\n");
        assert_eq!(marked, Err("encoding problem: iso-8859-1 with BOM".to_owned()));
    }

    #[test]
    fn bytes_that_are_no_text_are_named_with_what_was_declared() {
        let undeclared = text(b"x = 1\n'\xe9'\n").expect_err("it is refused");
        assert!(
            undeclared.contains("'\\xe9' in file a.py on line 2, but no encoding"),
            "{undeclared}"
        );
        let declared = text(b"# coding: utf-8\nx = 'ab\xe9'\n").expect_err("it is refused");
        assert!(
            declared.ends_with("byte 0xe9 in position 2: unexpected end of data"),
            "{declared}"
        );
        for end in ["\n", "\r\n", "\r"] {
            let bytes = [b"x = 1", end.as_bytes(), b"y = 2", end.as_bytes(), b"'\xe9'"].concat();
            let third = text(&bytes).expect_err("it is refused");
            assert!(third.contains("on line 3,"), "{end:?}: {third}");
        }
        // Only the first two lines declare, and the second one only below a comment.
        assert!(text(b"x = 1\n# coding: latin-1\n\xe9").is_err());
        assert!(text(b"#\n#\n# coding: latin-1\n\xe9").is_err());
    }
}
