//! Idle workers cost nothing. Alone in its file, and so in its process, whose CPU time it reads.

use std::time::Duration;

use course::Table;
use kernels::{AnyKernel, Integers, Known, Workers};
use measure::Context;
use work_stealing::WorkStealing;

/// The processor time of this process.
fn cpu() -> Duration {
    #[cfg(unix)]
    {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
        Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
    }
    #[cfg(not(unix))]
    Duration::ZERO
}

/// Waiting workers sleep: a second of waiting costs next to no CPU time.
#[test]
#[cfg_attr(not(unix), ignore = "needs a clock of the processor time of all threads")]
fn idle_workers_use_no_cpu_time() {
    let kernel = AnyKernel::new(Integers::new(50_000_000).expect("few terms"));
    let table = WorkStealing::strategies::<AnyKernel>();
    let deques = table.into_iter().find(|strategy| strategy.name == "deques");
    let workers = Workers::new(8).expect("a small number");
    let deques = deques.expect("the lesson has deques");
    let mut sum = deques.start(&kernel, &Context::new(workers)).expect("threads start");
    let total = sum(&kernel, 0..50_000_000).expect("no panics").sum;
    assert_eq!(total, 1_249_999_975_000_000.into());
    std::thread::sleep(Duration::from_millis(100));
    let before = cpu();
    std::thread::sleep(Duration::from_secs(1));
    let used = cpu() - before;
    assert!(used < Duration::from_millis(300), "{used:?}");
}
