//! What is said of a program that does not hold in every order.

use super::{FOR_NOTHING, YIELDED};
use crate::wire;

/// How a sentence begins that is true of one order of steps.
pub(super) const IN_SOME_ORDER: &str = "there is an order of steps in which ";

/// What is said where time ran out.
pub(super) fn too_many() -> String {
    let why = if YIELDED.get() {
        "a loop that waits without `wait` makes them too many"
    } else {
        "each lock and each atomic operation makes them more"
    };
    format!("not all orders of steps could be tried in time: {why}")
}

/// What loom panicked with, as a learner would say it, and at which step of the rules.
pub(super) fn told(panic: &str) -> String {
    let mut told = in_words(panic);
    if FOR_NOTHING.get() {
        told.push_str("; there, `wait` has come back once without a notification, as it may");
    }
    at_step(told)
}

/// The text, with the name of the step of the rules.
pub(super) fn at_step(mut text: String) -> String {
    let step = wire::last();
    if !step.is_empty() {
        text = format!("{text} (it was at: {step})");
    }
    text
}

/// What loom panicked with, as a learner would say it.
fn in_words(panic: &str) -> String {
    let has = |part: &str| panic.contains(part);
    if has("deadlock") {
        "a deadlock: there is an order of steps after which everybody waits".to_owned()
    } else if has("Causality violation") || has("Concurrent") {
        "a data race: there is an order of steps in which two threads are at the same value, and nothing that they \
         did before puts one of them first"
            .to_owned()
    } else if has("exceeded maximum number of branches") {
        let why = if YIELDED.get() {
            "what it waits for does not come, or not soon: a loop that waits is not tried to its end here, so wait at a \
             `Condvar`, if there is one"
        } else {
            "a loop that waits has to call `yield_now` of the model, and what it waits for has to come"
        };
        format!("somebody goes round in circles: {why}")
    } else if has("leaked") {
        "something is never given back: an Arc lives on after everybody has ended".to_owned()
    } else {
        format!("{IN_SOME_ORDER}{}", said(panic))
    }
}

/// A panic of the attempt, with its place. What the rules assert says it all, and their place helps nobody.
fn said(panic: &str) -> &str {
    let of_rules = panic.split_once("rules.rs:").and_then(|(_, rest)| rest.splitn(3, ':').nth(2));
    of_rules.map_or(panic, str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loop_that_lets_nobody_else_on_is_told_apart() {
        let circles = "exceeded maximum number of branches";
        YIELDED.set(false);
        assert!(in_words(circles).contains("has to call `yield_now`"));
        YIELDED.set(true);
        assert!(in_words(circles).contains("wait at a `Condvar`"));
    }

    #[test]
    fn an_assertion_of_the_rules_is_said_without_its_place() {
        assert_eq!(
            in_words("it panicked at target/rules.rs:18:9: wait() came back: too early"),
            "there is an order of steps in which wait() came back: too early"
        );
        assert_eq!(
            in_words("it panicked at target/yours.rs:7:5: it is empty"),
            "there is an order of steps in which it panicked at target/yours.rs:7:5: it is empty"
        );
    }
}
