//! How does the time change if the sum grows with the workers? This is called weak scaling.

use benches::results::Question;
use criterion::Criterion;
use kernels::{Integers, Known, Pi, Workers};

use crate::plan::Plan;
use crate::recorder::Recorder;
use crate::sample::{Peers, Problem};

/// Two kernels, three strategies. Every worker count has terms of its own: so many for each worker.
pub fn weak(criterion: &mut Criterion, plan: &Plan, recorder: &Recorder) {
    kernel::<Integers>(criterion, plan, recorder);
    kernel::<Pi>(criterion, plan, recorder);
}

fn kernel<K: Known>(criterion: &mut Criterion, plan: &Plan, recorder: &Recorder) {
    if plan.quick {
        return;
    }
    let name = format!("weak/{}", K::NAME);
    let mut group = recorder.group(criterion, &name);
    for workers in plan.counts() {
        let each = plan.terms(terms_of_one_worker::<K>());
        let terms = each * workers.get() as u64;
        let Some(problem) = recorder.noted(&name, Problem::<K>::new(terms, each)) else { continue };
        let scoped = benches::strategies::<threads::Threads, K>(&["scoped"]);
        let names = ["rayon-join", "deques"];
        let stealing = benches::strategies::<work_stealing::WorkStealing, K>(&names);
        for strategy in scoped.into_iter().chain(stealing) {
            let what = problem.measured(Question::Weak, &strategy.name, workers);
            let passes = problem.passes(&strategy, workers, Peers::BaselineAndControl);
            recorder.measure(&mut group, what, passes);
        }
    }
}

/// Half of the kernel's own size; less where so many workers would exceed its largest.
fn terms_of_one_worker<K: Known>() -> u64 {
    let most_workers = 2 * Workers::usable().get() as u64;
    (K::DEFAULT_TERMS / 2).min(K::LARGEST / most_workers)
}
