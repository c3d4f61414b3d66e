//! Tests that are models: small programs that a checker runs in every order of their steps.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::Command;

/// A test for each of these, in a process of its own: two checkers in one process wait for each other
/// whenever one of them makes a stack for a thread.
#[macro_export]
macro_rules! models {
    ($($(#[doc = $about:literal])* fn $name:ident() $models:block)+) => {
        $(
            $(#[doc = $about])*
            #[test]
            fn $name() {
                $crate::models::in_a_process_of_its_own(stringify!($name), || $models);
            }
        )+
    };
}

/// Runs this test again as a child that has nothing else to do, which then checks the models.
pub fn in_a_process_of_its_own(test: &str, models: impl FnOnce()) {
    const CHILD: &str = "THE_CHILD_CHECKS";
    if std::env::var_os(CHILD).is_some() {
        return models();
    }
    let this = std::env::current_exe().expect("it runs");
    let ended = Command::new(this).args(["--exact", test]).env(CHILD, "1").output();
    let ended = ended.expect("it can be run again");
    let text = String::from_utf8_lossy(&ended.stdout);
    assert!(ended.status.success() && text.contains("1 passed"), "{text}");
}

/// Whether the checker finds a fault in `models`, with `words` in what it says of it.
pub fn finds(words: &str, models: impl FnOnce()) -> bool {
    let Err(panic) = catch_unwind(AssertUnwindSafe(models)) else { return false };
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or(panic.downcast_ref::<&str>().copied()).unwrap_or_default();
    assert!(text.contains(words), "it found something else: {text}");
    true
}
