//! `--counters`: what the processors count, where somebody lends their counters.

use serde_json::Value;

use crate::Program;

const EVENTS: [&str; 5] =
    ["cycles", "instructions", "first_level_misses", "cache_misses", "branch_misses"];

/// Each is a count or null; if any is null, the document says why. The same sums and verdicts come out.
pub fn what_is_not_counted_is_null_with_a_reason_and_changes_nothing_else(program: &Program) {
    let with = program.json(program.short, &["--counters"]);
    let without = program.json(program.short, &[]);
    without.assert_good();
    with.assert_good();
    let document = with.document();
    let mut any_is_missing = false;
    assert_eq!(without.runs().len(), with.runs().len());
    for (without, with) in without.runs().iter().zip(with.runs()) {
        for field in ["strategy", "workers", "terms", "sum", "verdict", "same_bits"] {
            assert_eq!(without[field], with[field], "{with}");
        }
        assert!(without["counters"].is_null(), "{without}");
        for event in EVENTS {
            let count = with["counters"].get(event).expect("a count, or null");
            any_is_missing |= count.is_null();
            assert!(count.is_null() || count["median"].as_f64() >= Some(0.0), "{with}");
        }
    }
    assert!(without.document()["counters_missing"].is_null(), "nobody asked");
    let reason = &document["counters_missing"];
    assert_eq!(reason.as_str().is_some_and(|why| !why.is_empty()), any_is_missing, "{reason}");
}

/// People see either, and nothing of it where nobody asked.
pub fn the_table_has_the_counters_or_the_reason(program: &Program) {
    let arguments = [program.short, &["-s", "your-turn"]].concat();
    let table = program.run(&[&arguments[..], &["--counters"]].concat());
    table.assert_good();
    let says = |words: &str| table.stdout.contains(words);
    assert!(says("instructions") || says("not counted: "), "{}", table.stdout);
    assert!(table.stdout.lines().all(|line| line.chars().count() <= 80), "{}", table.stdout);
    let document = program.json(&arguments, &["--counters"]).document();
    if let Value::String(reason) = &document["counters_missing"] {
        let first = reason.split([' ', ',']).next().expect("it has words");
        assert!(says(&format!("not counted: {first}")), "{reason}: {}", table.stdout);
    }
    let without = program.run(&arguments).stdout;
    assert!(!without.contains("counted: "), "{without}");
}
