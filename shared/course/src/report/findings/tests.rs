//! Every finding speaks on made-up numbers that show its effect, and is silent otherwise.

use kernels::{Known, Memory};
use measure::verdict::Verdict;

use super::*;
use crate::made_up::{document, exactly, integers, run, says, silent};

#[test]
fn nobody_added_where_the_row_is_folded() {
    let mut folded = run("folded-loop", 1, 50e-9);
    silent(nobody_added, &integers(vec![run("folded-loop", 1, 0.010)]));
    folded.verdict = Verdict::Folded;
    says(
        nobody_added,
        &integers(vec![folded]),
        &["50.0 ns", "2,000,000 additions", "nobody added"],
    );
}

#[test]
fn more_workers_than_terms_are_idle() {
    let mut document = integers(vec![run("scoped", 8, 1e-4)]);
    silent(idle_workers, &document);
    document.kernel.terms = 3;
    says(idle_workers, &document, &["8 workers for 3 terms", "5 workers with nothing to do"]);
}

#[test]
fn two_may_be_slower_than_one() {
    let mut short = integers(vec![run("scoped", 2, 0.030)]);
    silent(slower_than_one, &short);
    short.baseline.as_mut().expect("a baseline").seconds = exactly(1e-5);
    says(slower_than_one, &short, &["3.0x slower", "-n"]);
    silent(slower_than_one, &integers(vec![run("scoped", 2, 0.006)]));
}

fn uneven(document: &Document) -> Option<String> {
    uneven_ranges(document, &["equal-ranges"], &["deques"])
}

#[test]
fn equal_ranges_may_be_uneven() {
    let mut imbalanced = run("equal-ranges", 2, 0.008);
    let mut even = run("equal-ranges", 2, 0.0051);
    even.imbalance = Some(1.5);
    silent(uneven, &integers(vec![even]));
    silent(uneven, &integers(vec![imbalanced.clone()]));
    imbalanced.imbalance = Some(1.5);
    says(uneven, &integers(vec![imbalanced.clone()]), &["1.50x the mean", "work stealing"]);
    let both = integers(vec![imbalanced, run("deques", 2, 0.006)]);
    says(uneven, &both, &["deques brings it to 1.00x"]);
}

#[test]
fn memory_may_be_the_limit() {
    let mut reader = run("scoped", 2, 0.007);
    reader.bytes_per_second = Some(1.9e10);
    reader.ceiling_fraction = Some(0.95);
    let document_of = |run| document("threads", Memory::NAME, vec![run]);
    says(bandwidth_reached, &document_of(reader.clone()), &["19.0 GB/s", "20.0 GB/s"]);
    reader.speedup = Some(exactly(1.9));
    silent(bandwidth_reached, &document_of(reader.clone()));
    reader.speedup = Some(exactly(1.4));
    reader.ceiling_fraction = Some(0.5);
    silent(bandwidth_reached, &document_of(reader));
}

#[test]
fn a_gain_is_compared_with_the_control() {
    says(
        gain_and_control,
        &integers(vec![run("scoped", 2, 0.0051)]),
        &["2.0x", "2.00x", "little left"],
    );
    says(
        gain_and_control,
        &integers(vec![run("scoped", 2, 0.008)]),
        &["sharing cost the other 38 %"],
    );
    silent(gain_and_control, &integers(vec![run("scoped", 2, 0.011)]));
}

#[test]
fn a_second_thread_of_a_core_may_add_little() {
    let mut document = integers(vec![run("scoped", 2, 0.009)]);
    document.machine.physical_cores = 1;
    document.controls.as_mut().expect("controls")[0].cores = exactly(1.1);
    silent(second_thread_adds_little, &document);
    document.machine.smt = Some(true);
    says(second_thread_adds_little, &document, &["From 1 to 2", "1.10x"]);
}

#[test]
fn the_order_of_float_additions_matters() {
    let mut float = run("f64-by-worker", 2, 0.010);
    silent(order_matters, &integers(vec![float.clone()]));
    float.same_bits = false;
    says(order_matters, &integers(vec![float]), &["f64-by-worker", "associatively"]);
}

#[test]
fn a_reader_gets_three_sentences_at_most() {
    let mut folded = run("folded-loop", 1, 50e-9);
    folded.verdict = Verdict::Folded;
    let mut float = run("f64-by-worker", 2, 0.020);
    float.same_bits = false;
    let runs = vec![
        folded,
        float,
        run("mutex-std", 2, 5.0),
        run("neighbours", 2, 1.0),
        run("padded", 2, 0.1),
        run("scoped", 2, 0.0051),
    ];
    let own = ["first", "second", "third"].map(str::to_owned);
    let document = integers(runs);
    let said = chosen(&document, &own, None, 3);
    assert_eq!(said.len(), 3);
    assert!(said[0].contains("nobody added"), "{said:?}");
    assert_eq!(said[1..], own[..2]);
    assert!(chosen(&integers(Vec::new()), &[], None, 3).is_empty());
    let doubt = Doubt::LessThanOne { workers: 2, cores: 0.4 };
    let said = chosen(&document, &own, Some(doubt), 3);
    assert!(said[0].contains("too busy") && said[1].contains("nobody added"), "{said:?}");
    assert!(said[2].contains("associatively"), "{said:?}");
    let said = chosen(&integers(vec![run("scoped", 2, 0.0051)]), &own, Some(doubt), 3);
    assert_eq!(said, [doubt.to_string()], "what would read times is silent");
}
