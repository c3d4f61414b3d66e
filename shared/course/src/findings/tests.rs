//! Every finding speaks on made-up numbers that show its effect, and is silent otherwise.

use kernels::{Integers, KernelName, Known, Memory};
use measure::{
    Interval,
    machine::{Ceilings, Machine},
};

use super::*;
use crate::{AuditEntry, Control, KernelFacts, Phases, Seconds, WholeBaseline};

pub(crate) fn exactly(median: f64) -> Interval {
    Interval { median, low: None, high: None }
}

/// A machine with `cores` cores and round ceilings.
fn machine(cores: usize) -> Machine {
    Machine {
        cpu: "a made-up processor".to_owned(),
        os: "linux".to_owned(),
        arch: "x86_64".to_owned(),
        rustc: "1.95.0".to_owned(),
        logical_cores: cores,
        physical_cores: cores,
        usable_cores: cores,
        usable_cores_num_cpus: cores,
        cpu_quota: None,
        smt: None,
        virtual_machine: None,
        caches: Vec::new(),
        simd: "avx2".to_owned(),
        memory_bytes: 1 << 34,
        ceilings: Ceilings {
            additions_per_second_per_core: 1e10,
            divisions_per_second_per_core: 1e9,
            read_bytes_per_second: 2e10,
        },
    }
}

/// A run of a hundred million terms whose baseline takes 10 ms, on two cores that are given.
pub(crate) fn document(lesson: &str, kernel: KernelName, runs: Vec<Run>) -> Document {
    let control = |workers| Control { workers, cores: exactly(workers as f64) };
    Document {
        schema: 1,
        lesson: lesson.to_owned(),
        version: "0.0.0",
        machine: machine(2),
        kernel: KernelFacts {
            name: kernel,
            terms: 100_000_000,
            bytes_per_term: 0,
            expected: "0".to_owned(),
            simd: "avx2",
        },
        baseline: Some(WholeBaseline { strategy: "simd", seconds: exactly(0.010) }),
        controls: Some(vec![control(1), control(2)]),
        pinned: None,
        notes: Vec::new(),
        runs,
    }
}

/// A right run of all terms in `seconds`; speedup and share follow from that.
pub(crate) fn run(strategy: &str, workers: usize, seconds: f64) -> Run {
    let speedup = 0.010 / seconds;
    let busy = seconds * 0.9;
    let worker = |worker| AuditEntry {
        worker,
        id: format!("thread {}", worker + 1),
        terms: 100_000_000 / workers as u64,
        ranges: 1,
        busy_seconds: busy,
        start: 0.0,
        end: busy,
    };
    Run {
        strategy: strategy.to_owned(),
        workers,
        terms: 100_000_000,
        seconds: Some(Seconds { interval: exactly(seconds), samples: vec![seconds] }),
        terms_per_second: Some(1e8 / seconds),
        bytes_per_second: None,
        ceiling_fraction: None,
        speedup: Some(exactly(speedup)),
        of_control: Some(exactly(speedup / workers as f64)),
        efficiency: Some(speedup / workers as f64),
        cpu_seconds: None,
        sum: Some("0".to_owned()),
        verdict: Verdict::Right,
        same_bits: true,
        retries: 0,
        note: None,
        imbalance: Some(1.0),
        phases: None,
        stages: None,
        steals: None,
        audit: (0..workers).map(worker).collect(),
    }
}

pub(crate) fn integers(runs: Vec<Run>) -> Document {
    document("threads", Integers::NAME, runs)
}

#[track_caller]
fn says(finding: Finding, document: &Document, words: &[&str]) {
    let sentence = finding(document).expect("the finding speaks");
    for word in words {
        assert!(sentence.contains(word), "{word:?} is not in {sentence:?}");
    }
}

#[track_caller]
fn silent(finding: Finding, document: &Document) {
    assert_eq!(finding(document), None);
}

#[test]
fn the_machine_gave_less_than_its_cores() {
    let mut document = integers(vec![run("scoped", 2, 0.009)]);
    silent(machine_gave_less, &document);
    document.controls = Some(vec![Control { workers: 2, cores: exactly(1.2) }]);
    says(machine_gave_less, &document, &["only 1.20x", "virtual machine"]);
    document.machine.smt = Some(true);
    says(machine_gave_less, &document, &["hardware threads"]);
}

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
fn a_short_sum_is_not_shared() {
    let short = |seconds, busy| {
        let mut declined = run("deques", 2, seconds);
        declined.audit.truncate(busy);
        let mut document = integers(vec![declined]);
        document.baseline.as_mut().expect("a baseline").seconds = exactly(20e-6);
        document
    };
    says(too_small_to_share, &short(20e-6, 1), &["20.0 us", "deques does not share"]);
    silent(too_small_to_share, &short(20e-6, 2));
    silent(too_small_to_share, &short(10e-6, 1));
}

