//! What goes wrong at a border becomes an error, and what is right stays right.

use ffi::bridge::sums;
use ffi::{by_callback, mistakes, texts};

#[test]
fn a_panic_in_a_callback_is_an_error_and_stops_c() {
    let mut calls = 0;
    let stopped = by_callback(0..1000, |i| {
        calls += 1;
        assert!(i != 3, "term {i} is bad");
        i
    });
    let error = stopped.expect_err("it panics");
    assert!(error.to_string().contains("term 3 is bad"), "{error}");
    assert_eq!((calls, error.exit_code()), (4, 70));
    assert_eq!(by_callback(0..1000, |i| i).expect("nothing is wrong"), 499_500);
    #[expect(clippy::reversed_empty_ranges, reason = "C must not loop to 2^64 either")]
    let backwards = by_callback(9..3, |_| panic!("nothing to do"));
    assert_eq!(backwards.expect("nothing is wrong"), 0);
}

/// One call inside the other: each has its own context.
#[test]
fn a_callback_may_call_c_again() {
    let sum = by_callback(0..10, |i| by_callback(0..i, |j| j).expect("nothing is wrong"))
        .expect("nothing is wrong");
    assert_eq!(sum, 120);
    // A panic inside stays inside.
    let inner = by_callback(0..10, |i| by_callback(0..i, |j| 1 / (j ^ j)).unwrap_or(1));
    assert_eq!(inner.expect("nothing is wrong"), 9);
}

#[test]
fn an_exception_is_an_error() {
    assert_eq!(sums::number_at(&[5, 6, 7], 2).expect("nothing is wrong"), 7);
    let error = sums::number_at(&[5, 6, 7], 3).expect_err("there is none");
    assert_eq!(error.what(), "place 3 of 3 numbers");
    assert_eq!(sums::number_at(&[], 0).expect_err("there is none").what(), "place 0 of 0 numbers");
    let other = sums::throw_number(7).expect_err("it throws");
    assert!(other.what().contains("no std::exception"), "{other}");
}

#[test]
fn every_mistake_of_c_has_its_answer() {
    for mistake in mistakes::all() {
        let expected = mistake.expected.map_or(0, |status| status as i32);
        assert_eq!(mistake.answer, expected, "{mistake:?}");
    }
}

#[test]
fn texts_are_whole_or_refused() {
    assert_eq!(texts::length(""), Ok(0));
    assert_eq!(texts::length("\u{e9}"), Ok(2));
    for text in ["\0", "a\0", "a\0b"] {
        assert!(texts::length(text).is_err(), "{text:?}");
    }
    assert_eq!(texts::name(10).as_deref(), Ok("kernels.c"));
    for room in 0..10 {
        assert!(texts::name(room).is_err(), "{room}");
    }
}
