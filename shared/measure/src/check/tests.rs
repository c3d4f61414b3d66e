use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Barrier};
use std::thread;

use kernels::{Home, Integers, Kernel, Known, split};

use super::*;
use crate::{Context, Sum};

type Planted = fn(&AnyKernel, Range<u64>, &Context) -> Result<u64, Error>;

fn check(seed: u64) -> Check {
    Check {
        subjects: Arc::new(Subjects::new(Integers::NAME, Home::Private)),
        most_terms: u64::MAX,
        parallel: true,
        seed,
        limit: Duration::from_secs(60),
    }
}

fn complaint(planted: Planted, seed: u64) -> Option<String> {
    let make = move || Strategy::new("planted", "", planted);
    let complaint = check(seed).complaint("planted", &Setup::default(), make)?;
    assert!(matches!(complaint, Complaint::Wrong(_)), "{complaint:?}");
    Some(complaint.text().to_owned())
}

fn sum(kernel: &AnyKernel, range: Range<u64>) -> u64 {
    kernel.sum(range).number().expect("whole numbers")
}

fn term(kernel: &AnyKernel, i: u64) -> u64 {
    kernel.term(i).number().expect("whole numbers")
}

/// Runs `part` for the range of each worker, on a thread of its own.
fn on_threads(
    terms: &Range<u64>,
    context: &Context,
    part: impl Fn(Range<u64>) + Sync,
) -> Result<(), Error> {
    let part = &part;
    thread::scope(|scope| {
        for range in split::ranges(terms, context.workers()) {
            scope.spawn(move || part(range));
        }
    });
    Ok(())
}

fn right(kernel: &AnyKernel, terms: Range<u64>, context: &Context) -> Result<u64, Error> {
    let total = AtomicU64::new(0);
    on_threads(&terms, context, |range| {
        total.fetch_add(sum(kernel, range), Relaxed);
    })?;
    Ok(total.into_inner())
}

fn drops_the_tail(kernel: &AnyKernel, terms: Range<u64>, context: &Context) -> Result<u64, Error> {
    let each = split::len(&terms) / context.workers().get() as u64;
    let ranges =
        (0..context.workers().get() as u64).map(|worker| worker * each..(worker + 1) * each);
    Ok(ranges.map(|range| sum(kernel, range)).sum())
}

/// Two threads may load the same total; the later store wins.
fn add(total: &AtomicU64, partial: u64) {
    total.store(total.load(Relaxed) + partial, Relaxed);
}

fn loses_by_worker(kernel: &AnyKernel, terms: Range<u64>, context: &Context) -> Result<u64, Error> {
    let total = AtomicU64::new(0);
    on_threads(&terms, context, |range| add(&total, sum(kernel, range)))?;
    Ok(total.into_inner())
}

fn loses_by_block(kernel: &AnyKernel, terms: Range<u64>, context: &Context) -> Result<u64, Error> {
    let (total, next) = (AtomicU64::new(0), AtomicU64::new(0));
    let size = split::block_size(kernel, &terms);
    on_threads(&terms, context, |_| {
        while let Some(block) = split::block(&terms, size, next.fetch_add(1, Relaxed)) {
            add(&total, sum(kernel, block));
        }
    })?;
    Ok(total.into_inner())
}

fn loses_by_term(kernel: &AnyKernel, terms: Range<u64>, context: &Context) -> Result<u64, Error> {
    let total = AtomicU64::new(0);
    on_threads(&terms, context, |range| range.for_each(|i| add(&total, term(kernel, i))))?;
    Ok(total.into_inner())
}

/// Adds in private, term by term, and shares once.
fn loses_at_the_end(
    kernel: &AnyKernel,
    terms: Range<u64>,
    context: &Context,
) -> Result<u64, Error> {
    let total = AtomicU64::new(0);
    on_threads(&terms, context, |range| add(&total, range.map(|i| term(kernel, i)).sum()))?;
    Ok(total.into_inner())
}

