//! A panic of a worker surfaces once, as an error that names the worker, and the workers of a pool can be
//! used again.

use course::Table;
use kernels::{AnyKernel, Workers};
use measure::{Context, Error, panics};

use crate::counting::Counting;

const TERMS: u64 = 1000;
const WORKERS: usize = 4;

/// Checks every row of `L` but the learner's own. Those of `nameless` cannot know the worker.
pub fn are_errors_that_name_the_worker<L: Table>(nameless: &[&str]) {
    panics::quiet();
    for strategy in L::strategies::<AnyKernel>() {
        let name = strategy.name.as_str();
        if name == "your-turn" {
            continue;
        }
        let context = Context::new(Workers::new(WORKERS).expect("a small number"));
        let good = Counting::new(TERMS, &[]);
        let mut sum = strategy.start(&good.any(), &context).expect("threads start");
        let right = sum(&good.any(), good.terms()).expect("no panics").sum;
        // In the first, the last and a middle range, and everywhere; in a sum that is not shared, too.
        let everywhere: Vec<u64> = (0..TERMS).collect();
        let cases =
            [(TERMS, &[0][..]), (TERMS, &[TERMS - 1]), (TERMS, &[400]), (TERMS, &everywhere)];
        for (terms, bad) in cases.into_iter().chain([(3, &[2][..])]) {
            let kernel = Counting::new(terms, bad);
            let failed = sum(&kernel.any(), kernel.terms()).map(|summed| summed.sum);
            let Err(Error::Worker { worker, cause, .. }) = failed else {
                panic!("{name}: {failed:?}")
            };
            assert!(cause.starts_with("it panicked at "), "{name}: {cause}");
            assert!(cause.ends_with(": a bad term"), "{name}: {cause}");
            let number = worker.strip_prefix("worker ").and_then(|number| number.parse().ok());
            let known = number.is_some_and(|number: usize| number < WORKERS);
            assert!(known || nameless.contains(&name), "{name}: {worker}");
            assert!(kernel.times().iter().all(|times| *times <= 1), "{name}: summed twice");
            assert_eq!(
                sum(&good.any(), good.terms()).expect(name).sum,
                right,
                "{name}: used again"
            );
        }
    }
}
