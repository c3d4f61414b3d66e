//! Every strategy of a lesson's table, on every kernel, at sizes and worker counts that divide badly:
//! the known answer, and every term summed exactly once. A new strategy is tested by standing in the
//! table.

use course::Table;
use kernels::{AnyKernel, AnyKnown, Known, Visitor, Workers};
use measure::audit::Audited;
use measure::{Context, Error, Ruling, Strategy, Subject};

const SIZES: [u64; 7] = [0, 1, 2, 3, 5, 1000, 100_003];
const WORKERS: [usize; 6] = [1, 2, 3, 4, 7, 1009];

/// Checks every row of `L`.
pub fn all_are_right<L: Table>() {
    for kernel in L::KERNELS {
        kernel.visit(OnKernel(std::marker::PhantomData::<L>));
    }
}

struct OnKernel<L>(std::marker::PhantomData<L>);

impl<L: Table> Visitor for OnKernel<L> {
    type Output = ();

    fn visit<K: Known>(self) {
        let table = L::strategies::<K>();
        let audited = L::strategies::<Audited<AnyKernel>>();
        for terms in SIZES {
            let kernel = K::new(terms).expect("few terms");
            let subject = Subject::new(AnyKnown::new(kernel.clone()), terms);
            subject.learn(subject.sum());
            // The rows of a lesson that is not parallel are only ever given one worker.
            let counts = if L::PARALLEL { &WORKERS[..] } else { &WORKERS[..1] };
            for &workers in counts {
                // More workers than terms: only where that does not take a thousand threads each time.
                if workers > 7 && terms != 1000 {
                    continue;
                }
                let context = Context::new(Workers::new(workers).expect("a small number"));
                for (strategy, audited) in table.iter().zip(&audited) {
                    if strategy.only.is_none_or(|only| only == K::NAME) {
                        check(&kernel, &subject, strategy, audited, &context);
                    }
                }
            }
        }
    }
}

fn check<K: Known>(
    kernel: &K,
    subject: &Subject,
    strategy: &Strategy<K>,
    audited: &Strategy<Audited<AnyKernel>>,
    context: &Context,
) {
    let (terms, workers) = (subject.terms(), context.workers());
    let run = format!("{} on {terms} {} by {workers}", strategy.name, K::NAME);
    let is_right = |sum| matches!(subject.rule(sum, strategy.floats), Ruling::Right { .. });
    let mut sum = match strategy.start(kernel, context) {
        // What this machine lacks is tested where it can be shown as ignored.
        Err(Error::Missing { .. }) => return,
        started => started.expect(&run),
    };
    // Twice, since a pool must be as good the second time.
    for _ in 0..2 {
        let sum = sum(kernel, 0..terms).expect(&run).sum;
        assert!(is_right(sum), "{run}: {sum}");
    }
    drop(sum);
    let recorded = Audited::new(subject.kernel().kernel());
    let mut sum = audited.start(&recorded, context).expect(&run);
    let total = sum(&recorded, 0..terms).expect(&run).sum;
    drop(sum);
    let audit = recorded.finish(workers);
    assert!(is_right(total), "{run}: {total}");
    assert!(audit.tiles(terms), "{run}: {:?}", audit.spans);
    assert!(audit.busy_workers() <= workers.get(), "{run}: {:?}", audit.workers);
}
