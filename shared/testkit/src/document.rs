//! The document that `--json` writes.

use serde_json::Value;

use crate::Program;

const DOCUMENT: [&str; 8] =
    ["version", "seed", "machine", "kernel", "baseline", "controls", "counters_missing", "runs"];
const MACHINE: [&str; 13] = [
    "cpu",
    "os",
    "arch",
    "rustc",
    "logical_cores",
    "physical_cores",
    "usable_cores",
    "cpu_quota",
    "core_kinds",
    "cache_line_bytes",
    "simd",
    "memory_bytes",
    "ceilings",
];
const ROW: [&str; 22] = [
    "strategy",
    "workers",
    "terms",
    "seconds",
    "comparable_seconds",
    "terms_per_second",
    "bytes_per_second",
    "ceiling_fraction",
    "speedup",
    "of_control",
    "efficiency",
    "cpu_seconds",
    "sum",
    "verdict",
    "same_bits",
    "retries",
    "note",
    "imbalance",
    "phases",
    "steals",
    "counters",
    "audit",
];

#[track_caller]
fn assert_fields(value: &Value, names: &[&str]) {
    for name in names {
        assert!(value.get(name).is_some(), "{name} is missing in {value}");
    }
}

/// The row has every field.
pub(crate) fn assert_complete(row: &Value) {
    assert_fields(row, &ROW);
    assert_fields(&row["seconds"], &["median", "low", "high", "samples"]);
    let entry = ["worker", "id", "terms", "ranges", "busy_seconds", "start", "end"];
    assert_fields(&row["audit"][0], &entry);
}

/// What is shown as a speedup is the ratio of what is shown: of the baseline's time and the row's.
fn assert_ratio(row: &Value, alone: f64) {
    let Some(speedup) = row["speedup"]["median"].as_f64() else { return };
    let shown = row["comparable_seconds"].as_f64().expect("a row with a speedup has a time");
    assert!((alone / shown / speedup - 1.0).abs() < 1e-9, "{row}");
}

/// Every field is there, and every row has a time for each round.
pub fn the_document_has_every_field_of_schema_2(program: &Program) {
    let ended = program.json(&["-n", "1e5", "-w", "1,2", "--rounds", "6", "--seed", "7"], &[]);
    ended.assert_good();
    let document = ended.document();
    assert_eq!(document["schema"], 2);
    assert_eq!((&document["lesson"], &document["seed"]), (&program.name.into(), &7.into()));
    assert_fields(&document, &DOCUMENT);
    assert_fields(&document["machine"], &MACHINE);
    let ceilings = ["additions_per_second_per_core", "read_bytes_per_second"];
    assert_fields(&document["machine"]["ceilings"], &ceilings);
    assert_fields(&document["kernel"], &["name", "terms", "bytes_per_term", "expected"]);
    assert_fields(&document["baseline"], &["strategy", "seconds"]);
    for control in document["controls"].as_array().expect("a list") {
        assert_fields(control, &["workers", "cores", "even", "rates", "on_core", "samples"]);
    }
    let alone = document["baseline"]["seconds"]["median"].as_f64().expect("a baseline");
    for row in ended.rows_present() {
        assert_complete(&row);
        let seconds = &row["seconds"];
        assert_eq!(seconds["samples"].as_array().map(Vec::len), Some(6), "{row}");
        assert!(seconds["low"].as_f64() <= seconds["median"].as_f64(), "{row}");
        assert_ratio(&row, alone);
    }
}

/// `--no-baseline` leaves out what is divided by it.
pub fn without_a_baseline_there_are_no_speedups(program: &Program) {
    let ended = program.json(&["-n", "1e4", "-w", "1", "--no-baseline", "--rounds", "1"], &[]);
    ended.assert_good();
    let document = ended.document();
    assert!(document["baseline"].is_null() && document["controls"].is_null());
    for row in ended.rows_present() {
        assert!(row["speedup"].is_null() && row["of_control"].is_null(), "{row}");
        assert!(row["efficiency"].is_null() && row["seconds"]["low"].is_null(), "{row}");
        assert_eq!(row["sum"], document["kernel"]["expected"], "{row}");
    }
}
