use std::ptr;

use super::*;

fn place(sum: &mut u64) -> Place<u64> {
    Place(sum)
}

fn null<T>() -> Place<T> {
    Place(ptr::null_mut())
}

#[test]
fn sums_are_written_only_where_they_are_right() {
    let mut sum = 7;
    assert_eq!(summing_integers(0, 101, 0, place(&mut sum)), 0);
    assert_eq!(sum, 5050);
    for (low, high, mask, status) in [
        (5, 4, 0, Status::Backwards),
        (0, 6_074_001_001, 0, Status::TooLarge),
        (0, u64::MAX, u64::MAX, Status::TooLarge),
        (u64::MAX - 2, u64::MAX, 0, Status::TooLarge),
        (0, 2, u64::MAX, Status::TooLarge),
    ] {
        assert_eq!(summing_integers(low, high, mask, place(&mut sum)), status as i32);
    }
    assert_eq!(sum, 5050);
    for (low, high, mask, right) in [
        (0, 0, 9, 0),
        (u64::MAX, u64::MAX, 1, 0),
        (0, 3, 1, 4),
        (u64::MAX - 1, u64::MAX, 0, u64::MAX - 1),
    ] {
        assert_eq!(summing_integers(low, high, mask, place(&mut sum)), 0);
        assert_eq!(sum, right);
    }
}

#[test]
fn the_largest_sum_is_allowed() {
    assert_eq!(check_range(0, 6_074_001_000, 0), Ok(()));
    assert_eq!(check_range(0, 6_074_001_001, 0), Err(Status::TooLarge));
}

#[test]
fn pointers_are_looked_at_first() {
    let numbers = [1_u64, 2, 3];
    let first = numbers.as_ptr();
    let mut sum = 7;
    assert_eq!(summing_memory(Array(first), 3, place(&mut sum)), 0);
    assert_eq!(sum, 6);
    assert_eq!(summing_memory(Array(ptr::null()), 0, place(&mut sum)), 0);
    assert_eq!(sum, 0);
    assert_eq!(summing_memory(Array(first), 3, null()), Status::Null as i32);
    assert_eq!(summing_integers(0, 1, 0, null()), Status::Null as i32);
    let odd = Array(first.wrapping_byte_add(1));
    let misaligned = Place(ptr::from_mut(&mut sum).wrapping_byte_add(4));
    for (numbers, count, status) in [
        (Array(ptr::null()), 3, Status::Null),
        (odd, 2, Status::Misaligned),
        (Array(first), usize::MAX, Status::TooLong),
        (Array(first), 1 << 60, Status::TooLong),
    ] {
        assert_eq!(summing_memory(numbers, count, place(&mut sum)), status as i32);
    }
    assert_eq!(summing_memory(Array(first), 3, misaligned), Status::Misaligned as i32);
    assert_eq!(sum, 0);
}

#[test]
fn a_sum_that_does_not_fit_is_refused() {
    let mut sum = 7;
    let large = vec![u64::MAX / 5000; 5001];
    assert_eq!(summing_memory(Array(large.as_ptr()), 5001, place(&mut sum)), 5);
    assert_eq!(sum, 7);
    assert_eq!(summing_memory(Array(large.as_ptr()), 5000, place(&mut sum)), 0);
    assert_eq!(sum, u64::MAX / 5000 * 5000);
}

#[test]
fn texts_are_read_by_their_length() {
    let (mut low, mut high) = (1, 2);
    for (text, right) in [
        (&b"0..100"[..], Ok(0..100)),
        (b"5..5", Ok(5..5)),
        (b"0..18446744073709551615", Ok(0..u64::MAX)),
        (b"0..18446744073709551616", Err(Status::NoRange)),
        (b"", Err(Status::NoRange)),
        (b"+1..2", Err(Status::NoRange)),
        (b"..", Err(Status::NoRange)),
        (b"0..1\0", Err(Status::NoRange)),
        (b"0\x00..1", Err(Status::NoRange)),
        (b"0..\xff", Err(Status::NotUtf8)),
        (b"9..8", Err(Status::Backwards)),
    ] {
        let before = low..high;
        let answer =
            summing_range(Array(text.as_ptr()), text.len(), place(&mut low), place(&mut high));
        match right {
            Ok(right) => assert_eq!((answer, low..high), (0, right)),
            Err(status) => assert_eq!((answer, low..high), (status as i32, before), "{text:?}"),
        }
    }
    let text = b"0..100 and more that is not asked for";
    assert_eq!(summing_range(Array(text.as_ptr()), 6, place(&mut low), place(&mut high)), 0);
    assert_eq!((low, high), (0, 100));
    assert_eq!(summing_range(Array(ptr::null()), 6, place(&mut low), place(&mut high)), 1);
    assert_eq!(summing_range(Array(text.as_ptr()), 6, place(&mut low), null()), 1);
}

#[test]
fn every_number_has_a_message() {
    for status in [i32::MIN, -1, 0, 1, 8, 9, i32::MAX] {
        assert!(!summing_message(status).is_null());
        assert!(!Status::message(status).is_empty());
    }
}
