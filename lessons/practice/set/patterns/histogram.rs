//! # A table for each worker
//!
//! All workers count bytes into one table. How can they do so without getting in each other's way?
//!
//! A lock around the table is right, but to take it for each byte costs many times as much as to count the byte.
//! Atomic counters are right, too, but their lines travel from core to core. A table is small and the data is large:
//! give each worker its own, and add them at the end. This is how a sum in parallel works, for 256 sums at a time.
//!
//! Counts: the table is right, for any number of values and workers; with three workers at least two threads read
//! values; locks are taken at most once for each worker; and it is at least 0.4 times as fast as the solution.
//!
//! Read: [threads, "What a lock costs"](../../../threads/README.md#why),
//! [patterns](../../../patterns/README.md)

use std::thread;

use judge::{Data, Mutex};

/// How often each byte occurs.
pub fn histogram(data: &Data<u8>, workers: usize) -> [u64; 256] {
    let total = Mutex::new([0; 256]);
    let border = |number: usize| data.len() * number / workers;
    thread::scope(|scope| {
        for number in 0..workers {
            let total = &total;
            scope.spawn(move || {
                let values = data.read(border(number)..border(number + 1));
                // HOLE
                let mut own = [0; 256];
                for value in values {
                    own[usize::from(*value)] += 1;
                }
                let mut total = total.lock().expect("nobody panics while it is held");
                for (total, own) in total.iter_mut().zip(own) {
                    *total += own;
                }
                // SKELETON how: locks were taken
                //| for value in values {
                //|     total.lock().expect("nobody panics here")[usize::from(*value)] += 1;
                //| }
                // WRONG right: is counted
                //| let mut own = [0; 256];
                //| for value in values {
                //|     own[usize::from(*value)] += 1;
                //| }
                //| *total.lock().expect("nobody panics here") = own;
                // WRONG how: locks were taken
                //| let mut own = [0; 256];
                //| for value in values {
                //|     own[usize::from(*value)] += 1;
                //| }
                //| for (value, own) in own.iter().enumerate() {
                //|     total.lock().expect("nobody panics here")[value] += own;
                //| }
                // WRONG fast: asked for
                //| use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
                //| static COUNTS: [AtomicU64; 256] = [const { AtomicU64::new(0) }; 256];
                //| for value in values {
                //|     COUNTS[usize::from(*value)].fetch_add(1, Relaxed);
                //| }
                //| let mut total = total.lock().expect("nobody panics here");
                //| for (total, count) in total.iter_mut().zip(&COUNTS) {
                //|     *total += count.swap(0, Relaxed);
                //| }
                // END
            });
        }
    });
    total.into_inner().expect("nobody panicked while it was held")
}

// HINT Count into an array of the worker's own: `let mut own = [0; 256]`.
// HINT After the loop take the lock once, and add the 256 numbers to those that are there.
// RULES
/// The data is small enough for many rounds, and large enough that a step on shared data for each value shows.
pub fn rules() -> Rules {
    const VALUES: usize = 1_000_000;
    let of_round = |histogram: fn(&Data<u8>, usize) -> [u64; 256]| {
        let inputs = [1, 2, 3].map(|seed| values(&mut Rng::new(seed), VALUES));
        move |round: usize| {
            let data = Data::new(inputs[round].clone());
            let counts = histogram(&data, 2);
            counts.iter().enumerate().map(|(value, count)| (1 + value as u64) * count).sum()
        }
    };
    let race = Race::new(
        0.4,
        of_round(attempt::histogram),
        of_round(solution::histogram),
        of_round(skeleton::histogram),
    );
    Rules::new()
        .right("awkward numbers of values and workers", |trial| {
            for count in [0, 1, 2, 3, 5, 1000, 100_003] {
                for workers in [1, 2, 3, 5, 7] {
                    judged(trial, count, workers)?;
                }
            }
            Ok(())
        })
        .how("who reads, and how many locks are taken", |trial| {
            let before = locks_taken();
            let (count, workers) = (100_003, 3);
            let data = judged(trial, count, workers)?;
            let (readers, locks) = (data.readers(), locks_taken() - before);
            ensure!(
                readers >= 2,
                "with {workers} workers {readers} thread read values; asked for: at least 2"
            );
            ensure!(
                locks <= workers as u64,
                "{locks} locks were taken for {count} values by {workers} workers; \
                 asked for: at most one for each worker"
            );
            Ok(())
        })
        .fast(race.beside("solution").on_several_cores())
}

/// One table, held against the right one.
fn judged(trial: &Trial, count: usize, workers: usize) -> Result<Data<u8>, String> {
    let s = |number: usize| if number == 1 { "" } else { "s" };
    let call = format!("{count} value{} by {workers} worker{}", s(count), s(workers));
    trial.calling(&call);
    let data = Data::new(values(&mut trial.rng(), count));
    let counts = attempt::histogram(&data, workers);
    let mut right = [0; 256];
    data.all().iter().for_each(|value| right[usize::from(*value)] += 1);
    for (value, (count, right)) in counts.iter().zip(right).enumerate() {
        ensure!(
            *count == right,
            "{call}: byte {value} is counted {count} times, and {right} is right"
        );
    }
    Ok(data)
}

fn values(rng: &mut Rng, count: usize) -> Vec<u8> {
    (0..count).map(|_| rng.bits() as u8).collect()
}
