//! What every pool of workers has to bear: panics of a sum, and its end at any moment.

use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use kernels::{AnyKernel, Workers};
use measure::{Context, Error, Strategy};

use crate::counting::Counting;

/// Makes the strategy whose pool it is.
type Pool = dyn Fn() -> Strategy<AnyKernel>;

fn context(count: usize) -> Context {
    Context::new(Workers::new(count).expect("a small number"))
}

/// A sum with a bad term is one error, and the next sum is right.
pub fn a_panic_is_one_error_and_the_pool_goes_on(pool: &Pool) {
    let mut sum = pool().start(&Counting::new(1, &[]).any(), &context(4)).expect("threads start");
    for round in 0..20 {
        let bad = Counting::new(1000, &[round * 37]);
        let failed = sum(&bad.any(), bad.terms());
        let Err(Error::Worker { cause, .. }) = failed else { panic!("{failed:?}") };
        assert!(cause.ends_with("a bad term"), "{cause}");
        let good = Counting::new(1000, &[]);
        assert_eq!(sum(&good.any(), good.terms()).expect("no panics").sum, 499_500.into());
    }
}

/// Runs `work` on a thread of its own; a hang is a failure after a while and not for ever.
pub fn soon<T: Send + 'static>(what: &str, work: impl FnOnce() -> T + Send + 'static) -> T {
    let (send, receive) = channel();
    thread::spawn(move || send.send(work()));
    receive.recv_timeout(Duration::from_secs(60)).unwrap_or_else(|error| panic!("{what}: {error}"))
}

/// Before the first sum, while the workers still look for more, as they lie down, and in their sleep.
pub fn a_pool_may_be_dropped_at_any_moment(pool: fn() -> Strategy<AnyKernel>) {
    for idle in [0, 50, 200, 280, 300, 320, 400, 2000, 20_000].map(Duration::from_micros) {
        for sums in [0, 1, 3] {
            soon(&format!("dropped after {sums} sums and {idle:?}"), move || {
                let kernel = Counting::new(500, &[]);
                let mut sum = pool().start(&kernel.any(), &context(8)).expect("threads start");
                for _ in 0..sums {
                    assert_eq!(
                        sum(&kernel.any(), kernel.terms()).expect("no panics").sum,
                        124_750.into()
                    );
                }
                thread::sleep(idle);
                drop(sum);
                // Every clone of the kernel is gone: no thread and no task has been left behind.
                assert_eq!(Arc::strong_count(&kernel.times), 1);
            });
        }
    }
}
