//! Every strategy of a lesson's table, on every kernel, at sizes and worker counts that divide badly:
//! the known answer, and every term summed exactly once. A new strategy is tested by standing in the
//! table.

use course::Table;
use kernels::{AnyKernel, AnyKnown, Home, Workers};
use measure::audit::Audited;
use measure::{Context, Error, Ruling, Strategy, Subject};

const SIZES: [u64; 7] = [0, 1, 2, 3, 5, 1000, 100_003];
const WORKERS: [usize; 5] = [1, 2, 3, 4, 7];

/// More workers than terms, of which most get nothing to do.
const CROWD: (u64, usize) = (1000, 1009);

/// Checks every row of `L`. Those of kernels such as a reader brings along are in [`own`](crate::own).
pub fn all_are_right<L: Table>() {
    let table = L::strategies::<AnyKernel>();
    for name in L::KERNELS.iter().filter(|name| !name.is_yours()) {
        for terms in SIZES {
            let kernel = AnyKnown::with_home(*name, terms, Home::Private).expect("few terms");
            let subject = Subject::new(kernel, terms);
            subject.learn(&subject.sum());
            // The rows of a lesson that is not parallel are only ever given one worker.
            let counts = if L::PARALLEL { &WORKERS[..] } else { &WORKERS[..1] };
            // A thousand threads take their time, and what they sum makes no difference.
            let crowded = L::PARALLEL && terms == CROWD.0 && *name == L::KERNELS[0];
            for &workers in counts.iter().chain(crowded.then_some(&CROWD.1)) {
                let context = Context::new(Workers::new(workers).expect("a small number"));
                for strategy in &table {
                    // One that has one worker is the same with any number.
                    let again = strategy.alone && workers > 1;
                    if !again && strategy.only.is_none_or(|only| only == *name) {
                        check(&subject, strategy, &context);
                    }
                }
            }
        }
    }
}

pub(crate) fn check(subject: &Subject, strategy: &Strategy<AnyKernel>, context: &Context) {
    let (terms, workers) = (subject.terms(), context.workers());
    let run = format!("{} on {terms} {} by {workers}", strategy.name, subject.kernel().name());
    let is_right = |sum: &_| matches!(subject.rule(sum, strategy.floats), Ruling::Right { .. });
    let kernel = subject.kernel().kernel();
    let mut sum = match strategy.start(&kernel, context) {
        // What this machine lacks is tested where it can be shown as ignored.
        Err(Error::Missing { .. }) => return,
        started => started.expect(&run),
    };
    // Twice, since a pool must be as good the second time.
    for _ in 0..2 {
        let sum = sum(&kernel, 0..terms).expect(&run).sum;
        assert!(is_right(&sum), "{run}: {sum:?}");
    }
    drop(sum);
    let recorded = Audited::new(kernel);
    let audited = AnyKernel::new(recorded.clone());
    let mut sum = strategy.start_audited(&audited, context).expect(&run);
    let total = sum(&audited, 0..terms).expect(&run).sum;
    let audit = recorded.finish(workers);
    assert!(is_right(&total), "{run}: {total:?}");
    assert!(audit.tiles(terms), "{run}: {:?}", audit.spans);
    assert!(audit.busy_workers() <= workers.get(), "{run}: {:?}", audit.workers);
}
