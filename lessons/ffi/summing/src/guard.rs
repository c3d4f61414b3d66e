use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::Status;

/// Runs `body`, and turns what it answers, a panic included, into a number for C.
///
/// A panic unwinds: it leaves one function after another. C has no notion of that, so it must end here.
/// (If it did not, Rust would abort the program at the border; that is better than going on, and worse than
/// an error.)
pub(crate) fn guarded(body: impl FnOnce() -> Result<(), Status>) -> i32 {
    // Nothing is left half done behind the border: a call writes its result last.
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(())) => Status::RIGHT,
        Ok(Err(status)) => status as i32,
        Err(panic) => {
            // What was thrown may panic in its own `drop`: it is left alone.
            mem::forget(panic);
            Status::Panic as i32
        }
    }
}

/// A function for C: its name is not changed by the compiler, and its body is [`guarded`].
macro_rules! for_c {
    ($(#[$doc:meta])* fn $name:ident($($argument:ident: $type:ty),*) $body:block) => {
        $(#[$doc])*
        // SAFETY: the name begins with that of the library, and no other function anywhere has it.
        #[unsafe(no_mangle)]
        pub(crate) extern "C" fn $name($($argument: $type),*) -> i32 {
            $crate::guard::guarded(move || $body)
        }
    };
}
pub(crate) use for_c;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_status() {
        assert_eq!(guarded(|| panic!("on purpose")), Status::Panic as i32);
        assert_eq!(guarded(|| Err(Status::Null)), 1);
        assert_eq!(guarded(|| Ok(())), 0);
    }
}
