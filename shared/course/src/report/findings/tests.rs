//! Every finding speaks on made-up numbers that show its effect, and is silent otherwise.

use kernels::{Integers, KernelName, Known, Memory, Primes};
use measure::Interval;
use measure::verdict::Verdict;

use super::*;
use crate::made_up::{control, document, integers, nearly, run, says, silent};

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
    short.baseline.as_mut().expect("a baseline").seconds = nearly(1e-5);
    says(slower_than_one, &short, &["3.0x slower", "more than it saves", "-n"]);
    // A row that left all to one worker shares nothing, and cannot cost anything.
    short.runs[0].audit.truncate(1);
    silent(slower_than_one, &short);
    silent(slower_than_one, &integers(vec![run("scoped", 2, 0.006)]));
}

fn uneven(document: &Document) -> Option<String> {
    uneven_ranges(document, &["equal-ranges"], &["deques"])
}

fn primes(runs: Vec<Run>) -> Document {
    document("work-stealing", Primes::NAME, runs)
}

#[test]
fn equal_ranges_may_be_uneven() {
    let mut imbalanced = run("equal-ranges", 2, 0.008);
    let mut even = run("equal-ranges", 2, 0.0051);
    even.imbalance = Some(1.5);
    silent(uneven, &primes(vec![even]));
    silent(uneven, &primes(vec![imbalanced.clone()]));
    imbalanced.imbalance = Some(1.74);
    says(uneven, &primes(vec![imbalanced.clone()]), &["1.74x the mean", "work-stealing"]);
    let both = |imbalance| {
        let deques = Run { imbalance: Some(imbalance), ..run("deques", 2, 0.006) };
        vec![imbalanced.clone(), deques]
    };
    says(uneven, &primes(both(1.02)), &["deques brings it to 1.02x"]);
    // As seen: "self-scheduled brings it to 1.68x" is no cure.
    let no_cure = uneven(&primes(both(1.68))).expect("equal ranges are uneven");
    assert!(!no_cure.contains("brings it"), "{no_cure}");
    // Equal ranges of equal terms are equal work: a busy worker was kept from its core.
    silent(uneven, &integers(both(1.02)));
    // On a slow core the same work takes longer. On two threads of one core all of it does.
    let on_cores = |rates: [f64; 2]| {
        let controls = Some(vec![control(&rates, &[1.0, 1.0])]);
        let mut document = primes(both(1.02));
        document.controls = controls;
        document
    };
    silent(uneven, &on_cores([1.0, 0.4]));
    says(uneven, &on_cores([0.65, 0.65]), &["1.74x the mean"]);
}

#[test]
fn memory_may_be_the_limit() {
    let mut reader = run("scoped", 2, 0.007);
    reader.bytes_per_second = Some(1.9e10);
    reader.of_control = Some(nearly(0.98));
    let document_of = |run: &Run, rates: &[f64]| {
        let mut document = document("threads", Memory::NAME, vec![run.clone()]);
        document.controls = Some(vec![control(rates, &[1.0, 1.0])]);
        document
    };
    says(
        bandwidth_reached,
        &document_of(&reader, &[0.72, 0.72]),
        &["19.0 of the 20.0 GB/s that 2 cores can read"],
    );
    silent(bandwidth_reached, &document_of(&reader, &[0.98, 0.98]));
    // Others had a core for half of the time: 1.45 is all that there was.
    let mut taken = document_of(&reader, &[0.95, 0.5]);
    taken.controls = Some(vec![control(&[0.95, 0.5], &[1.0, 0.5])]);
    silent(bandwidth_reached, &taken);
    for below in [1.48e10, 2.35e9, 4e10] {
        reader.bytes_per_second = Some(below);
        silent(bandwidth_reached, &document_of(&reader, &[0.72, 0.72]));
    }
}

#[test]
fn a_gain_is_compared_with_the_control() {
    let gain = |seconds| integers(vec![run("scoped", 2, seconds)]);
    says(gain_and_control, &gain(0.0051), &["2.0x", "2.00x", "little left"]);
    let less = ["missing 38 % went into sharing or waiting, or", "--pin"];
    says(gain_and_control, &gain(0.008), &less);
    silent(gain_and_control, &gain(0.011));
    let mut pinned = gain(0.008);
    pinned.pinned = Some(true);
    let said = gain_and_control(&pinned).expect("a gain");
    assert!(said.contains("sharing or waiting.") && !said.contains("--pin"), "{said}");
    // More than was given, or two workers of whom one did all: nothing is known of sharing.
    let mut too_much = gain(0.008);
    too_much.runs[0].of_control = Some(nearly(1.2));
    silent(gain_and_control, &too_much);
    let mut alone = gain(0.003);
    alone.runs[0].audit.truncate(1);
    silent(gain_and_control, &alone);
    // An interval that holds both says neither.
    let mut unsure = gain(0.0055);
    unsure.runs[0].of_control = Some(Interval { median: 0.94, low: Some(0.9), high: Some(0.98) });
    let said = gain_and_control(&unsure).expect("a gain");
    // 1.82 / 0.94: what is said of one row can be divided.
    assert!(said.ends_with("would have given 1.93x."), "{said}");
}

