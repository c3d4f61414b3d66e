//! Texts that other programs have written.

/// What some programs, on Windows above all, write before a text in UTF-8: it belongs to no line of it.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// The bytes of a text without the mark before them, if there is one.
///
/// # Errors
///
/// Says what they are where it is another encoding that can be told from their beginning.
pub fn without_mark(bytes: &[u8]) -> Result<&[u8], String> {
    if is_utf16(bytes) {
        return Err("its text is UTF-16, not UTF-8; save it as UTF-8".to_owned());
    }
    Ok(bytes.strip_prefix(MARK).unwrap_or(bytes))
}

/// Whether bytes begin with the mark of UTF-16, or with two plain letters of two bytes each.
fn is_utf16(bytes: &[u8]) -> bool {
    let plain = |byte: u8| byte.is_ascii_graphic() || byte.is_ascii_whitespace();
    match *bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => true,
        [0, one, 0, two, ..] | [one, 0, two, 0, ..] => plain(one) && plain(two),
        _ => false,
    }
}

/// The text that these bytes are, without the mark before it.
///
/// # Errors
///
/// Says why they are no text in UTF-8.
pub fn text_of(bytes: &[u8]) -> Result<&str, String> {
    let text = str::from_utf8(without_mark(bytes)?);
    text.map_err(|error| format!("it is not text (UTF-8) from byte {} on", error.valid_up_to()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_belongs_to_no_text_and_other_encodings_are_named() {
        assert_eq!(text_of(b"\xEF\xBB\xBF{}"), Ok("{}"));
        assert_eq!(text_of("é".as_bytes()), Ok("é"));
        assert_eq!(text_of(b""), Ok(""));
        assert_eq!(text_of(b"\xEF\xBB\xBF"), Ok(""));
        for utf16 in [&b"\xFF\xFEa\0"[..], b"\xFE\xFF\0a", b"a\0b\0", b"\0a\0b"] {
            let why = text_of(utf16).expect_err("no UTF-8");
            assert!(why.contains("UTF-16") && why.contains("save it as UTF-8"), "{why}");
        }
        for other in [&b"\0\x01"[..], b"\0\x01\0\x02", b"a\0", b"a\0bc"] {
            assert!(text_of(other).is_ok(), "a text with zeros is no UTF-16");
        }
        assert_eq!(text_of(b"abc\xE9"), Err("it is not text (UTF-8) from byte 3 on".to_owned()));
    }
}
