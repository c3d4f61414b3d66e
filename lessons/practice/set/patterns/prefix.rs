//! # Prefix sums in parallel
//!
//! Each prefix sum needs the one before it. How can several workers make them?
//!
//! Result number i is the sum of the values 0 to i, and a loop makes them all. A worker in the middle does not know
//! what came before its range; but it takes one number for that, not all of them. So: sum the ranges; go through
//! these few sums alone; then each worker makes the prefix sums of its range from there. This finds places for
//! output, too.
//!
//! Counts: all prefix sums are right, for any number of values and workers; no value is read more than twice; with
//! three workers at least two threads read values.
//!
//! Read: [threads, `scoped`](../../../threads/README.md),
//! [patterns](../../../patterns/README.md)

use std::thread;

use judge::Data;

/// For each value the sum of all up to it, itself included.
pub fn prefix(data: &Data<u64>, workers: usize) -> Vec<u64> {
    // HOLE
    let border = |number: usize| data.len() * number / workers;
    let read = |number: usize| data.read(border(number)..border(number + 1));
    let sums: Vec<u64> = thread::scope(|scope| {
        let threads: Vec<_> =
            (0..workers).map(|number| scope.spawn(move || read(number).iter().sum())).collect();
        threads.into_iter().map(|thread| thread.join().expect("it sums")).collect()
    });
    let mut prefix = vec![0; data.len()];
    let (mut rest, mut before) = (prefix.as_mut_slice(), 0);
    thread::scope(|scope| {
        for number in 0..workers {
            let (mine, others) = rest.split_at_mut(border(number + 1) - border(number));
            rest = others;
            let mut total = before;
            before += sums[number];
            scope.spawn(move || {
                for (place, value) in mine.iter_mut().zip(read(number)) {
                    total += value;
                    *place = total;
                }
            });
        }
    });
    prefix
    // SKELETON how: 1 thread read values
    //| let _ = (workers, thread::available_parallelism());
    //| let mut total = 0;
    //| let add = |value: &u64| {
    //|     total += value;
    //|     total
    //| };
    //| data.read(0..data.len()).iter().map(add).collect()
    // WRONG right: result number
    //| // Each range begins at nothing.
    //| let border = |number: usize| data.len() * number / workers;
    //| let read = |number: usize| data.read(border(number)..border(number + 1));
    //| thread::scope(|scope| {
    //|     let of_range = |number: usize| {
    //|         scope.spawn(move || {
    //|             let mut total = 0;
    //|             let add = |value: &u64| {
    //|                 total += value;
    //|                 total
    //|             };
    //|             read(number).iter().map(add).collect::<Vec<u64>>()
    //|         })
    //|     };
    //|     let threads: Vec<_> = (0..workers).map(of_range).collect();
    //|     threads.into_iter().flat_map(|thread| thread.join().expect("it sums")).collect()
    //| })
    // WRONG how: was read 3 times
    //| // Each worker sums all that comes before its range.
    //| let border = |number: usize| data.len() * number / workers;
    //| thread::scope(|scope| {
    //|     let of_range = |number: usize| {
    //|         scope.spawn(move || {
    //|             let (start, end) = (border(number), border(number + 1));
    //|             let mut total: u64 = data.read(0..start).iter().sum();
    //|             let add = |value: &u64| {
    //|                 total += value;
    //|                 total
    //|             };
    //|             data.read(start..end).iter().map(add).collect::<Vec<u64>>()
    //|         })
    //|     };
    //|     let threads: Vec<_> = (0..workers).map(of_range).collect();
    //|     threads.into_iter().flat_map(|thread| thread.join().expect("it sums")).collect()
    //| })
    // WRONG right: 0 results
    //| let size = data.len() / workers;
    //| let read = |number: usize| data.read(number * size..(number + 1) * size);
    //| let sums: Vec<u64> = thread::scope(|scope| {
    //|     let threads: Vec<_> =
    //|         (0..workers).map(|number| scope.spawn(move || read(number).iter().sum())).collect();
    //|     threads.into_iter().map(|thread| thread.join().expect("it sums")).collect()
    //| });
    //| let mut prefix = Vec::new();
    //| let mut before = 0;
    //| for number in 0..workers {
    //|     let mut total = before;
    //|     before += sums[number];
    //|     prefix.extend(read(number).iter().map(|value| {
    //|         total += value;
    //|         total
    //|     }));
    //| }
    //| prefix
    // END
}

// HINT Three phases: all workers sum their ranges; one goes through these sums, and knows what comes before each
// range; all workers go through their ranges once more.
// HINT The results are disjoint, so they need no lock: `split_at_mut` cuts `&mut prefix` into one slice for each
// worker.
// HINT In the second `thread::scope`, number i begins with the total of the sums 0 to i - 1, and writes to its own
// slice.
// RULES
/// Who reads what is noted; nothing is timed.
pub fn rules() -> Rules {
    Rules::new()
        .right("awkward numbers of values and workers", |trial| {
            for count in [0, 1, 2, 3, 5, 1000, 100_003] {
                for workers in [1, 2, 3, 5, 7] {
                    let call = call(count, workers);
                    trial.calling(&call);
                    let data = data(&mut trial.rng(), count);
                    let prefix = attempt::prefix(&data, workers);
                    ensure!(
                        prefix.len() == count,
                        "{call}: {} results; one for each value is right",
                        prefix.len()
                    );
                    let mut total = 0;
                    for (number, value) in data.all().iter().enumerate() {
                        total += value;
                        let result = prefix[number];
                        ensure!(
                            result == total,
                            "{call}: result number {number} is {result}, and {total} is right"
                        );
                    }
                }
            }
            Ok(())
        })
        .how("who reads what", |trial| {
            let (count, workers) = (100_003, 3);
            let call = call(count, workers);
            trial.calling(&call);
            let data = data(&mut trial.rng(), count);
            let prefix = attempt::prefix(&data, workers);
            ensure!(
                prefix.last() == Some(&data.all().iter().sum()),
                "{call}: the last result is wrong"
            );
            let (readers, (_, most)) = (data.readers(), data.times_read());
            ensure!(
                most <= 2,
                "{call}: a value was read {most} times; \
                asked for: at most twice, however many workers there are"
            );
            ensure!(readers >= 2, "{call}: {readers} thread read values; asked for: at least 2");
            Ok(())
        })
}

fn call(count: usize, workers: usize) -> String {
    let s = |number: usize| if number == 1 { "" } else { "s" };
    format!("{count} value{} by {workers} worker{}", s(count), s(workers))
}

fn data(rng: &mut Rng, count: usize) -> Data<u64> {
    Data::new((0..count).map(|_| 1 + rng.below(999) as u64).collect())
}
