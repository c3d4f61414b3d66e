use kernels::{Integers, Known};

use super::*;

fn audited(terms: u64) -> Audited<Integers> {
    Audited::new(Integers::new(terms).expect("few terms"))
}

#[test]
fn terms_one_by_one_are_one_stretch() {
    let kernel = audited(5000);
    let sum: u64 = (0..5000).map(|i| kernel.term(i)).sum();
    assert_eq!(sum, 4999 * 5000 / 2);
    let audit = kernel.finish(Workers::ONE);
    assert!(audit.tiles(5000));
    assert_eq!(audit.workers[0].ranges, 1);
    assert!(audit.workers[0].busy > Duration::ZERO);
}

#[test]
fn a_gap_an_overlap_and_a_dropped_tail_do_not_tile() {
    let cases: [&[(u64, u64)]; 4] =
        [&[(0, 4), (5, 10)], &[(0, 6), (5, 10)], &[(0, 9)], &[(0, 10), (0, 10)]];
    for case in cases {
        let kernel = audited(10);
        for (lo, hi) in case {
            kernel.sum(*lo..*hi);
        }
        assert!(!kernel.finish(Workers::ONE).tiles(10), "{case:?}");
    }
}

#[test]
fn terms_from_the_last_to_the_first_are_few_stretches() {
    let kernel = audited(100_000);
    let sum: u64 = (0..100_000).rev().map(|i| kernel.term(i)).sum();
    assert_eq!(sum, 4_999_950_000);
    let audit = kernel.finish(Workers::ONE);
    assert!(audit.complete && audit.tiles(100_000));
    assert!(audit.workers[0].ranges < 10_000, "{} spans", audit.workers[0].ranges);
}

#[test]
fn a_worker_that_jumps_about_does_not_fill_the_memory() {
    let terms = 1_200_000;
    let kernel = audited(terms);
    let sum: u64 = (0..terms).step_by(2).map(|i| kernel.term(i)).sum();
    assert_eq!(sum, 359_999_400_000);
    let audit = kernel.finish(Workers::ONE);
    assert!(!audit.complete && audit.spans.len() < 300_000, "{}", audit.spans.len());
}

#[test]
fn nothing_tiles_nothing() {
    assert!(audited(0).finish(Workers::ONE).tiles(0));
    assert!(!audited(1).finish(Workers::ONE).tiles(1));
}

#[test]
fn two_threads_are_two_workers_even_one_after_the_other() {
    let kernel = audited(10);
    for half in [0..5, 5..10] {
        let kernel = kernel.clone();
        std::thread::spawn(move || kernel.sum(half)).join().expect("no panic");
    }
    let audit = kernel.finish(Workers::new(3).expect("three"));
    assert_eq!(audit.busy_workers(), 2);
    assert_eq!(audit.workers.len(), 3);
    assert_eq!(audit.workers[0].id, "thread 1");
    assert_eq!(audit.workers[2].id, "idle");
}

#[test]
fn pieces_from_processes_are_kept_apart() {
    let kernel = audited(10);
    let now = Instant::now();
    for (process, range) in [(7, 0..5), (8, 5..10)] {
        let worker = WorkerId::Process(process);
        kernel.record(Event::Summed(Span { worker, range, start: now, end: Instant::now() }));
    }
    let audit = kernel.finish(Workers::new(2).expect("two"));
    assert!(audit.tiles(10));
    assert_eq!(audit.workers[1].id, "process 8");
}

#[test]
fn stolen_work_begins_a_stretch_of_its_own() {
    let kernel = audited(40);
    kernel.sum(0..10);
    kernel.record(Event::Stole);
    kernel.sum(10..20);
    kernel.sum(20..30);
    kernel.record(Event::Stole);
    let last: u64 = (30..40).map(|i| kernel.term(i)).sum();
    assert_eq!(last, 345);
    let audit = kernel.finish(Workers::ONE);
    assert!(audit.tiles(40));
    let begins: Vec<u64> =
        audit.spans.iter().filter(|span| span.stolen).map(|span| span.range.start).collect();
    assert_eq!(begins, [10, 30]);
    assert!(!audit.spans[0].stolen && audit.spans[0].range == (0..10));
    assert_eq!(audit.workers[0].steals, 2);
}

#[test]
fn a_stolen_range_without_terms_marks_nothing() {
    let kernel = audited(10);
    kernel.record(Event::Stole);
    kernel.sum(0..0);
    kernel.sum(0..10);
    let audit = kernel.finish(Workers::ONE);
    assert!(audit.spans.iter().all(|span| !span.stolen), "{:?}", audit.spans);
}

#[test]
fn pieces_know_their_worker_and_add_up_to_its_busy_time() {
    let kernel = audited(1_000_000);
    for (lo, hi) in [(500_000, 1_000_000), (0, 500_000)] {
        let kernel = kernel.clone();
        let work = move || -> u64 {
            (lo..hi).step_by(100_000).map(|lo| kernel.sum(lo..lo + 100_000)).sum()
        };
        std::thread::spawn(work).join().expect("no panic");
    }
    let now = Instant::now();
    let (worker, end) = (WorkerId::Process(7), now + Duration::from_millis(3));
    kernel.record(Event::Summed(Span { worker, range: 1_000_000..1_000_001, start: now, end }));
    let audit = kernel.finish(Workers::new(4).expect("four"));
    assert_eq!(audit.spans[0].worker, 0);
    assert_eq!(audit.spans.last().map(|span| span.worker), Some(2));
    for worker in &audit.workers {
        let mine = || audit.spans.iter().filter(|span| span.worker == worker.worker);
        let busy: Duration = mine().map(|span| span.end - span.start).sum();
        let terms: u64 = mine().map(|span| span.range.end - span.range.start).sum();
        assert_eq!((busy, terms), (worker.busy, worker.terms), "{worker:?}");
    }
}
