//! Who worked when? An audited run of each scheduling strategy on uneven work.

use std::time::Duration;

use benches::results::Timeline;
use kernels::{AnyKernel, Kernel, Known, Primes, Workers};
use measure::audit::{Audit, Audited};
use measure::{Context, Error, Strategy, time};

use crate::plan::Plan;
use crate::recorder::Recorder;

/// So many runs are audited, and the quickest is kept: in the others something else had a core for a while, and the
/// picture would show that.
const RUNS: usize = 7;

/// The timelines of the strategies that differ in who takes what, on `primes`.
pub fn timelines(plan: &Plan, recorder: &Recorder) {
    // Filters name ids, and timelines have none: they belong to whole runs and to quick ones.
    let filtered = plan.arguments.iter().any(|argument| !argument.starts_with('-'));
    if filtered {
        return;
    }
    let workers = Workers::usable();
    let terms = Primes::DEFAULT_TERMS;
    let threads = benches::strategies::<threads::Threads, AnyKernel>(&[
        "scoped",
        "channel",
        "self-scheduled",
    ]);
    let stealing = benches::strategies::<work_stealing::WorkStealing, AnyKernel>(&[
        "rayon-join",
        "deques",
        "chili",
    ]);
    for strategy in threads.into_iter().chain(stealing) {
        let id = format!("timeline/primes/{}", strategy.name);
        let run = recorder.noted(&id, quickest_run(&strategy, terms, workers));
        if let Some((wall, audit)) = run {
            let name = Primes::NAME.as_str();
            recorder.timeline(Timeline::of(name, &strategy.name, terms, wall, &audit));
        }
    }
}

/// The quickest of some runs, with its audit.
fn quickest_run(
    strategy: &Strategy<AnyKernel>,
    terms: u64,
    workers: Workers,
) -> Result<(Duration, Audit), Error> {
    let kernel = Primes::new(terms)?;
    let right = kernel.sum(0..terms).into();
    let mut sum = strategy.start(&AnyKernel::new(kernel.clone()), &Context::new(workers))?;
    let mut quickest: Option<(Duration, Audit)> = None;
    for _ in 0..RUNS {
        let audited = Audited::new(kernel.clone());
        let any = AnyKernel::new(audited.clone());
        let (total, wall) = time(|| sum(&any, 0..terms));
        let total = total?.sum;
        let audit = audited.finish(workers);
        if total != right || !audit.tiles(terms) {
            return Err(crate::sample::wrong(&strategy.name));
        }
        if quickest.as_ref().is_none_or(|(shortest, _)| wall < *shortest) {
            quickest = Some((wall, audit));
        }
    }
    Ok(quickest.expect("there are some runs"))
}
