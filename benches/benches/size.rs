//! From how many terms on is it worth sharing?

use benches::results::{Measured, Question};
use criterion::Criterion;
use kernels::{Integers, Workers};
use measure::Strategy;

use crate::plan::Plan;
use crate::recorder::Recorder;
use crate::sample::{Peers, Problem};

/// A strategy gets no more terms once a call takes longer than this, in seconds.
const LONG: f64 = 0.05;

/// The sizes of the first turn, every second decade.
const SIZES: [u64; 4] = [100, 10_000, 1_000_000, 100_000_000];

/// Each strategy at all workers, and the sequential sum. First at every second decade; then at the
/// decades between, where some strategy begins to pay.
pub fn size(criterion: &mut Criterion, plan: &Plan, recorder: &Recorder) {
    let mut measure = |terms: u64| {
        let name = format!("size/integers-{terms}");
        let Some(problem) = recorder.noted(&name, Problem::<Integers>::new(terms, terms)) else {
            return;
        };
        let mut group = recorder.group(criterion, &name);
        for (strategy, workers) in table() {
            let smaller = SIZES.iter().filter(|size| **size < terms);
            let too_long = |size: &u64| {
                let id = problem.measured(Question::Size, &strategy.name, workers);
                let id = Measured { terms: *size, ..id }.id();
                recorder.median(&id).is_some_and(|seconds| seconds > LONG)
            };
            if smaller.into_iter().any(too_long) {
                continue;
            }
            let what = problem.measured(Question::Size, &strategy.name, workers);
            let passes = problem.passes(&strategy, workers, Peers::Baseline);
            recorder.measure(&mut group, what, passes);
        }
    };
    SIZES.into_iter().for_each(&mut measure);
    for pair in SIZES.windows(2) {
        let between = pair[0] * 10;
        // Whoever only lists or tests the benches sees all of them.
        if !plan.measures || pays_between(recorder, pair[0], pair[1]) {
            measure(between);
        }
    }
}

/// Whether some strategy is slower than the sequential sum at `small` terms, and faster at `large`.
fn pays_between(recorder: &Recorder, small: u64, large: u64) -> bool {
    let results = recorder.so_far(false);
    let wins = |strategy: &str, terms: u64| {
        let found = results
            .of(Question::Size)
            .find(|measured| measured.strategy == strategy && measured.terms == terms);
        found.and_then(|measured| measured.speedup()).map(|speedup| speedup.median > benches::TIE)
    };
    table().iter().any(|(strategy, _)| {
        wins(&strategy.name, small) == Some(false) && wins(&strategy.name, large) == Some(true)
    })
}

fn table() -> Vec<(Strategy<Integers>, Workers)> {
    let usable = Workers::usable();
    let alone = benches::strategies::<sequential::Sequential, _>(&["simd"]);
    let scoped = benches::strategies::<threads::Threads, _>(&["scoped", "hot-team"]);
    let pool = benches::strategies::<processes::Processes, _>(&["pool"]);
    let stealing = benches::strategies::<work_stealing::WorkStealing, _>(&["rayon-join", "deques"]);
    let alone = alone.into_iter().map(|strategy| (strategy, Workers::ONE));
    let shared = scoped.into_iter().chain(pool).chain(stealing);
    alone.chain(shared.map(|strategy| (strategy, usable))).collect()
}
