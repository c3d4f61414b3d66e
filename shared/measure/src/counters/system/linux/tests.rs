//! Few machines on which tests run lend the counters of their processor. The system counts page faults itself, on
//! every Linux: they go the same way.

use std::hint::black_box;
use std::sync::mpsc::channel;
use std::thread;

use memmap2::{Advice, MmapMut};
use perf_event::events::Software;

use super::*;
use crate::Error;
use crate::counters::meters::{Meters, Samples};

const PAGES: usize = 2000;

/// Starts the workers; gives the call in which they work.
type Start = fn() -> Box<dyn FnMut()>;

/// Touches pages that nobody has touched before, one by one.
fn touch() {
    let page = rustix::param::page_size();
    let mut fresh = MmapMut::map_anon(PAGES * page).expect("some megabytes");
    fresh.advise(Advice::NoHugePage).expect("Linux takes the advice");
    fresh.chunks_mut(page).for_each(|page| page[0] = black_box(1));
}

/// Starts a worker; gives the call in which it touches such pages.
fn pool() -> impl FnMut() {
    let (ask, asked) = channel::<()>();
    let (answer, done) = channel();
    thread::spawn(move || {
        asked.iter().for_each(|()| {
            touch();
            answer.send(()).expect("somebody waits");
        });
    });
    move || {
        ask.send(()).expect("it listens");
        done.recv().expect("it answers");
    }
}

/// What happens in several calls, as the counter of page faults sees it.
fn samples(meters: &mut Meters, work: &mut dyn FnMut()) -> Samples {
    let samples = meters.samples(&mut |calls| {
        (0..calls).for_each(|_| work());
        Ok::<(), Error>(())
    });
    samples.expect("nothing fails")
}

/// Opened here, or the reason why not: the system, a container or an emulator may lend nobody any counter.
fn meters() -> Result<Meters, Missing> {
    let meter = Meter::of(Software::PAGE_FAULTS.into())?;
    Ok(Meters(vec![(Event::Cycles, Ok(meter))])) // Under another name.
}

/// Where nothing can be counted, it is for a reason for which a system refuses even its own counts; and who asks is told
/// that reason, and given no number.
fn assert_refused(missing: Missing) {
    let known = [Missing::NotAllowed, Missing::Forbidden, Missing::NotBuilt];
    assert!(known.contains(&missing), "the system counts them itself: {missing}");
    let reason = missing.to_string();
    let mut meters = Meters(vec![(Event::Cycles, Err(missing))]);
    let counted =
        meters.count(&mut |_| -> Result<(), Error> { panic!("there is nothing to count") });
    let counted = counted.expect("nothing was called");
    assert!(counted.counters.is_empty(), "{counted:?}");
    assert_eq!(counted.missing, Some(reason));
}

#[test]
fn what_threads_do_that_are_started_later_is_counted() {
    // By the caller, by a thread of its own, and by a worker of a pool, which is there before the sum and lives on.
    let starts: [Start; 3] = [
        || Box::new(touch),
        || Box::new(|| thread::spawn(touch).join().expect("no panic")),
        || Box::new(pool()),
    ];
    for start in starts {
        let mut meters = match meters() {
            Ok(meters) => meters,
            Err(missing) => return assert_refused(missing),
        };
        let samples = samples(&mut meters, &mut start());
        let faults = samples.count(0).expect("it was counted").median;
        assert!(faults > 0.95 * PAGES as f64 && faults < 1.5 * PAGES as f64, "{faults}");
        assert!(!samples.are_estimates());
    }
}

/// The same worker, but started too early: what it does is not seen, and nobody takes the rest for all of it.
#[test]
fn threads_that_were_there_before_are_not_counted_and_that_is_said() {
    let mut work = pool();
    let mut meters = match meters() {
        Ok(meters) => meters,
        Err(missing) => return assert_refused(missing),
    };
    let samples = samples(&mut meters, &mut work);
    assert_eq!(meters.interval(&samples, 0), None);
    assert_eq!(meters.0[0].1.as_ref().err(), Some(&Missing::Elsewhere));
}

#[test]
fn each_refusal_has_its_reason() {
    let of = |errno: Errno| missing(&errno.into());
    assert!(matches!(of(Errno::NOENT), Missing::NoneHere { .. }));
    assert!(matches!(of(Errno::INVAL), Missing::NoneHere { .. }));
    assert_eq!(of(Errno::ACCESS), Missing::NotAllowed);
    assert_eq!(of(Errno::PERM), Missing::Forbidden);
    assert_eq!(of(Errno::NOSYS), Missing::NotBuilt);
    assert!(matches!(of(Errno::MFILE), Missing::Other(_)));
}
