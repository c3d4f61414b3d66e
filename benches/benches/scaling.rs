//! How does the time change with the number of workers, for the same sum?

use benches::results::Question;
use criterion::Criterion;
use kernels::{Home, KernelName, Known, Visitor, Workers};
use measure::check::{LONGEST_CHECK, joins_within};
use measure::{Error, Strategy};

use crate::plan::Plan;
use crate::recorder::Recorder;
use crate::sample::{Peers, Problem};

/// A group for each kernel; in it every strategy at every worker count. The kernels' own sizes take
/// 5 to 50 milliseconds on one core. The reader's own is measured where it is asked for by name.
pub fn scaling(criterion: &mut Criterion, plan: &Plan, recorder: &Recorder) {
    let wanted = |name: &&KernelName| !name.is_yours() || plan.names(name.as_str());
    for name in KernelName::ALL.iter().filter(wanted) {
        name.visit(Scaling { criterion, plan, recorder });
    }
}

/// The question for one kernel.
struct Scaling<'s> {
    criterion: &'s mut Criterion,
    plan: &'s Plan,
    recorder: &'s Recorder,
}

impl Visitor for Scaling<'_> {
    type Output = ();

    fn visit<K: Known>(self) {
        kernel::<K>(self.criterion, self.plan, self.recorder);
    }
}

fn kernel<K: Known>(criterion: &mut Criterion, plan: &Plan, recorder: &Recorder) {
    let name = format!("scaling/{}", K::NAME);
    let Some(problem) = recorder.noted(&name, problem::<K>(plan)) else { return };
    let mut group = recorder.group(criterion, &name);
    let suits =
        |strategy: &Strategy<K>| strategy.needs.unmet(&problem.kernel, problem.terms).is_none();
    for (strategy, counts) in table::<K>(plan).into_iter().filter(|(row, _)| suits(row)) {
        for workers in counts {
            let what = problem.measured(Question::Scaling, &strategy.name, workers);
            let passes = problem.passes(&strategy, workers, Peers::BaselineAndControl);
            recorder.measure(&mut group, what, passes);
        }
    }
}

/// The kernel with all its terms, or with few where nothing is timed.
fn problem<K: Known>(plan: &Plan) -> Result<Problem<K>, Error> {
    joins_within(LONGEST_CHECK, K::NAME)?;
    let terms = plan.terms(K::DEFAULT_TERMS);
    Problem::of(K::with_home(terms, Home::Shared)?, terms, terms)
}

/// The strategies worth a line, each with its worker counts.
fn table<K: Known>(plan: &Plan) -> Vec<(Strategy<K>, Vec<Workers>)> {
    let sequential = benches::strategies::<sequential::Sequential, K>(&["simd"]);
    let parallel = ["scoped", "channel", "self-scheduled", "pool"];
    let stealing = ["rayon-chunks", "rayon-join", "deques", "chili"];
    let (threads, pool) = parallel.split_at(3);
    let parallel = benches::strategies::<threads::Threads, K>(&plan.some(threads))
        .into_iter()
        .chain(benches::strategies::<processes::Processes, K>(pool))
        .chain(benches::strategies::<work_stealing::WorkStealing, K>(&plan.some(&stealing)));
    let alone = sequential.into_iter().map(|strategy| (strategy, vec![Workers::ONE]));
    alone.chain(parallel.map(|strategy| (strategy, plan.counts()))).collect()
}
