use std::ffi::CStr;

/// What can be wrong with a call; the numbers are those of `summing.h`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(i32)]
pub enum Status {
    /// A pointer is null where something is needed.
    Null = 1,
    /// An address is not a multiple of what its type needs.
    Misaligned = 2,
    /// A range ends before it begins.
    Backwards = 3,
    /// More numbers, or more text, than memory can hold.
    TooLong = 4,
    /// The sum does not fit 64 bits.
    TooLarge = 5,
    /// A text is not UTF-8.
    NotUtf8 = 6,
    /// A text is not a range.
    NoRange = 7,
    /// A mistake inside this library.
    Panic = 8,
}

impl Status {
    /// The answer of a call that was right.
    pub(crate) const RIGHT: i32 = 0;

    /// A sentence about any number that C may take for a status.
    pub fn message(number: i32) -> &'static CStr {
        match number {
            0 => c"right",
            1 => c"a pointer is NULL where something is needed",
            2 => c"an address is not a multiple of what its type needs",
            3 => c"the range ends before it begins",
            4 => c"more than memory can hold",
            5 => c"the sum does not fit 64 bits",
            6 => c"the text is not UTF-8",
            7 => c"the text is not a range such as 0..100",
            8 => c"a mistake inside the library summing; please report it",
            _ => c"no status of the library summing",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_has_the_same_numbers() {
        let header = include_str!("../summing.h");
        for status in [
            Status::Null,
            Status::Misaligned,
            Status::Backwards,
            Status::TooLong,
            Status::TooLarge,
            Status::NotUtf8,
            Status::NoRange,
            Status::Panic,
        ] {
            let mut name = String::from("SUMMING");
            for letter in format!("{status:?}").chars() {
                name.extend(letter.is_ascii_uppercase().then_some('_'));
                name.push(letter.to_ascii_uppercase());
            }
            let line = format!("    {name} = {}", status as i32);
            assert!(header.contains(&line), "{line}");
        }
        assert!(header.contains("SUMMING_RIGHT = 0"));
    }
}
