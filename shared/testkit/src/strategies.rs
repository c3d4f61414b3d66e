//! Every strategy of a lesson's table, on every kernel, at sizes and worker counts that divide badly:
//! the known answer, and every term summed exactly once. A new strategy is tested by standing in the
//! table.

use course::Lesson;
use kernels::{Integers, Known, Memory, Pi, Primes, Workers};
use measure::{Error, audit::Audited, verdict::Answer};

const SIZES: [u64; 7] = [0, 1, 2, 3, 5, 1000, 100_003];
const WORKERS: [usize; 6] = [1, 2, 3, 4, 7, 1009];

/// Checks every row of `L`.
pub fn all_are_right<L: Lesson>() {
    on_kernel::<L, Integers>();
    on_kernel::<L, Memory>();
    on_kernel::<L, Pi>();
    on_kernel::<L, Primes>();
}

fn on_kernel<L: Lesson, K: Known>() {
    for terms in SIZES {
        let kernel = K::new(terms).expect("few terms");
        let exact = kernel.sum(0..terms);
        let answer = Answer::known(&kernel).or_exact(&kernel, exact);
        // The rows of a lesson that is not parallel are only ever given one worker.
        let counts = if L::PARALLEL { &WORKERS[..] } else { &WORKERS[..1] };
        for &workers in counts {
            // More workers than terms: only where that does not take a thousand threads each time.
            if workers > 7 && terms != 1000 {
                continue;
            }
            let workers = Workers::new(workers).expect("a small number");
            let audited = L::strategies::<Audited<K>>();
            for (strategy, audited) in L::strategies::<K>().iter().zip(&audited) {
                if strategy.only.is_some_and(|only| only != K::NAME) {
                    continue;
                }
                let run = format!("{} on {terms} {} by {workers}", strategy.name, K::NAME);
                let mut sum = match strategy.start(&kernel, workers) {
                    // What this machine lacks is tested where it can be shown as ignored.
                    Err(Error::Missing { .. }) => continue,
                    started => started.expect(&run),
                };
                // Twice, since standing workers must be as good the second time.
                for _ in 0..2 {
                    let sum = sum(&kernel, 0..terms).expect(&run);
                    assert!(answer.accepts(&kernel, sum, strategy.floats), "{run}: {sum}");
                }
                drop(sum);
                let book = Audited::new(kernel.clone());
                let mut sum = audited.start(&book, workers).expect(&run);
                let total = sum(&book, 0..terms).expect(&run);
                drop(sum);
                let audit = book.finish(workers);
                assert!(answer.accepts(&kernel, total, strategy.floats), "{run}: {total}");
                assert!(audit.tiles(terms), "{run}: {:?}", audit.pieces);
                assert!(audit.busy_workers() <= workers.get(), "{run}: {:?}", audit.workers);
            }
        }
    }
}
