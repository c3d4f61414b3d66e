//! # A sum for each key
//!
//! Each worker fills a map from keys to sums. How do these become one map?
//!
//! What was sold in each shop, how many bytes each address sent: a sum for each key. The same key turns up in the
//! ranges of several workers, so maps cannot be put together like lists: where a key is in both, the sums are added.
//! The order does not matter then, neither that of the keys nor that of the workers.
//!
//! Counts: every key has its right sum, for any number of pairs and workers, in whatever order the pairs come; with
//! three workers at least two threads read pairs; and a `judge::Mutex`, if there is one, is taken at most once for
//! each worker.
//!
//! Read: [threads, "Private sums are fast"](../../../threads/README.md#why)

use std::collections::HashMap;
use std::thread;

use judge::Data;

/// For each key the sum of its values.
pub fn sums(data: &Data<(u32, u64)>, workers: usize) -> HashMap<u32, u64> {
    // HOLE
    let border = |number: usize| data.len() * number / workers;
    let of_range = |number: usize| {
        let mut own = HashMap::new();
        for (key, value) in data.read(border(number)..border(number + 1)) {
            *own.entry(*key).or_insert(0) += value;
        }
        own
    };
    thread::scope(|scope| {
        let of_range = &of_range;
        let threads: Vec<_> =
            (0..workers).map(|number| scope.spawn(move || of_range(number))).collect();
        let mut total = HashMap::new();
        for (key, sum) in threads.into_iter().flat_map(|thread| thread.join().expect("it sums")) {
            *total.entry(key).or_insert(0) += sum;
        }
        total
    })
    // SKELETON how: 1 thread read pairs
    //| let _ = (workers, thread::available_parallelism());
    //| let mut total = HashMap::new();
    //| for (key, value) in data.read(0..data.len()) {
    //|     *total.entry(*key).or_insert(0) += value;
    //| }
    //| total
    // WRONG right: has the sum
    //| let border = |number: usize| data.len() * number / workers;
    //| let of_range = |number: usize| {
    //|     let mut own = HashMap::new();
    //|     for (key, value) in data.read(border(number)..border(number + 1)) {
    //|         *own.entry(*key).or_insert(0) += value;
    //|     }
    //|     own
    //| };
    //| thread::scope(|scope| {
    //|     let of_range = &of_range;
    //|     let threads: Vec<_> =
    //|         (0..workers).map(|number| scope.spawn(move || of_range(number))).collect();
    //|     let mut total = HashMap::new();
    //|     for thread in threads {
    //|         total.extend(thread.join().expect("it sums"));
    //|     }
    //|     total
    //| })
    // WRONG right: is missing
    //| let border = |number: usize| data.len() * number / workers;
    //| let mut total = HashMap::new();
    //| thread::scope(|scope| {
    //|     let threads: Vec<_> = (0..workers)
    //|         .map(|number| scope.spawn(move || {
    //|             let mut own = HashMap::new();
    //|             for (key, value) in data.read(border(number)..border(number + 1)) {
    //|                 *own.entry(*key).or_insert(0) += value;
    //|             }
    //|             own
    //|         }))
    //|         .collect();
    //|     for (number, thread) in threads.into_iter().enumerate() {
    //|         let own = thread.join().expect("it sums");
    //|         if number == 0 {
    //|             total = own;
    //|         } else {
    //|             for (key, sum) in own {
    //|                 total.entry(key).and_modify(|total| *total += sum);
    //|             }
    //|         }
    //|     }
    //| });
    //| total
    // WRONG how: locks were taken
    //| let border = |number: usize| data.len() * number / workers;
    //| let total = judge::Mutex::new(HashMap::new());
    //| thread::scope(|scope| {
    //|     for number in 0..workers {
    //|         let total = &total;
    //|         scope.spawn(move || {
    //|             for (key, value) in data.read(border(number)..border(number + 1)) {
    //|                 *total.lock().unwrap().entry(*key).or_insert(0) += value;
    //|             }
    //|         });
    //|     }
    //| });
    //| total.into_inner().unwrap()
    // END
}

// HINT Let each worker fill a map of its own, and give it back from its thread: no lock, nothing shared.
// HINT To put maps together, do not use `extend`: it puts the value of a key that is there already in the place of
// the old one, and one of the two sums is lost.
// HINT Go through the pairs of each map, and add: `*total.entry(key).or_insert(0) += sum`, as within a range.
// RULES
/// Keys in disorder, keys in order, few keys, and nearly as many keys as pairs.
pub fn rules() -> Rules {
    Rules::new()
        .right("awkward numbers of pairs and workers", |trial| {
            for count in [0, 1, 2, 3, 5, 1000, 100_003] {
                for workers in [1, 2, 3, 5, 7] {
                    let ever_new = pairs(&mut trial.rng(), count, usize::MAX);
                    judged(trial, ever_new, workers, "")?;
                    let mut few_keys = pairs(&mut trial.rng(), count, 10);
                    judged(trial, few_keys.clone(), workers, "")?;
                    few_keys.sort_unstable();
                    judged(trial, few_keys, workers, ", in the order of their keys")?;
                }
            }
            Ok(())
        })
        .how("who reads, and how many locks are taken", |trial| {
            let (before, workers) = (locks_taken(), 3);
            let pairs = pairs(&mut trial.rng(), 100_003, 1000);
            let data = judged(trial, pairs, workers, "")?;
            let (readers, locks) = (data.readers(), locks_taken() - before);
            ensure!(
                readers >= 2,
                "with {workers} workers {readers} thread read pairs; asked for: at least 2"
            );
            ensure!(
                locks <= workers as u64,
                "{locks} locks were taken for {} pairs by {workers} workers; \
                 asked for: at most one for each worker",
                data.len()
            );
            Ok(())
        })
}

/// One map, held against the right one.
fn judged(
    trial: &Trial,
    pairs: Vec<(u32, u64)>,
    workers: usize,
    order: &str,
) -> Result<Data<(u32, u64)>, String> {
    let (count, s) = (pairs.len(), |number: usize| if number == 1 { "" } else { "s" });
    let mut call = format!("{count} pair{} by {workers} worker{}{order}", s(count), s(workers));
    if (1..=5).contains(&count) {
        call = format!("{call}, {pairs:?}");
    }
    trial.calling(&call);
    let data = Data::new(pairs);
    let sums = attempt::sums(&data, workers);
    let mut right = std::collections::BTreeMap::new();
    for (key, value) in data.all() {
        *right.entry(*key).or_insert(0) += value;
    }
    for (key, right) in &right {
        let Some(sum) = sums.get(key) else { return Err(format!("{call}: key {key} is missing")) };
        ensure!(sum == right, "{call}: key {key} has the sum {sum}, and {right} is right");
    }
    let (keys, right) = (sums.len(), right.len());
    ensure!(keys == right, "{call}: the map has {keys} keys, and {right} is right");
    Ok(data)
}

/// Pairs with so many keys; at most as many as there are pairs.
fn pairs(rng: &mut Rng, count: usize, keys: usize) -> Vec<(u32, u64)> {
    let keys = keys.min(count.max(1));
    (0..count).map(|_| (rng.below(keys) as u32, 1 + rng.below(999) as u64)).collect()
}
