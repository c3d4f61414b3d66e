use measure::Interval;

use super::*;
use crate::made_up::exactly;

/// Numbers that a reader gets back to the last bit.
fn nearly(median: f64) -> Interval {
    Interval { median, low: Some(median - 0.015_625), high: Some(median + 0.015_625) }
}

fn point(workers: usize, speedup: f64, seconds: f64) -> MachinePoint {
    MachinePoint { workers, speedup: nearly(speedup), capacity: nearly(workers as f64), seconds }
}

fn entry() -> Entry {
    let points = vec![point(1, 1.0, 0.015), point(2, 1.875, 0.008)];
    let curve =
        MachineCurve { kernel: "primes".into(), strategy: "scoped".into(), terms: 500_000, points };
    Entry {
        format: Entry::FORMAT.to_owned(),
        schema: Entry::SCHEMA,
        kind: Kind::TwoCoreVm,
        recorded: "2026-11-29".to_owned(),
        commit: "658b8246e2a1".to_owned(),
        machine: Machine {
            cpu: "Intel(R) Xeon(R) CPU @ 2.20GHz".to_owned(),
            os: "linux".to_owned(),
            arch: "x86_64".to_owned(),
            rustc: "1.95.0".to_owned(),
            simd: "avx2".to_owned(),
            usable_cores: 2,
            virtual_machine: Some(true),
            ..Machine::default()
        },
        curves: vec![curve],
    }
}

#[test]
fn what_is_written_is_read() {
    let entry = entry();
    assert_eq!(entry.faults(), [""; 0]);
    assert_eq!(Entry::parse(&entry.to_json()), Ok(entry.clone()));
    assert_eq!(entry.curve("primes", "scoped").map(|curve| curve.points.len()), Some(2));
    assert_eq!(entry.curve("primes", "deques"), None);
    assert!(entry.sentence("scoped").contains("times of two machines say nothing"));
}

/// Each change makes it one that cannot be, or that nobody should publish.
#[test]
fn every_rule_can_refuse() {
    type Change = fn(&mut Entry);
    let changes: [(Change, &str); 17] = [
        (|it| it.recorded = "2026-13-29".into(), "no day"),
        (|it| it.recorded = "29.11.2026".into(), "no day"),
        (|it| it.commit += "+changes", "look up"),
        (|it| it.kind = Kind::Windows, "not a PC with Windows"),
        (|it| it.machine.cpu = "alice@example".into(), "private"),
        (|it| it.machine.cpu = "/home/alice".into(), "private"),
        (|it| it.machine.simd = "10.0.0.17".into(), "private"),
        (|it| it.curves.clear(), "no curve"),
        (|it| it.curves[0].kernel = "yours".into(), "no kernel"),
        (|it| it.curves[0].strategy = "My Way".into(), "no name of a strategy"),
        (|it| it.curves[0].points.truncate(1), "not 1 and more"),
        (|it| it.curves[0].points[1].workers = 3, "more workers than cores"),
        (|it| it.curves[0].points[1].speedup = exactly(1.9), "too noisy"),
        (|it| it.curves[0].points[1].seconds = f64::NAN, "no sound number"),
        (|it| it.curves[0].terms = u64::MAX, "faster than anybody can add"),
        (|it| it.curves[0].points[1].speedup = nearly(2.4), "more speedup than"),
        (|it| it.curves[0].points[1].seconds = 0.05, "not of the same run"),
    ];
    for (change, fault) in changes {
        let mut entry = entry();
        change(&mut entry);
        let faults = entry.faults();
        assert!(faults.iter().any(|found| found.contains(fault)), "{fault}: {faults:?}");
    }
}

#[test]
fn more_than_an_entry_has_is_refused() {
    let mut json = serde_json::to_value(entry()).expect("plain data");
    json["machine"]["hostname"] = "alices-laptop".into();
    let refused = Entry::parse(&json.to_string()).expect_err("a name that somebody gave");
    assert!(refused.contains(".machine.hostname"), "{refused}");
    assert!(Entry::parse("{}").expect_err("no entry").contains("format"));
    let later = entry().to_json().replace("\"schema\": 1", "\"schema\": 2");
    assert!(Entry::parse(&later).expect_err("another schema").contains("schema is 2"));
}

#[test]
fn a_kind_that_is_missing_is_named_with_those_that_are_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let entry = entry();
    std::fs::write(folder.path().join(entry.kind.file_name()), entry.to_json()).expect("room");
    assert_eq!(Entry::of_kind(folder.path(), Kind::TwoCoreVm).expect("it is there"), entry);
    let missing = Entry::of_kind(folder.path(), Kind::ArmMac).expect_err("it is not");
    assert!(missing.to_string().ends_with("there is two-core-vm"), "{missing}");
    assert_eq!(missing.exit_code(), 2);
    assert!(Kind::ALL.iter().all(|kind| kind.name().parse() == Ok(*kind)));
}
