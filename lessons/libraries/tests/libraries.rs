//! The lesson as its reader runs it, and every strategy of its table.

use libraries::Libraries;
use serde_json::Value;
use testkit::Program;

const PROGRAM: Program = testkit::program!(Libraries);

testkit::smoke!(PROGRAM);
testkit::table!(Libraries);

#[test]
fn panics_are_errors_that_name_the_worker() {
    testkit::panics::are_errors_that_name_the_worker::<Libraries>(&["chili", "orx-parallel"]);
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "reads from /proc on which cores a thread may run")]
fn workers_are_on_their_cores() {
    testkit::pinned::workers_are_on_their_cores::<Libraries>(false);
}

/// Six rounds are the fewest that tell anything. Of the two rows with a runtime one is enough for its timers.
#[test]
fn the_costs_stand_in_the_document() {
    let few = ["-n", "1000", "-w", "2", "--rounds", "6", "--seed", "7"];
    let ended = PROGRAM.json(&few, &["-s", "scoped,deques,orx-parallel,tokio-tasks"]);
    ended.assert_good();
    let rows = ended.rows_present();
    let costs = |name: &str| -> Value {
        let row = rows.iter().find(|row| row["strategy"] == name).expect("it was asked for");
        row["costs"].clone()
    };
    for name in ["scoped", "deques", "orx-parallel", "tokio-tasks"] {
        let costs = costs(name);
        for seconds in ["dispatch", "short", "short_alone", "uneven"] {
            assert!(costs[seconds]["low"].as_f64() > Some(0.0), "{name}: {seconds}: {costs}");
            assert_eq!(costs[seconds]["samples"].as_array().map(Vec::len), Some(6), "{costs}");
        }
        assert!(costs["idle_cores"].is_null() || costs["idle_cores"]["median"].is_number());
        assert_eq!(costs["timer"].is_object(), name == "tokio-tasks", "{costs}");
    }
    assert!(costs("scoped")["nested"]["median"].is_number(), "threads may start threads");
    let (deques, orx) = (costs("deques"), costs("orx-parallel"));
    assert!(deques["nested"].is_null() && deques["not_nested"].is_string(), "{deques}");
    // Where the caller's tasks all run on one thread, it may get through.
    assert!(orx["stuck"] == true && orx["nested"].is_null() || orx["nested"].is_object(), "{orx}");
}

#[test]
fn the_costs_stand_below_the_table() {
    let ended =
        PROGRAM.run(&["-n", "1000", "-w", "2", "--rounds", "6", "-s", "deques,tokio-blocking"]);
    ended.assert_good();
    for part in ["what it costs", "a timer of 1 ms", "- deques: the caller is a worker"] {
        assert!(ended.stdout.contains(part), "{part}: {}", ended.stdout);
    }
    assert!(ended.stdout.lines().all(|line| line.chars().count() <= 80), "{}", ended.stdout);
}

/// Fewer rounds tell nothing, so nobody waits for them.
#[test]
fn few_rounds_measure_no_costs() {
    let ended = PROGRAM.run(&["-n", "1000", "-w", "2", "--rounds", "5", "-s", "scoped"]);
    ended.assert_good();
    assert!(!ended.stdout.contains("what it costs"), "{}", ended.stdout);
}
