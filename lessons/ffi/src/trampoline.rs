//! C calls Rust for each term, through a function that C can call.
#![expect(unsafe_code, reason = "what C passes on is an address without a type")]

use std::any::Any;
use std::ffi::c_void;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use measure::{Error, panics};

// SAFETY: this is the declaration of c/kernels.h: the types are the same, and a reference is the address of
// something that is there.
unsafe extern "C" {
    fn c_callback(
        low: u64,
        high: u64,
        term: extern "C" fn(*mut c_void, u64, &mut u64) -> i32,
        context: *mut c_void,
        sum: &mut u64,
    ) -> i32;
}

/// What tells C to go on, and what tells it to stop.
const GO_ON: i32 = 0;
const STOP: i32 = 1;

/// What C keeps for us, without looking into it.
struct Context<F> {
    term: F,
    panic: Option<Box<dyn Any + Send>>,
}

/// Adds what `term` says for each of `terms`: the loop is in C, the term in Rust.
///
/// ```
/// let doubled = ffi::by_callback(0..5, |i| 2 * i)?;
/// assert_eq!(doubled, 20);
/// # Ok::<(), measure::Error>(())
/// ```
///
/// # Errors
///
/// Where `term` panics. The panic ends in Rust, C is told to stop, and the error is given once C is done.
pub fn by_callback<F: FnMut(u64) -> u64>(terms: Range<u64>, term: F) -> Result<u64, Error> {
    let mut context = Context { term, panic: None };
    let (address, mut sum) = ((&raw mut context).cast(), 0);
    // SAFETY: C gives the address to nobody but `answer::<F>`, and calls it in this thread and in this call only.
    let answer = unsafe { c_callback(terms.start, terms.end, answer::<F>, address, &mut sum) };
    match context.panic {
        None if answer == GO_ON => Ok(sum),
        None => Err(failed(format!("C answered {answer}"))),
        Some(panic) => Err(failed(panics::text(&*panic))),
    }
}

// ANCHOR: answer
/// What C calls. There is one of it for each closure, and the closure itself is in the context.
extern "C" fn answer<F: FnMut(u64) -> u64>(context: *mut c_void, i: u64, term: &mut u64) -> i32 {
    // SAFETY: this is the address that `by_callback` gave to C for this `F`. The context is still there, and
    // nobody else uses it while C runs.
    let context = unsafe { &mut *context.cast::<Context<F>>() };
    match catch_unwind(AssertUnwindSafe(|| (context.term)(i))) {
        Ok(value) => {
            *term = value;
            GO_ON
        }
        Err(panic) => {
            context.panic = Some(panic);
            STOP
        }
    }
}
// ANCHOR_END: answer

fn failed(cause: String) -> Error {
    let worker = "a function that C called".to_owned();
    Error::Worker { worker, cause, remedy: "this is a mistake in the function" }
}
