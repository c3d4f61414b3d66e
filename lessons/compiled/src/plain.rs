//! The two functions that this lesson looks at. The package `unoptimised` compiles this very file, too.

/// Two numbers make a third one.
// ANCHOR: addition
#[inline(never)]
#[expect(clippy::let_and_return, reason = "a variable of its own is what is looked at")]
pub fn addition(a: i32, b: i32) -> i32 {
    let c = a + b;
    c
}
// ANCHOR_END: addition

/// The sum of 0..n, as anybody would write it first. It must fit: n is 6,074,001,000 at most.
// ANCHOR: sum
#[inline(never)]
pub fn sum(n: u64) -> u64 {
    let mut sum = 0;
    let mut i = 0;
    while i < n {
        sum += i;
        i += 1;
    }
    sum
}
// ANCHOR_END: sum
