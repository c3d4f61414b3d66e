use std::ops::Range;

use crate::Status;

/// The range that a text such as `0..100` stands for: digits, two dots, digits.
///
/// ```
/// use summing::Status;
/// assert_eq!(summing::range("0..100"), Ok(0..100));
/// assert_eq!(summing::range("100"), Err(Status::NoRange));
/// assert_eq!(summing::range("7..3"), Err(Status::Backwards));
/// ```
///
/// # Errors
///
/// Where the text is something else, or the range ends before it begins.
pub fn range(text: &str) -> Result<Range<u64>, Status> {
    let (low, high) = text.split_once("..").ok_or(Status::NoRange)?;
    let (low, high) = (number(low)?, number(high)?);
    if low > high { Err(Status::Backwards) } else { Ok(low..high) }
}

fn number(text: &str) -> Result<u64, Status> {
    // `parse` takes a plus sign, too.
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits).ok_or(Status::NoRange)
}