/// The caller is worker 0: the total is in the cache of one core already.
fn loses_beside_the_caller(
    kernel: &AnyKernel,
    terms: Range<u64>,
    context: &Context,
) -> Result<u64, Error> {
    let total = AtomicU64::new(0);
    let mut ranges = split::ranges(&terms, context.workers());
    let first = ranges.next().expect("one worker at least");
    thread::scope(|scope| {
        let total = &total;
        ranges.for_each(|range| drop(scope.spawn(move || add(total, sum(kernel, range)))));
        add(total, sum(kernel, first));
    });
    Ok(total.into_inner())
}

fn reads_too_soon(kernel: &AnyKernel, terms: Range<u64>, context: &Context) -> Result<u64, Error> {
    let total = Arc::new(AtomicU64::new(0));
    let threads = split::ranges(&terms, context.workers()).map(|range| {
        let (total, kernel) = (Arc::clone(&total), kernel.clone());
        thread::spawn(move || total.fetch_add(sum(&kernel, range), Relaxed))
    });
    let mut threads: Vec<_> = threads.collect();
    let last = threads.pop();
    threads.into_iter().for_each(|thread| drop(thread.join()));
    let sum = total.load(Relaxed);
    last.into_iter().for_each(|thread| drop(thread.join()));
    Ok(sum)
}

/// The second sum of these workers begins where the first ended.
fn keeps_its_total(context: &Context) -> Sum<AnyKernel> {
    let (mut total, context) = (0, context.clone());
    Box::new(move |kernel, terms| {
        total += right(kernel, terms, &context)?;
        Ok(Total::from(total).into())
    })
}

fn waits_for_ever(kernel: &AnyKernel, terms: Range<u64>, context: &Context) -> Result<u64, Error> {
    let barrier = Barrier::new(context.workers().get() + 1);
    on_threads(&terms, context, |_| {
        barrier.wait();
    })?;
    Ok(sum(kernel, terms))
}

#[test]
fn a_right_strategy_passes() {
    for seed in 0..2 {
        assert_eq!(complaint(right, seed), None);
    }
}

#[test]
fn a_dropped_tail_is_found_and_named() {
    let text = complaint(drops_the_tail, 1).expect("it drops the tail");
    let named = "1 term too few: 100,002..100,003 was never summed (100,003 terms by 2 workers";
    assert!(text.contains(named), "{text}");
}

/// Two workers of one core are never between the same load and store but by a rare chance.
#[test]
fn lost_updates_are_found() {
    if thread::available_parallelism().map_or(1, usize::from) < 2 {
        return;
    }
    let all: [(&str, Planted); 5] = [
        ("worker", loses_by_worker),
        ("caller", loses_beside_the_caller),
        ("end", loses_at_the_end),
        ("block", loses_by_block),
        ("term", loses_by_term),
    ];
    for (name, planted) in all {
        // On a very busy machine two threads rarely have two cores at the same moment: once is enough.
        let mut found = (0..10).filter_map(|seed| Some((seed, complaint(planted, seed)?)));
        let (seed, text) = found.next().unwrap_or_else(|| panic!("{name} was not found"));
        assert!(
            text.contains("a race condition") && text.contains("two sums of the same"),
            "{text}"
        );
        assert!(text.contains(&format!("--seed {seed}")), "{text}");
    }
}

#[test]
fn what_is_left_of_a_sum_is_found_in_the_next() {
    let make = || {
        let start = |_: &AnyKernel, context: &Context| Ok(keeps_its_total(context));
        Strategy::from_data("planted", "", Box::new(start))
    };
    let complaint = check(1).complaint("planted", &Setup::default(), make);
    let text = complaint.expect("its second sum is wrong").text().to_owned();
    let sums =
        "two sums of the same code were 5000250003 and 10000500006: something of one sum is left";
    assert!(text.contains(sums), "{text}");
}

#[test]
fn a_sum_that_is_read_before_its_thread_is_joined_is_found() {
    for seed in 0..3 {
        assert!(complaint(reads_too_soon, seed).is_some());
    }
}

#[test]
fn a_deadlock_is_named_as_one() {
    let make = || Strategy::new("planted", "", waits_for_ever as Planted);
    let complaint = check(1).complaint("planted", &Setup::default(), make);
    let Some(Complaint::Failed(text, code)) = complaint else { panic!("{complaint:?}") };
    assert!(text.contains("a deadlock") && code == 70, "{text}");
}
