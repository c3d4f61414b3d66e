//! Texts that other programs have written.

/// What some programs, on Windows above all, write before a text in UTF-8: it belongs to no line of it.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// The bytes of a text without the mark before them, if there is one.
///
/// # Errors
///
/// Says what they are where it is another encoding that can be told from their beginning.
pub fn without_mark(bytes: &[u8]) -> Result<&[u8], String> {
    match bytes {
        // Letters of two bytes: one of the first two is no letter's in UTF-8.
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, 1..=255, ..] | [1..=255, 0, ..] => {
            Err("its text is UTF-16, not UTF-8; save it as UTF-8".to_owned())
        }
        _ => Ok(bytes.strip_prefix(MARK).unwrap_or(bytes)),
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
        assert_eq!(text_of(b"abc\xE9"), Err("it is not text (UTF-8) from byte 3 on".to_owned()));
    }
}
