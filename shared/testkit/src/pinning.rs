//! `--pin`: worker i on core i.

use serde_json::Value;

use crate::{Program, run, system};

/// Nothing but the noise changes: the same sums and verdicts; and the report says what was done.
pub fn pinned_runs_are_as_right_as_others(program: &Program) {
    let arguments = ["-k", "primes", "-n", "2e5", "-w", "1,2,3", "--rounds", "1"];
    let (free, pinned) = (program.json(&arguments, &[]), program.json(&arguments, &["--pin"]));
    free.assert_good();
    pinned.assert_good();
    assert_eq!(free.document()["pinned"], Value::Null);
    assert_eq!(free.document()["notes"], Value::Array(Vec::new()));
    assert_eq!(free.runs().len(), pinned.runs().len());
    for (free, pinned) in free.runs().iter().zip(pinned.runs()) {
        for field in ["strategy", "workers", "sum", "verdict"] {
            assert_eq!(free[field], pinned[field], "{pinned}");
        }
    }
    let (document, notes) = (pinned.document(), pinned.document()["notes"].to_string());
    if system::PINS {
        assert_eq!(document["pinned"], true, "{notes}");
        assert!(notes.contains("pinned: worker i"), "{notes}");
    } else {
        assert!(document["pinned"].is_boolean() && notes.contains("pinned"), "{notes}");
    }
}

/// The table says so, too.
pub fn the_table_says_that_workers_are_pinned(program: &Program) {
    let table = program.run(&["-n", "1000", "--rounds", "1", "-s", "your-turn", "--pin"]);
    table.assert_good();
    assert!(table.stdout.contains("pinned"), "{}", table.stdout);
}

/// More workers than cores: all of them on the one that there is.
pub fn one_usable_core_is_enough_to_pin_two_workers(program: &Program) {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux tells");
    let list = status.lines().find_map(|line| line.strip_prefix("Cpus_allowed_list:"));
    let list = list.expect("the status has the cores").trim();
    let first = list.split(['-', ',']).next().expect("there is a core");
    let arguments = ["-c", first, program.path, "-n", "1e5", "-w", "2", "--rounds", "1"];
    let ended = run("taskset", &[&arguments[..], &["--json", "--pin"]].concat());
    ended.assert_good();
    let document = ended.document();
    let found = (&document["pinned"], &document["machine"]["usable_cores"]);
    assert_eq!(found, (&true.into(), &1.into()));
}
