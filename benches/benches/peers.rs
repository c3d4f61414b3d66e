//! How does it compare with the same sums in C++, and with rayon?
//!
//! The bench compiles a program in C++ with the libraries that are here: OpenMP, oneTBB, the parallel algorithms of
//! C++17. Each of its ways takes turns with the strategy of ours that cuts the terms alike, pass by pass, so that both
//! see the same machine; which of them begins is drawn. Before a side runs, all workers of the other one are asleep.

mod opponent;
mod pairs;
mod turns;

use std::time::Duration;

use benches::cpp::{Built, built};
use benches::results::{Measured, Peer, Question};
use criterion::Criterion;
use kernels::{Integers, Kernel, Known, Memory, Pi, Primes, Workers, available_memory};
use measure::Error;

use crate::plan::Plan;
use crate::recorder::Recorder;
use crate::sample::Problem;
use opponent::Opponent;
use pairs::{PAIRS, Pair};
use turns::Turns;

/// How long the samples of one id take; there are many ids, and both sides run within each sample.
const MEASUREMENT: Duration = Duration::from_millis(150);

/// Each kernel every way, at sizes from a few microseconds to a good part of a second; and a sum of nothing, which
/// is what it costs to hand out work.
pub fn peers(criterion: &mut Criterion, plan: &Plan, recorder: &Recorder) {
    if plan.quick {
        return;
    }
    let folder = match tempfile::tempdir() {
        Ok(folder) => folder,
        Err(cause) => return recorder.skipped("peers", format!("no temporary folder: {cause}")),
    };
    let cpp = built(folder.path());
    note_missing(recorder, &cpp);
    let mut bench = Bench { criterion, plan, recorder, cpp };
    bench.nothing();
    bench.sums::<Integers>(Integers::DEFAULT_TERMS / 4);
    bench.sums::<Memory>(10_000);
    bench.sums::<Memory>(1_000_000);
    bench.sums::<Memory>(100_000_000);
    bench.sums::<Pi>(20_000_000);
    bench.sums::<Primes>(1_000_000);
}

/// Notes what is skipped, once for each reason.
fn note_missing(recorder: &Recorder, cpp: &Result<Built, String>) {
    let mut reasons: Vec<(String, Vec<&str>)> = Vec::new();
    for pair in PAIRS {
        let Some(why) = pair.missing(cpp) else { continue };
        match reasons.iter_mut().find(|(reason, _)| *reason == why) {
            Some((_, ways)) => ways.push(pair.way),
            None => reasons.push((why, vec![pair.way])),
        }
    }
    for (why, ways) in reasons {
        recorder.skipped(&format!("peers/*/{}", ways.join(", peers/*/")), why);
    }
}

/// What every pair needs.
struct Bench<'b> {
    criterion: &'b mut Criterion,
    plan: &'b Plan,
    recorder: &'b Recorder,
    cpp: Result<Built, String>,
}

/// One sum, with nobody yet to make it.
struct Task<K: Kernel> {
    /// The id without strategy and workers.
    name: String,
    /// What is measured, but not of whom.
    blank: Measured,
    /// Made for the first sample, and only then: no id may be asked for, and numbers in memory take their time.
    problem: Option<Problem<K>>,
    make: fn(u64) -> Result<Problem<K>, Error>,
}

impl Bench<'_> {
    fn sums<K: Known<Partial = u64>>(&mut self, terms: u64) {
        let name = format!("peers/{}-{terms}", K::NAME);
        let terms = self.plan.terms(terms);
        // Both sides lay their numbers out.
        let (needed, available) = (2 * terms * K::BYTES_PER_TERM, available_memory());
        if needed > available {
            let gigabytes = |bytes: u64| units::three_digits(bytes as f64 * 1e-9);
            let (needed, available) = (gigabytes(needed), gigabytes(available));
            let why = format!("it needs {needed} GB of memory, and {available} GB are there");
            return self.recorder.skipped(&name, format!("{why}; close other programs"));
        }
        let blank = Measured::nothing(Question::Peers, K::NAME.as_str(), "", 1);
        let blank = Measured { terms, baseline_terms: terms, ..blank };
        let mut task =
            Task { name, blank, problem: None, make: |terms| Problem::<K>::new(terms, terms) };
        PAIRS.iter().for_each(|pair| self.one(pair, &mut task));
    }

    /// As many terms as workers, and nothing in any of them.
    fn nothing(&mut self) {
        let problem = Some(Problem::nothing(Workers::usable().get() as u64));
        let blank = Measured::nothing(Question::Peers, "nothing", "", 1);
        let make = |terms| Ok(Problem::nothing(terms));
        let mut task = Task { name: "peers/nothing".to_owned(), blank, problem, make };
        let shared = PAIRS.iter().filter(|pair| !pair.is_sequential());
        shared.for_each(|pair| self.one(pair, &mut task));
    }

    /// One pair, taking turns, where it can be had here.
    fn one<K: Kernel<Partial = u64>>(&mut self, pair: &Pair, task: &mut Task<K>) {
        let Bench { criterion, plan, recorder, cpp } = self;
        if pair.missing(cpp).is_some() {
            return;
        }
        let Task { name, blank, problem, make } = task;
        let mut group = recorder.group(criterion, name);
        if !plan.names("--measurement-time") {
            group.measurement_time(MEASUREMENT);
        }
        let workers = pair.workers();
        let peer = Some(Peer { strategy: pair.ours::<K>().name.clone(), seconds: Vec::new() });
        let (strategy, kernel) = (pair.way.to_owned(), blank.kernel.as_str());
        let what = Measured { strategy, workers: workers.get(), peer, ..blank.clone() };
        let mut turns: Option<Turns<K>> = None;
        recorder.measure(&mut group, what, |calls, rng| {
            let problem = match &mut *problem {
                Some(problem) => problem,
                none => none.insert(make(blank.terms)?),
            };
            let turns = match &mut turns {
                Some(turns) => turns,
                none => {
                    let foreign = Opponent::start(pair, cpp, kernel, problem)?;
                    none.insert(Turns::start(foreign, pair.ours::<K>(), workers, problem)?)
                }
            };
            turns.pass(problem, calls, rng)
        });
    }
}
