//! What Python asks about letters of all scripts: names, digits, spaces, and what can be seen.

use unicode_ident::{is_xid_continue, is_xid_start};
use unicode_normalization::{UnicodeNormalization, is_nfkc};
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// Where the letters stop to be a name (UAX 31); `None` where all of them are one.
pub(crate) fn no_name(letters: &[char]) -> Option<usize> {
    let fits = |(index, letter): (usize, &char)| match index {
        0 => *letter == '_' || is_xid_start(*letter),
        _ => is_xid_continue(*letter),
    };
    letters.iter().enumerate().position(|indexed| !fits(indexed))
}

/// The name that Python knows these letters by (NFKC): `ﬁ` is `fi`.
pub(crate) fn normalised(name: &str) -> String {
    if is_nfkc(name) { name.to_owned() } else { name.nfkc().collect() }
}

/// The value of a decimal digit of any script.
pub(crate) fn digit(letter: char) -> Option<u32> {
    let is_digit = |letter: char| letter.general_category() == GeneralCategory::DecimalNumber;
    if letter.is_ascii() || !is_digit(letter) {
        return letter.to_digit(10);
    }
    // The ten digits of a script stand side by side, from its zero on.
    let before = (0..u32::from(letter)).rev().map_while(char::from_u32);
    let before = before.take_while(|other| is_digit(*other)).count();
    u32::try_from(before % 10).ok()
}

/// Whether it is one of Python's spaces.
pub(crate) fn is_space(letter: char) -> bool {
    letter.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&letter)
}

/// Whether Python's `repr` shows it as it is.
pub(crate) fn is_printable(letter: char) -> bool {
    let group = letter.general_category_group();
    letter == ' ' || !matches!(group, GeneralCategoryGroup::Other | GeneralCategoryGroup::Separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_all_scripts_have_their_values() {
        for (letter, value) in [('7', 7), ('٣', 3), ('९', 9), ('\u{1d7d8}', 0), ('\u{1d7ff}', 9)]
        {
            assert_eq!(digit(letter), Some(value), "{letter}");
        }
        assert_eq!(['²', '½', 'a', 'Ⅷ'].map(digit), [None; 4]);
    }

    #[test]
    fn names_are_those_of_uax_31() {
        let first_wrong = |text: &str| no_name(&text.chars().collect::<Vec<_>>());
        assert_eq!(["संख्या", "e\u{301}", "_9", "℘", "a·b"].map(first_wrong), [None; 5]);
        assert_eq!(["x²", "9a", "a\u{200b}"].map(first_wrong), [Some(1), Some(0), Some(1)]);
        assert_eq!(normalised("ﬁe\u{301}ｘ"), "fi\u{e9}x");
    }

    #[test]
    fn what_cannot_be_seen_is_not_printable() {
        assert!(['a', ' ', 'é', '字', '\u{301}'].into_iter().all(is_printable));
        assert!(
            !['\u{200b}', '\u{a0}', '\n', '\u{e000}', '\u{2028}'].into_iter().any(is_printable)
        );
    }
}
