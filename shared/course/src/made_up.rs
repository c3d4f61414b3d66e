//! Documents of runs that never were, for the tests of what reads documents; and what those tests assert.

use kernels::{Integers, KernelName, Known};
use measure::Interval;
use measure::counters::Counters;
use measure::machine::{Ceilings, Machine};
use measure::verdict::Verdict;
use serde_json::Map;

use crate::{
    AuditEntry, Control, Document, Finding, KernelFacts, Measurements, Run, Seconds, WholeBaseline,
};

/// A median without an interval.
pub fn exactly(median: f64) -> Interval {
    Interval { median, low: None, high: None }
}

/// A median that is sure to half a percent.
pub fn nearly(median: f64) -> Interval {
    Interval { median, low: Some(median * 0.995), high: Some(median * 1.005) }
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
        kinds: Vec::new(),
        core_kinds: None,
        caches: Vec::new(),
        cache_line_bytes: None,
        simd: "avx2".to_owned(),
        memory_bytes: Some(1 << 34),
        ceilings: Ceilings {
            additions_per_second_per_core: 1e10,
            divisions_per_second_per_core: 1e9,
            read_bytes_per_second: 2e10,
        },
    }
}

/// What workers of these speeds were given, each of them on a core for such a part of the time.
pub fn control(rates: &[f64], on_core: &[f64]) -> Control {
    let slowest = rates.iter().copied().fold(f64::INFINITY, f64::min);
    Control {
        workers: rates.len(),
        cores: nearly(rates.iter().sum()),
        even: slowest * rates.len() as f64,
        rates: rates.to_vec(),
        on_core: Some(on_core.to_vec()),
        samples: Vec::new(),
    }
}

/// A run of a hundred million terms whose baseline takes 10 ms, on two cores that are given.
pub fn document(lesson: &str, kernel: KernelName, runs: Vec<Run>) -> Document {
    let content = Measurements {
        seed: Some(7),
        machine: machine(2),
        kernel: KernelFacts {
            name: kernel,
            terms: 100_000_000,
            bytes_per_term: 0,
            expected: "0".to_owned(),
            simd: "avx2".to_owned(),
        },
        baseline: Some(WholeBaseline { strategy: "simd".to_owned(), seconds: nearly(0.010) }),
        controls: Some(vec![control(&[1.0, 1.0], &[1.0, 1.0])]),
        pinned: None,
        notes: Vec::new(),
        counters_missing: None,
        runs,
        extra: serde_json::Map::new(),
    };
    Document::new(lesson, content)
}

/// A right run of all terms in `seconds`; speedup and share follow from that.
pub fn run(strategy: &str, workers: usize, seconds: f64) -> Run {
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
        seconds: Some(Seconds { interval: nearly(seconds), samples: vec![seconds; 10] }),
        comparable_seconds: None,
        terms_per_second: Some(1e8 / seconds),
        bytes_per_second: None,
        ceiling_fraction: None,
        speedup: Some(nearly(speedup)),
        of_control: Some(nearly(speedup / workers as f64)),
        efficiency: Some(speedup / workers as f64),
        cpu_seconds: None,
        sum: Some("0".to_owned()),
        verdict: Verdict::Right,
        same_bits: true,
        retries: 0,
        note: None,
        imbalance: Some(1.0),
        start_seconds: None,
        phases: None,
        steals: None,
        counters: None,
        audit: (0..workers).map(worker).collect(),
        extra: Map::new(),
    }
}

/// The same run, in each term of which so much was counted of everything, with what a counter is sure of.
#[must_use]
pub fn counted(run: Run, per_term: CountersOfATerm) -> Run {
    let sum = |count: f64| Some(nearly(count * run.terms as f64));
    let counters = Counters {
        cycles: sum(per_term.cycles),
        instructions: sum(per_term.instructions),
        first_level_misses: sum(per_term.first_level_misses),
        cache_misses: sum(per_term.cache_misses),
        branch_misses: sum(per_term.branch_misses),
        estimated: false,
    };
    Run { counters: Some(counters), ..run }
}

/// What is counted in one term of a made-up run.
#[derive(Debug, Clone, Copy, Default)]
pub struct CountersOfATerm {
    /// Cycles.
    pub cycles: f64,
    /// Instructions.
    pub instructions: f64,
    /// Misses of the first-level cache.
    pub first_level_misses: f64,
    /// Misses of the last level.
    pub cache_misses: f64,
    /// Branches that were guessed wrong.
    pub branch_misses: f64,
}

/// Such a document of a lesson that sums integers.
pub fn integers(runs: Vec<Run>) -> Document {
    document("threads", Integers::NAME, runs)
}

/// Asserts that `finding` speaks on `document`, with each of `words`.
#[track_caller]
pub fn says(finding: Finding, document: &Document, words: &[&str]) {
    let sentence = finding(document).expect("the finding speaks");
    for word in words {
        assert!(sentence.contains(word), "{word:?} is not in {sentence:?}");
    }
}

/// Asserts that `finding` is silent on `document`.
#[track_caller]
pub fn silent(finding: Finding, document: &Document) {
    assert_eq!(finding(document), None);
}
