//! Mistakes that C makes with the library `summing`, and what it is answered.
#![expect(unsafe_code, reason = "calls functions of another language")]

use summing::Status;

mod declared {
    // SAFETY: these are the declarations of c/mistakes.h. They touch nothing of ours, and what they do wrong
    // is what `summing` checks.
    unsafe extern "C" {
        pub(super) safe fn mistake_null() -> i32;
        pub(super) safe fn mistake_misaligned() -> i32;
        pub(super) safe fn mistake_length() -> i32;
        pub(super) safe fn mistake_backwards() -> i32;
        pub(super) safe fn mistake_sum() -> i32;
        pub(super) safe fn mistake_not_utf8() -> i32;
        pub(super) safe fn mistake_nul_inside() -> i32;
        pub(super) safe fn mistake_used_after_free() -> i32;
        pub(super) safe fn mistake_freed_twice() -> i32;
        pub(super) safe fn totals_made_and_freed(times: u64) -> u64;
    }
}

/// One mistake.
#[derive(Debug)]
pub struct Mistake {
    /// What C does.
    pub done: &'static str,
    /// What would come of it if nobody looked.
    pub unchecked: &'static str,
    /// What the library should answer.
    pub expected: Option<Status>,
    /// What it answered.
    pub answer: i32,
}

/// Makes all of them.
pub fn all() -> Vec<Mistake> {
    let mistake = |done, unchecked, expected, answer| Mistake { done, unchecked, expected, answer };
    vec![
        mistake(
            "C passes NULL for three numbers",
            "a read at address 0: the program is killed",
            Some(Status::Null),
            declared::mistake_null(),
        ),
        mistake(
            "C passes an address that 8 does not divide",
            "undefined: works here, is killed there, sums nonsense elsewhere",
            Some(Status::Misaligned),
            declared::mistake_misaligned(),
        ),
        mistake(
            "C passes a length below zero",
            "a read past the end, until the program is killed",
            Some(Status::TooLong),
            declared::mistake_length(),
        ),
        mistake(
            "C asks for the range 100..0",
            "the sum of nothing, as if that had been asked for",
            Some(Status::Backwards),
            declared::mistake_backwards(),
        ),
        mistake(
            "C asks for one term more than a sum can hold",
            "a wrong sum that looks right",
            Some(Status::TooLarge),
            declared::mistake_sum(),
        ),
        mistake(
            "C passes a text that is not UTF-8",
            "undefined: all of Rust relies on its texts being UTF-8",
            Some(Status::NotUtf8),
            declared::mistake_not_utf8(),
        ),
        mistake(
            "C passes a text with a NUL inside",
            "the range 0..1 in the place of 0..100",
            Some(Status::NoRange),
            declared::mistake_nul_inside(),
        ),
        mistake(
            "C reads a sum after it was freed",
            "a read of memory that is somebody else's by now",
            Some(Status::Null),
            declared::mistake_used_after_free(),
        ),
        mistake(
            "C frees a sum twice",
            "the allocator is damaged; a crash, much later",
            None,
            declared::mistake_freed_twice(),
        ),
    ]
}

/// Has C make, fill, read and free so many sums of the library; how many of them were right.
pub fn totals_made_and_freed(times: u64) -> u64 {
    declared::totals_made_and_freed(times)
}
