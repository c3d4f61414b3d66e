//! Every strategy, on every kernel, with 1 to 6 ranks, at sizes that divide badly: the known answer, the
//! same bits, and every term summed exactly once.

use std::sync::Arc;

use distributed::Teams;
use kernels::{AnyKernel, AnyKnown, Integers, Known, Memory, Partial, Pi, Primes, Workers};
use libtest_mimic::{Failed, Trial};
use measure::Setup;
use measure::audit::Audited;
use measure::verdict::KnownAnswer;

use super::{PROGRAM, program, with_ranks};

/// Fewer terms than ranks, as many, and many.
const SIZES: [u64; 7] = [0, 1, 2, 3, 5, 1000, 100_003];

pub fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for ranks in 1..=6 {
        let all = move || {
            let teams = Arc::default(); // They end with this.
            on_kernel::<Integers>(&teams, ranks)?;
            on_kernel::<Memory>(&teams, ranks)?;
            on_kernel::<Pi>(&teams, ranks)?;
            on_kernel::<Primes>(&teams, ranks)
        };
        trials.push(with_ranks(format!("every_strategy_is_right_on_{ranks}_ranks"), all));
    }
    trials.push(with_ranks("all_that_stands_below_the_table_is_there", below_the_table));
    trials
}

/// What stands below the table, on every kernel: all there, and no wider than a terminal.
fn below_the_table() -> Result<(), Failed> {
    for kernel in ["integers", "memory", "pi", "primes"] {
        let arguments = ["-k", kernel, "-n", "10007", "--ranks", "1..3", "--rounds", "1"];
        let ended = program::run(PROGRAM, &arguments);
        let parts = ["the messages alone", "by formula, ranks", "simulated, ranks", "it stops at"];
        let missing = parts.into_iter().find(|part| !ended.stdout.contains(part));
        let weak = ended.stdout.contains("weak scaling") == (kernel != "primes");
        let wide = ended.stdout.lines().find(|line| line.chars().count() > 80);
        let failed = ended.stdout.contains("failed") || ended.stdout.contains("NaN");
        if ended.code() != Some(0) || missing.is_some() || wide.is_some() || failed || !weak {
            return Err(format!("{kernel}: {missing:?} {wide:?} {ended:?}").into());
        }
    }
    Ok(())
}

fn on_kernel<K: Known>(teams: &Arc<Teams>, ranks: usize) -> Result<(), Failed> {
    let context = Setup::default().context(Workers::new(ranks).ok_or("a small number")?);
    for terms in SIZES {
        let kernel = K::new(terms)?;
        let exact = kernel.sum(0..terms).erased();
        let known = AnyKnown::new(kernel);
        let kernel = known.kernel();
        let mut answer = KnownAnswer::of(&known);
        answer.learn(&known, &exact);
        for strategy in distributed::rows::<AnyKernel>(teams) {
            if strategy.only.is_some_and(|only| only != K::NAME) {
                continue;
            }
            let run = format!("{} of {terms} {} on {ranks} ranks", strategy.name, K::NAME);
            let mut sum = strategy.start(&kernel, &context)?;
            // Twice: ranks that stand must be as good the second time.
            for _ in 0..2 {
                let sum = sum(&kernel, 0..terms)?.sum;
                if sum != exact || !answer.accepts(&known, &sum, false) {
                    return Err(format!("{run}: {sum:?}").into());
                }
            }
            let recorded = Audited::new(kernel.clone());
            let audited = AnyKernel::new(recorded.clone());
            let total = strategy.start_audited(&audited, &context)?(&audited, 0..terms)?.sum;
            let audit = recorded.finish(context.workers());
            if total != exact || !audit.tiles(terms) || audit.busy_workers() > ranks {
                return Err(format!("{run}: {total:?}, {:?}", audit.spans).into());
            }
        }
    }
    Ok(())
}
