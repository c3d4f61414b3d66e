//! A million calls leave nothing behind. (A test of its own: others in the same process would use memory, too.)

use ffi::bridge::sums;
use ffi::{by_callback, mistakes};

const TIMES: u64 = 1_000_000;

/// What of this process is in memory, in bytes.
fn resident() -> u64 {
    let pages = std::fs::read_to_string("/proc/self/statm").expect("Linux tells");
    let pages = pages.split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok());
    pages.expect("the second number is that of the pages in memory") * 4096
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "reads from /proc what is in memory")]
fn a_million_calls_leave_nothing_behind() {
    std::panic::set_hook(Box::new(|_| ()));
    let run = |times: u64| {
        assert_eq!(mistakes::totals_made_and_freed(times), times);
        for _ in 0..times / 10 {
            assert!(sums::number_at(&[], 0).is_err());
            let stopped = by_callback(0..2, |i| if i == 1 { panic!("{i}") } else { i });
            assert!(stopped.is_err());
        }
    };
    // The first calls make what is kept.
    run(TIMES / 100);
    let before = resident();
    run(TIMES);
    // A leak of eight bytes in each tenth call would be this much.
    let after = resident();
    assert!(after < before + 800_000, "{before} bytes before, {after} after");
}
