use std::thread;

use kernels::Workers;

use super::*;
use crate::{Cancellation, Setup};

/// Where the calling thread may run.
fn cores() -> Vec<usize> {
    Here::place().map(|place| Here::cores(&place)).unwrap_or_default()
}

#[test]
fn a_system_that_pins_nothing_says_why() {
    let wanted = Affinity::wanted();
    assert_eq!(Affinity::default().succeeded(), None, "nobody has asked");
    match Here::pinnable() {
        Ok(threads) => assert!(!threads.is_empty() && wanted.refusal().is_none()),
        Err(why) => {
            assert_eq!(wanted.refusal().as_deref(), Some(why));
            assert_eq!(wanted.succeeded(), Some(false));
        }
    }
    // What does not work for threads does not for processes; and not the other way round.
    drop(wanted.pin_child(0));
    assert!(wanted.succeeded() == Some(false) || Here::CHILDREN_INHERIT_PINS);
}

#[test]
fn a_core_that_is_not_there_is_refused_and_nothing_changes() {
    let before = Here::place().ok();
    // Few machines have so many.
    let refused = Pin::to(1023).expect_err("there is no such core");
    let kinds = [io::ErrorKind::InvalidInput, io::ErrorKind::Unsupported];
    assert!(kinds.contains(&refused.kind()), "{refused}");
    assert_eq!(Here::place().ok(), before);
}

#[test]
fn a_worker_is_on_its_core_until_the_guard_is_dropped() {
    let Ok(threads) = Here::pinnable() else { return };
    let usable = Here::place().expect("it can be pinned");
    let free = Setup::default();
    let worker = free.context(Workers::ONE).enter(0);
    assert_eq!(Here::place().expect("it can be pinned"), usable, "nobody has asked");
    drop(worker);

    let setup = Setup::new(Cancellation::default()).pinned();
    let context = setup.context(Workers::ONE);
    let order = Order::of(&threads).cores;
    for number in 0..2 * order.len() {
        let own = order[number % order.len()];
        let worker = context.enter(number);
        assert_eq!(cores(), [own], "worker {number}");
        drop(worker);
        assert_eq!(Here::place().expect("it can be pinned"), usable, "worker {number}");
    }
    // A pool's thread stays where it is, and its end changes nothing for others.
    let theirs = context.clone();
    let stays = move || {
        theirs.enter(0).for_good();
        cores()
    };
    assert_eq!(thread::spawn(stays).join().expect("no panic"), order[..1]);
    assert_eq!(Here::place().expect("it can be pinned"), usable);
    // A worker that panics comes back, too.
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _worker = context.enter(0);
        panic!("on purpose");
    }));
    assert!(panicked.is_err());
    assert_eq!(Here::place().expect("it can be pinned"), usable);
    assert_eq!((setup.affinity().succeeded(), setup.affinity().refusal()), (Some(true), None));
}
