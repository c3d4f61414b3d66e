//! Every strategy, on every kernel, with 1 to 6 ranks, at sizes that divide badly: the known answer, the
//! same bits, and every term summed exactly once.

use distributed::Distributed;
use libtest_mimic::{Failed, Trial};
use shared::audit::Audited;
use shared::kernel::{Integers, Known, Memory, Pi, Primes};
use shared::verdict::Answer;
use shared::{Lesson, Workers};

use super::with_ranks;

/// Fewer terms than ranks, as many, and many.
const SIZES: [u64; 7] = [0, 1, 2, 3, 5, 1000, 100_003];

pub fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for ranks in 1..=6 {
        let all = move || {
            on_kernel::<Integers>(ranks)?;
            on_kernel::<Memory>(ranks)?;
            on_kernel::<Pi>(ranks)?;
            on_kernel::<Primes>(ranks)?;
            distributed::end_all();
            Ok(())
        };
        trials.push(with_ranks(format!("every_strategy_is_right_on_{ranks}_ranks"), all));
    }
    trials
}

fn on_kernel<K: Known>(ranks: usize) -> Result<(), Failed> {
    let workers = Workers::new(ranks).ok_or("a small number")?;
    for terms in SIZES {
        let kernel = K::new(terms)?;
        let exact = kernel.sum(0..terms);
        let answer = Answer::known(&kernel).or_exact(&kernel, exact);
        let audited = Distributed::strategies::<Audited<K>>();
        for (strategy, audited) in Distributed::strategies::<K>().iter().zip(&audited) {
            if strategy.only.is_some_and(|only| only != K::NAME) {
                continue;
            }
            let run = format!("{} of {terms} {} on {ranks} ranks", strategy.name, K::NAME);
            let mut sum = strategy.start(&kernel, workers)?;
            // Twice: ranks that stand must be as good the second time.
            for _ in 0..2 {
                let sum = sum(&kernel, 0..terms)?;
                if sum != exact || !answer.accepts(&kernel, sum, false) {
                    return Err(format!("{run}: {sum}").into());
                }
            }
            let book = Audited::new(kernel.clone());
            let total = audited.start(&book, workers)?(&book, 0..terms)?;
            let audit = book.finish(workers);
            if total != exact || !audit.tiles(terms) || audit.busy_workers() > ranks {
                return Err(format!("{run}: {total}, {:?}", audit.pieces).into());
            }
        }
    }
    Ok(())
}