/// Six cores with two threads each, at the counts of a ladder.
fn twelve_threads(runs: Vec<Run>, kernel: KernelName) -> Document {
    let mut document = document("threads", kernel, runs);
    (document.machine.physical_cores, document.machine.usable_cores) = (6, 12);
    let given = [vec![0.99; 4], vec![0.78; 8], vec![0.6; 12]];
    document.controls =
        Some(given.iter().map(|rates| control(rates, &vec![1.0; rates.len()])).collect());
    document
}

#[test]
fn a_second_thread_of_a_core_may_add_little() {
    let mut threads = twelve_threads(vec![run("scoped", 12, 0.0015)], Integers::NAME);
    silent(second_thread_adds_little, &threads);
    threads.machine.smt = Some(true);
    says(second_thread_adds_little, &threads, &["12 workers on 6 cores", "7.20 cores' worth"]);
    // Cores that were not given one by one tell nothing of their second threads.
    threads.controls.as_mut().expect("controls")[0] = control(&[0.6; 4], &[1.0; 4]);
    silent(second_thread_adds_little, &threads);
    let mut memory = twelve_threads(vec![run("scoped", 12, 0.0015)], Memory::NAME);
    memory.machine.smt = Some(true);
    silent(second_thread_adds_little, &memory);
}

#[test]
fn the_order_of_float_additions_matters() {
    let float = |workers, sum: &str| Run {
        same_bits: false,
        sum: Some(sum.to_owned()),
        ..run("f64-by-worker", workers, 0.010)
    };
    let rows = |other| integers(vec![float(1, "3.141592653589793"), float(2, other)]);
    let said = ["3.141592653589793 with 1 worker", "3.14 with 2 workers", "associatively"];
    says(order_matters, &rows("3.14"), &said);
    silent(order_matters, &rows("3.141592653589793"));
    // One term, and no addition: other bits than the fixed-point row come from its rounding.
    let mut exact = run("f64-in-order", 1, 0.010);
    exact.sum = Some("3.1999999999999993".to_owned());
    silent(order_matters, &integers(vec![exact, float(1, "3.200000000000001")]));
}

/// Four fast cores and four slow ones, idle: blocks use all that was given, equal ranges wait for the slow ones.
#[test]
fn on_a_hybrid_laptop_nothing_is_said_to_go_into_sharing() {
    let row = |name: &str, speedup: f64| Run {
        of_control: Some(nearly(speedup / 5.6)),
        ..run(name, 8, 0.010 / speedup)
    };
    let mut hybrid = integers(vec![row("scoped", 3.2), row("self-scheduled", 5.5)]);
    hybrid.machine.usable_cores = 8;
    let rates = [1.0, 1.0, 1.0, 1.0, 0.4, 0.4, 0.4, 0.4];
    hybrid.controls = Some(vec![control(&rates, &[1.0; 8])]);
    assert_eq!(super::super::gate::doubt(&hybrid), None);
    let said = chosen(&hybrid, &[], None, 9).join(" ");
    assert!(said.contains("8 workers gave 5.5x (self-scheduled)"), "{said}");
    assert!(said.contains("little left to gain") && !said.contains("went into"), "{said}");
}

/// Two workers on one core are no gain, and no loss that anybody should explain.
#[test]
fn on_one_core_no_gain_is_explained() {
    let mut one = integers(vec![run("scoped", 2, 0.0101), run("your-turn", 2, 0.010)]);
    one.machine.usable_cores = 1;
    one.controls = Some(Vec::new());
    assert_eq!(super::super::gate::doubt(&one), None);
    assert!(chosen(&one, &[], None, 9).is_empty());
}

#[test]
fn a_reader_gets_three_sentences_at_most() {
    let mut folded = run("folded-loop", 1, 50e-9);
    folded.verdict = Verdict::Folded;
    let float = |workers, sum: &str| Run {
        same_bits: false,
        sum: Some(sum.to_owned()),
        ..run("f64-by-worker", workers, 0.020)
    };
    let runs = vec![
        folded,
        float(1, "0.1"),
        float(2, "0.2"),
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
