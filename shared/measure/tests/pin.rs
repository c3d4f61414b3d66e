//! Pinning as the strategies use it. Alone in its file, and so in its process: to ask for it is for
//! the whole process.
#![cfg(target_os = "linux")]

use std::thread;

use measure::pin;
use rustix::thread::{CpuSet, sched_getaffinity, sched_getcpu};

/// The cores that the calling thread may use.
fn cores() -> Vec<usize> {
    let mask = sched_getaffinity(None).expect("Linux tells");
    (0..CpuSet::MAX_CPU).filter(|core| mask.is_set(*core)).collect()
}

#[test]
fn a_worker_is_on_its_core_until_the_guard_is_dropped() {
    let usable = cores();
    assert_eq!(pin::succeeded(), None);
    let core = pin::worker(0);
    assert_eq!(cores(), usable, "nobody has asked");
    drop(core);

    pin::workers();
    for number in 0..2 * usable.len() {
        let own = usable[number % usable.len()];
        let core = pin::worker(number);
        assert_eq!((cores(), sched_getcpu()), (vec![own], own), "worker {number}");
        drop(core);
        assert_eq!(cores(), usable, "worker {number}");
    }
    // A pool's thread stays where it is, and its end changes nothing for others.
    let stays = || {
        pin::worker(0).for_good();
        cores()
    };
    assert_eq!(thread::spawn(stays).join().expect("no panic"), usable[..1]);
    assert_eq!(cores(), usable);
    // A worker that panics comes back, too.
    let panicked = std::panic::catch_unwind(|| {
        let _core = pin::worker(0);
        panic!("on purpose");
    });
    assert!(panicked.is_err());
    assert_eq!(cores(), usable);
    assert_eq!((pin::succeeded(), pin::refusal()), (Some(true), None));
}
