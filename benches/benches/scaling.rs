//! How does the time change with the number of workers?

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, SamplingMode};
use shared::kernel::{Home, Integers, Known, Primes};
use shared::{Strategy, Workers};

/// One group for each kernel; in it every strategy at every worker count.
pub fn scaling(criterion: &mut Criterion) {
    kernel::<Integers>(criterion);
    kernel::<Primes>(criterion);
}

fn kernel<K: Known>(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group(format!("scaling/{}", K::NAME));
    group
        .sample_size(10)
        .warm_up_time(Duration::from_millis(100))
        .measurement_time(Duration::from_millis(300))
        .sampling_mode(SamplingMode::Flat);
    let terms = K::DEFAULT_TERMS;
    let kernel = K::with_home(terms, Home::Shared).expect("the default size fits");
    let right = kernel.sum(0..terms);
    for (strategy, alone) in table::<K>() {
        let counts = if alone { vec![Workers::ONE] } else { Workers::ladder(Workers::usable()) };
        for workers in counts {
            // The workers that stay are started here, outside the timed closure, and only if this
            // id was asked for: criterion calls the closure then, and only then.
            let id = BenchmarkId::new(&strategy.name, workers);
            group.bench_function(id, |bencher| {
                let mut sum = strategy.start(&kernel, workers).expect("the workers start");
                bencher.iter(|| {
                    let total = sum(black_box(&kernel), black_box(0..terms));
                    assert_eq!(total.expect("the strategy works"), right, "{}", strategy.name);
                });
            });
        }
    }
    group.finish();
}

/// The strategies worth a line; `true` for those that use one worker only.
fn table<K: Known>() -> Vec<(Strategy<K>, bool)> {
    let sequential = benches::strategies::<sequential::Sequential, K>(&["simd"]);
    let parallel = benches::strategies::<threads::Threads, K>(&["scoped", "self-scheduled"])
        .into_iter()
        .chain(benches::strategies::<processes::Processes, K>(&["pool"]))
        .chain(benches::strategies::<work_stealing::WorkStealing, K>(&["rayon-join", "deques"]));
    let alone = sequential.into_iter().map(|strategy| (strategy, true));
    alone.chain(parallel.map(|strategy| (strategy, false))).collect()
}
