//! A race condition: make it, see it hide, catch it, and fix it in three ways.

use std::hint::black_box;
use std::io::{self, Write};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, Instant};

use course::Stdout;
use kernels::{AnyKernel, Integers, Kernel, Known, split};
use measure::check::Shaken;

const TRIES: usize = 100;
const FEW: u64 = 1_000;
const MANY: u64 = 100_000;

const HID: &str = "It hid, and that is what makes it dangerous: a test of this size passes.";
const SHOWED: &str = "A test of it fails or passes by luck.";

/// What makes term `i`. Under stress, two workers come out of it at the same moment.
type Term<'a> = &'a (dyn Fn(u64) -> u64 + Sync);

// ANCHOR: race
/// The race: between the load and the store of one worker, the other may store.
fn load_then_store(terms: u64, term: Term) -> u64 {
    let total = AtomicU64::new(0);
    two_workers(terms, |i| {
        let term = term(i);
        let before = total.load(Relaxed);
        total.store(before + term, Relaxed);
    });
    total.into_inner()
}
// ANCHOR_END: race

// ANCHOR: lock
/// The first fix: one worker at a time is in the critical section.
fn a_lock(terms: u64, term: Term) -> u64 {
    let total = Mutex::new(0);
    two_workers(terms, |i| {
        let term = term(i);
        *total.lock().expect("no worker panics") += term;
    });
    total.into_inner().expect("no worker panicked")
}
// ANCHOR_END: lock

// ANCHOR: atomic
/// The second fix: load, add and store become one step.
fn an_atomic_addition(terms: u64, term: Term) -> u64 {
    let total = AtomicU64::new(0);
    two_workers(terms, |i| _ = total.fetch_add(term(i), Relaxed));
    total.into_inner()
}
// ANCHOR_END: atomic

// ANCHOR: private
/// The third fix: each worker has a total of its own, and they are joined at the end.
fn private_partials(terms: u64, term: Term) -> u64 {
    let (left, right) = split::halves(&(0..terms));
    thread::scope(|scope| {
        let other = scope.spawn(|| right.map(term).sum::<u64>());
        left.map(term).sum::<u64>() + other.join().expect("no worker panics")
    })
}
// ANCHOR_END: private

/// Calls `add` for each term: one worker for the left half, and one for the right.
fn two_workers(terms: u64, add: impl Fn(u64) + Sync) {
    let (left, right) = split::halves(&(0..terms));
    thread::scope(|scope| {
        scope.spawn(|| right.for_each(&add));
        left.for_each(&add);
    });
}

/// How many tries gave a wrong sum, and the median time of one.
fn wrong(terms: u64, sum: impl Fn() -> u64) -> (usize, Duration) {
    let (mut wrong, mut times) = (0, Vec::new());
    for _ in 0..TRIES {
        let start = Instant::now();
        wrong += usize::from(sum() != terms * (terms - 1) / 2);
        times.push(start.elapsed());
    }
    times.sort();
    (wrong, times[TRIES / 2])
}

fn main() -> io::Result<()> {
    let mut out = Stdout::lock();
    writeln!(out, "two workers add to one total: wrong sums in {TRIES} tries\n")?;
    writeln!(out, "the total           1,000 terms  made to meet  100,000 terms  per term")?;
    let alone: Term = &|i| i ^ black_box(0);
    let mut row = |name, sum: fn(u64, Term) -> u64| {
        let kernel = AnyKernel::new(Integers::new(FEW).expect("the sum fits"));
        let shaken = Shaken::new(kernel, 1, 0, Instant::now() + Duration::from_secs(3));
        let (few, _) = wrong(FEW, || sum(FEW, alone));
        let (met, _) = wrong(FEW, || {
            shaken.begin();
            sum(FEW, &|i| shaken.term(i).number().expect("a whole number"))
        });
        let (many, time) = wrong(MANY, || sum(MANY, alone));
        let per_term = units::seconds(time.as_secs_f64() / MANY as f64);
        writeln!(out, "{name:<18}  {few:>11}  {met:>12}  {many:>13}  {per_term:>8}")?;
        io::Result::Ok((few, met))
    };
    let (few, met) = row("load, then store", load_then_store)?;
    row("a lock", a_lock)?;
    row("an atomic addition", an_atomic_addition)?;
    row("private partials", private_partials)?;
    writeln!(out, "\nLeft alone, with few terms, the race showed in {few} of {TRIES} tries;")?;
    writeln!(out, "where the workers were made to meet, in {met}.")?;
    writeln!(out, "{}", if few == 0 { HID } else { SHOWED })
}