#[test]
fn a_start_may_be_longer_than_the_sum() {
    let mut spawned = run("spawned", 2, 0.010);
    let phases = Phases { starting: 0.004, sending: 1e-5, summing: 0.002, collecting: 1e-4 };
    spawned.phases = Some(phases);
    says(start_larger_than_sum, &integers(vec![spawned.clone()]), &["4.00 ms", "2.00 ms", "pool"]);
    spawned.phases = Some(Phases { starting: 0.001, ..phases });
    silent(start_larger_than_sum, &integers(vec![spawned]));
}

#[test]
fn two_may_be_slower_than_one() {
    let mut short = integers(vec![run("scoped", 2, 0.030)]);
    silent(slower_than_one, &short);
    short.baseline.as_mut().expect("a baseline").seconds = exactly(1e-5);
    says(slower_than_one, &short, &["3.0x slower", "-n"]);
    silent(slower_than_one, &integers(vec![run("scoped", 2, 0.006)]));
}

#[test]
fn equal_ranges_may_be_unfair() {
    let mut unfair = run("equal-ranges", 2, 0.008);
    let mut even = run("equal-ranges", 2, 0.0051);
    even.imbalance = Some(1.5);
    silent(unfair_ranges, &integers(vec![even]));
    silent(unfair_ranges, &integers(vec![unfair.clone()]));
    unfair.imbalance = Some(1.5);
    says(unfair_ranges, &integers(vec![unfair.clone()]), &["1.50x the mean", "work stealing"]);
    let both = integers(vec![unfair, run("deques", 2, 0.006)]);
    says(unfair_ranges, &both, &["deques brings it to 1.00x"]);
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
fn a_pipe_may_cost_more_than_a_map() {
    let pipes = |seconds| integers(vec![run("piped", 2, seconds), run("mapped", 2, 0.010)]);
    says(pipe_costs_more, &pipes(0.100), &["100 ms", "10.0x", "not"]);
    silent(pipe_costs_more, &pipes(0.011));
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
    document.controls.as_mut().expect("controls")[1].cores = exactly(1.1);
    silent(second_thread_adds_little, &document);
    document.machine.smt = Some(true);
    says(second_thread_adds_little, &document, &["From 1 to 2", "1.10x"]);
}

#[test]
fn a_lock_costs_more_than_an_addition() {
    let locks = |seconds| integers(vec![run("mutex-std", 2, seconds)]);
    says(lock_per_term, &locks(5.0), &["One lock per term costs 49.9 ns", "costs 0.10 ns"]);
    silent(lock_per_term, &locks(0.011));
    says(lock_per_term, &integers(vec![run("atomic", 2, 5.0)]), &["One atomic addition"]);
}

#[test]
fn counters_side_by_side_may_share_a_line() {
    let counters = |near, far| integers(vec![run("neighbours", 2, near), run("padded", 2, far)]);
    says(false_sharing, &counters(1.0, 0.1), &["10.0x slower", "cache line"]);
    silent(false_sharing, &counters(0.1, 0.1));
}

#[test]
fn the_order_of_float_additions_matters() {
    let mut float = run("f64-by-worker", 2, 0.010);
    silent(order_matters, &integers(vec![float.clone()]));
    float.same_bits = false;
    says(order_matters, &integers(vec![float]), &["f64-by-worker", "associatively"]);
}

#[test]
fn wider_instructions_may_be_faster() {
    let loops = |plain| integers(vec![run("term-by-term", 1, plain), run("simd", 1, 0.010)]);
    says(wider_instructions, &loops(0.030), &["3.00x", "AVX2"]);
    silent(wider_instructions, &loops(0.011));
}

#[test]
fn term_by_term_may_be_slower_in_parallel_too() {
    let rayon = |iter| integers(vec![run("rayon-iter", 2, iter), run("rayon-join", 2, 0.010)]);
    says(term_by_term_in_parallel, &rayon(0.030), &["3.00x", "whole range"]);
    silent(term_by_term_in_parallel, &rayon(0.010));
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
    assert_eq!(findings(&integers(runs)).len(), 3);
    assert!(findings(&integers(Vec::new())).is_empty());
}
