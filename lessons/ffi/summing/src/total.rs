//! A sum that grows, and that C owns.
#![expect(unsafe_code, reason = "functions for C have names that the compiler does not change")]

use crate::guard::for_c;
use crate::pointers::{Array, Place};
use crate::{Status, memory_checked};

/// What `summing_total` is in Rust. C knows only its address.
#[derive(Debug, Default)]
pub(crate) struct Total {
    sum: u64,
}

/// What C has in a variable of its type `summing_total *`. Rust promises that this is a plain pointer: null
/// is `None`, and any other is that of a box.
type Owned = Option<Box<Total>>;

for_c! {
    fn summing_total_new(total: Place<Owned>) {
        total.write(Some(Box::default()))
    }
}

for_c! {
    fn summing_total_add(total: Place<Total>, numbers: Array<u64>, count: usize) {
        let mut total = total;
        let total = total.get()?;
        let more = memory_checked(numbers.slice(count)?);
        let sum = more.and_then(|more| total.sum.checked_add(more));
        total.sum = sum.ok_or(Status::TooLarge)?;
        Ok(())
    }
}

for_c! {
    fn summing_total_read(total: Place<Total>, sum: Place<u64>) {
        let mut total = total;
        let found = total.get()?.sum;
        sum.write(found)
    }
}

for_c! {
    fn summing_total_free(total: Place<Owned>) {
        let mut total = total;
        // Takes the box out, leaves null, and drops it.
        drop(total.get()?.take());
        Ok(())
    }
}

#[cfg(test)]
mod tests;
