use course::Device;

use super::super::beside::beside;
use super::super::document::tests::list;
use super::*;

fn assert_narrow(text: &str) {
    for line in plain_text(text).lines() {
        assert!(line.chars().count() <= 80, "{} columns: {line}", line.chars().count());
    }
}

/// Without the styles.
fn plain_text(text: &str) -> String {
    text.replace(&BOLD.render().to_string(), "").replace(&BOLD.render_reset().to_string(), "")
}

#[test]
fn the_widest_numbers_fit() {
    let widest = "crossbeam unbounded, message";
    let mut here = list(&[(ADDITION.name, 1e-12, 0.1), (widest, 0.012_345, 0.2)]);
    here.machine.cpu = "x".repeat(200);
    assert_narrow(&text(&here, None));
    for there in [1e-12, 1e-4, 1e-3, 0.012_345, 80_000.0] {
        let there = list(&[(widest, there, 0.2)]);
        here.beside = Some(beside(&here, &there));
        assert_narrow(&text(&here, Some(&there)));
    }
}

/// A list with the price of an addition, and that of a dispatch to a device of this kind, or the reason why there is
/// none.
fn with_dispatch(kind: Option<&str>, seconds: f64) -> PriceList {
    let software = kind == Some("software");
    let name = if software { "dispatch, GPU in software" } else { "dispatch to the GPU" };
    let mut list = list(&[(ADDITION.name, 1e-10, 0.1), (name, seconds, 0.1)]);
    let price = &mut list.prices[1];
    price.group = Group::System;
    match kind {
        Some(kind) => {
            let (name, kind) = (format!("a {kind} card"), kind.to_owned());
            price.device = Some(Device { name, kind, driver: String::new() });
        }
        None => {
            let why = "not measured: a GPU with a driver is missing: nobody shows one; install its driver";
            (price.seconds, price.why_not) = (None, Some(why.to_owned()));
        }
    }
    list
}

/// The text with a list beside it, without line breaks.
fn beside_each_other(here: Option<&str>, there: Option<&str>) -> String {
    let (mut list, other) = (with_dispatch(here, 1e-5), with_dispatch(there, 9e-5));
    list.beside = Some(beside(&list, &other));
    let text = text(&list, Some(&other));
    assert_narrow(&text);
    plain_text(&text).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_dispatch_names_its_device() {
    let alone = |kind| {
        let text = text(&with_dispatch(kind, 1e-5), None);
        assert_narrow(&text);
        plain_text(&text).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let card = alone(Some("discrete"));
    assert!(card.contains("dispatch to the GPU 10.0 us 9.00 us to 11.0 us 100,000"), "{card}");
    assert!(card.contains("The dispatch is to a discrete card."), "{card}");
    let software = alone(Some("software"));
    let row = "dispatch, GPU in software 10.0 us 9.00 us to 11.0 us Medians";
    assert!(software.contains(row), "not in additions: {software}");
    assert!(software.contains("that of a software card, a program on the cores"), "{software}");
    let none = alone(None);
    assert!(none.contains("dispatch to the GPU - not measured: a GPU with a driver"), "{none}");
    assert!(!none.contains("The dispatch is"), "{none}");
}

#[test]
fn a_dispatch_is_held_against_another_of_a_device_and_no_other() {
    let cards = beside_each_other(Some("discrete"), Some("integrated"));
    assert!(
        cards.contains("dispatch to the GPU 10.0 us 90.0 us 0.11 (0.09 to 0.14) cheaper"),
        "{cards}"
    );
    assert!(cards.contains("to a discrete card here, and to a integrated card there."), "{cards}");
    assert!(cards.contains("Of 2 things with a price in both, 1 are cheaper"), "{cards}");
    for (here, there, row) in [
        (Some("software"), Some("discrete"), "dispatch, GPU in software 10.0 us Medians"),
        (Some("software"), Some("software"), "dispatch, GPU in software 10.0 us Medians"),
        (Some("software"), None, "dispatch, GPU in software 10.0 us Medians"),
        (Some("discrete"), Some("software"), "dispatch to the GPU 10.0 us Medians"),
        (Some("discrete"), None, "dispatch to the GPU 10.0 us Medians"),
        (None, Some("discrete"), "dispatch to the GPU - not measured"),
        (None, Some("software"), "dispatch to the GPU - not measured"),
        (None, None, "dispatch to the GPU - not measured"),
    ] {
        let text = beside_each_other(here, there);
        assert!(text.contains(row), "{here:?} {there:?}: {text}");
        assert!(text.contains("Of 1 thing with a price in both, 0 are cheaper"), "{text}");
    }
}

#[test]
fn what_has_no_price_has_a_reason() {
    let mut here = list(&[("x", 1.0, 0.1), ("y", 1.0, 0.1), ("z", 1.0, 0.1)]);
    let why = ["the cores never met", "less than the loop", &"a long story ".repeat(9)];
    for (price, why) in here.prices.iter_mut().zip(why) {
        (price.seconds, price.why_not) = (None, Some(why.to_owned()));
    }
    here.prices[1].below = Some(2e-10);
    let text = text(&here, None);
    assert!(text.contains(" -  the cores never met\n"), "{text}");
    assert!(text.contains(" < 0.20 ns  less than the loop\n"), "{text}");
    assert!(text.contains(" -\n      a long story"), "{text}");
    assert_narrow(&text);
}
