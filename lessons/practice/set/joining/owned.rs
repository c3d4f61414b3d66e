//! # Own it together
//!
//! Several threads need the same numbers, and outlive the function that starts them. Who owns the numbers?
//!
//! This function gives back threads that still run, so a scope is no help: nothing can be borrowed. A copy for each
//! thread costs time and memory. Leaking the numbers satisfies the compiler, and the memory never comes back. An
//! `Arc` counts its owners: each thread has a handle of its own, and whoever drops the last one frees the numbers.
//!
//! Counts: there is one thread for each worker; the sums of all threads add up; every number is read once, with
//! `numbers.read(range)`, by the threads that are given back and not by the caller, which waits for none of them; and
//! when all have ended, nobody else owns the numbers.
//!
//! Read: [threads, `spawned`](../../../threads/README.md)

use std::sync::Arc;
use std::thread::{self, JoinHandle};

use judge::Data;

/// Starts so many threads, each of which sums a range of the numbers. It waits for none of them.
///
/// `numbers.read(2..5)` is a slice of three numbers.
pub fn start(numbers: Arc<Data<u64>>, workers: usize) -> Vec<JoinHandle<u64>> {
    let count = numbers.len();
    let border = |number| count * number / workers;
    (0..workers)
        .map(|number| {
            let range = border(number)..border(number + 1);
            // HOLE
            let numbers = Arc::clone(&numbers);
            thread::spawn(move || numbers.read(range).iter().sum())
            // SKELETON how: the caller read
            //| let partial = numbers.read(range).iter().sum();
            //| thread::spawn(move || partial)
            // WRONG how: is read 3 times
            //| let copy = numbers.read(0..count).to_vec();
            //| thread::spawn(move || copy[range].iter().sum())
            // WRONG how: somebody still owns the numbers
            //| let numbers: &'static Arc<Data<u64>> = Box::leak(Box::new(Arc::clone(&numbers)));
            //| thread::spawn(move || numbers.read(range).iter().sum())
            // WRONG how: nobody read
            //| let copy = numbers.all().to_vec();
            //| thread::spawn(move || copy[range].iter().sum())
            // WRONG how: 6 threads are started
            //| let numbers = Arc::clone(&numbers);
            //| let reader = thread::spawn(move || numbers.read(range).iter().sum());
            //| let partial = reader.join().expect("a sum does not panic");
            //| thread::spawn(move || partial)
            // WRONG how: each of its threads has ended
            //| let numbers = Arc::clone(&numbers);
            //| let thread = thread::spawn(move || numbers.read(range).iter().sum());
            //| while !thread.is_finished() {
            //|     thread::yield_now();
            //| }
            //| thread
            // WRONG right: too large
            //| let numbers = Arc::clone(&numbers);
            //| thread::spawn(move || numbers.read(0..range.end).iter().sum())
            // END
        })
        .collect()
}

// HINT `move` alone would give all of `numbers` to the first thread. Make a second handle first, and move that one.
// HINT `Arc::clone(&numbers)` copies no number: it makes one more handle and counts it.
// RULES
use std::sync::Arc;
use std::thread::{self, JoinHandle};

/// Who read the numbers, and who owns them in the end.
pub fn rules() -> Rules {
    Rules::new()
        .right("awkward numbers", |trial| {
            for count in [5, 0, 1, 2, 3, 1000, 100_003] {
                for workers in [1, 2, 3, 5, 7] {
                    let call = format!("start({count} numbers, {workers})");
                    trial.calling(&call);
                    let (numbers, right) = numbers(trial, count);
                    let threads = attempt::start(numbers, workers);
                    ensure!(threads.len() == workers, "{call} gives {} threads", threads.len());
                    let sum = joined(&call, threads)?;
                    let off = if sum < right { "too small" } else { "too large" };
                    ensure!(
                        sum == right,
                        "{call}: the threads' sums add up to {sum}, which is {off}; {right} is \
                         right"
                    );
                }
            }
            Ok(())
        })
        .how("who reads", |trial| {
            let call = "start(1000 numbers, 3)";
            let (numbers, _) = numbers(trial, 1000);
            trial.calling(call);
            let threads = attempt::start(Arc::clone(&numbers), 3);
            joined(call, threads)?;
            let (fewest, most) = numbers.times_read();
            ensure!(
                most > 0,
                "{call}: nobody read the numbers with `read`; the threads have to, and not a copy"
            );
            ensure!(fewest < 2, "{call}: each number is read {fewest} times; once is right");
            ensure!(
                (fewest, most) == (1, 1),
                "{call}: a number is read {fewest} times and another {most} times; once is right"
            );
            let readers = numbers.readers();
            let owners = Arc::strong_count(&numbers) - 1;
            numbers.read(0..1);
            ensure!(
                numbers.readers() > readers,
                "{call}: the caller read the numbers; each thread has to read its own range"
            );
            ensure!(readers == 3, "{call}: {readers} of the 3 threads read something");
            ensure!(
                owners == 0,
                "{call}: somebody still owns the numbers when all threads have ended ({owners} \
                 handles are left): they are never freed"
            );
            Ok(())
        })
        .how("nobody waits", |trial| {
            let call = "start(1000 numbers, 3)";
            trial.calling(call);
            let started = threads_started(|| {
                let (numbers, _) = numbers(trial, 1000);
                let threads = attempt::start(numbers, 3);
                threads.into_iter().for_each(|thread| drop(thread.join()));
            });
            ensure!(
                started.is_none_or(|started| started <= 3),
                "{call}: {} threads are started; 3 are right, and those are given back while they \
                 read",
                started.unwrap_or(0)
            );
            // Many numbers, so that the threads need much longer than the way back. A thread that happens to be done
            // sooner, because the caller had to wait for a core, is not so each time.
            let call = "start(1000000 numbers, 3)";
            trial.calling(call);
            let (numbers, _) = numbers(trial, 1_000_000);
            let waits = (0..20).all(|_| {
                let threads = attempt::start(Arc::clone(&numbers), 3);
                let ended = threads.iter().all(JoinHandle::is_finished);
                threads.into_iter().for_each(|thread| drop(thread.join()));
                ended
            });
            ensure!(
                !waits,
                "{call}: each of its threads has ended when it returns: it waits for them"
            );
            Ok(())
        })
}

fn numbers(trial: &Trial, count: usize) -> (Arc<Data<u64>>, u64) {
    let mut rng = trial.rng();
    let values: Vec<u64> = (0..count).map(|_| 1 + rng.below(1000) as u64).collect();
    let sum = values.iter().sum();
    (Arc::new(Data::new(values)), sum)
}

fn joined(call: &str, threads: Vec<JoinHandle<u64>>) -> Result<u64, String> {
    let mut sum = 0;
    for thread in threads {
        sum += thread.join().map_err(|_| format!("{call}: a thread panicked"))?;
    }
    Ok(sum)
}
