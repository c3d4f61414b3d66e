use course::Seconds;
use course::made_up::{document, nearly, run};
use kernels::{Integers, KernelName, Memory};
use serde_json::json;

use super::*;
use crate::Kind;

/// Rows as `name, seconds before, seconds of the kernel`, of a hundred million terms that take one core 10 ms.
fn made_up(kernel: KernelName, kind: Kind, rows: &[(&str, f64, f64)]) -> Document {
    let runs = rows.iter().map(|&(name, before, kernel)| {
        let mut made_up = run(name, 1, before + kernel);
        let parts = Parts {
            whole: rounds(before + kernel + 40e-6),
            before: rounds(before),
            kernel: Some(rounds(kernel)),
            dispatch: Some(rounds(30e-6)),
            back: rounds(10e-6),
        };
        made_up.extra.insert("parts".to_owned(), json!(parts));
        made_up
    });
    let mut document = document("gpu", kernel, runs.collect());
    document.kernel.bytes_per_term = kernel.description().bytes_per_term;
    let costs = Costs {
        dispatch: rounds(40e-6),
        back: rounds(10e-6),
        sends: nearly(1e10),
        copies: Some(nearly(1e12)),
        occupancy: Vec::new(),
    };
    document.extra.insert("device_costs".to_owned(), json!(costs));
    let facts = Facts {
        name: "a made-up device".to_owned(),
        kind,
        interface: "vulkan".to_owned(),
        driver: String::new(),
        offers: Vec::new(),
        subgroup: [32, 32],
    };
    document.extra.insert("device".to_owned(), json!(facts));
    document
}

fn rounds(median: f64) -> Seconds {
    let samples: Vec<f64> = (0..12).map(|i| median * (1.0 + f64::from(i % 3 - 1) * 0.01)).collect();
    Seconds::of(&samples).expect("there are some")
}

fn integers(rows: &[(&str, f64, f64)]) -> Document {
    made_up(Integers::NAME, Kind::Discrete, rows)
}

fn says(document: &Document, words: &[&str]) {
    let all = findings(document).join("\n");
    for word in words {
        assert!(all.contains(word), "{word:?} is not in {all:?}");
    }
}

fn silent(document: &Document, word: &str) {
    let all = findings(document).join("\n");
    assert!(!all.contains(word), "{word:?} is in {all:?}");
}

#[test]
fn nothing_is_concluded_from_the_times_of_a_software_device() {
    let rows = [("strided", 0.0, 1e-3), ("blocked", 0.0, 9e-3), ("with-transfer", 40e-3, 1e-3)];
    assert!(!findings(&made_up(Memory::NAME, Kind::Discrete, &rows)).is_empty());
    assert!(findings(&made_up(Memory::NAME, Kind::Software, &rows)).is_empty());
    assert!(findings(&document("gpu", Integers::NAME, Vec::new())).is_empty(), "no device");
}

/// 40 us, and 99 ps that a term costs less than on a core.
#[test]
fn it_pays_from_where_what_is_saved_has_paid_for_the_dispatch() {
    says(&integers(&[("strided", 0.0, 100e-6)]), &["should pay from 400,000 terms on"]);
    says(&integers(&[("strided", 0.0, 20e-3)]), &["here it does not pay. Few terms"]);
    silent(&integers(&[("strided", 0.0, 10e-3)]), "pay");
}

#[test]
fn a_transfer_is_told_of_where_it_takes_longer_than_the_sum() {
    let sent = |before| made_up(Memory::NAME, Kind::Discrete, &[("with-transfer", before, 1e-3)]);
    says(&sent(40e-3), &["took 40.0x as long as adding them: 40.0 ms of the 41.0 ms of the whole"]);
    silent(&sent(0.5e-3), "Sending");
}

#[test]
fn the_order_of_reads_counts_where_something_is_read() {
    let rows = [("strided", 0.0, 1e-3), ("blocked", 0.0, 4e-3)];
    says(&made_up(Memory::NAME, Kind::Integrated, &rows), &["4.00x as long as strided"]);
    silent(&integers(&rows), "4.00x");
    let alike = [("strided", 0.0, 1e-3), ("blocked", 0.0, 1.05e-3)];
    silent(&made_up(Memory::NAME, Kind::Integrated, &alike), "as long as strided");
}

#[test]
fn divergence_is_named_where_it_was_counted_and_measured() {
    let primes = |strided, blocked, workgroups| {
        let rows = [("strided", 0.0, strided), ("blocked", 0.0, blocked)];
        let mut document = made_up(Primes::NAME, Kind::Discrete, &rows);
        document.kernel.terms = 256 * 30;
        let mut costs = Costs::of(&document).expect("it was written");
        costs.occupancy = crate::costs::made_up(&[(workgroups, 1e-3)]);
        document.extra.insert("device_costs".to_owned(), json!(costs));
        document
    };
    says(&primes(2e-3, 1e-3, 1), &["Subgroups of 32", "strided took 2.00x the time of blocked"]);
    silent(&primes(1e-3, 2e-3, 1), "Subgroups");
    silent(&primes(1e-3, 1e-3, 1), "Subgroups");
    silent(&integers(&[("strided", 0.0, 2e-3), ("blocked", 0.0, 1e-3)]), "Subgroups");
}

#[test]
fn as_many_workgroups_as_bring_something_are_named() {
    let with = |times: &[(u32, f64)]| {
        let mut document = integers(&[("strided", 0.0, 9e-3)]);
        let mut costs = Costs::of(&document).expect("it was written");
        costs.occupancy = crate::costs::made_up(times);
        document.extra.insert("device_costs".to_owned(), json!(costs));
        document
    };
    let rising = with(&[(1, 80e-3), (16, 10e-3), (256, 1.05e-3), (2048, 1e-3)]);
    says(&rising, &["One workgroup took the device 80.0 ms, 256 took 1.05 ms"]);
    silent(&with(&[(1, 1.5e-3), (64, 1e-3)]), "workgroup");
    silent(&with(&[]), "workgroup");
}

#[test]
fn a_device_that_mostly_waits_is_told_of() {
    says(&integers(&[("strided", 0.0, 10e-6)]), &["the device computed for 20 %"]);
    silent(&integers(&[("strided", 0.0, 1e-3)]), "computed for");
}

#[test]
fn a_device_without_a_clock_says_nothing_of_its_parts() {
    let mut document = integers(&[("strided", 0.0, 100e-6)]);
    let mut parts = Parts::of(&document.runs[0]).expect("it was written");
    (parts.kernel, parts.dispatch) = (None, None);
    document.runs[0].extra.insert("parts".to_owned(), json!(parts));
    assert_eq!(findings(&document), Vec::<String>::new());
}
