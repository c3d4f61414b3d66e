//! # Late, and in order
//!
//! The last worker is done first. How do you get all results in the order of the workers?
//!
//! Whoever collects results as they come has them in another order each time. With a sum nobody notices. With the
//! parts of a file, or with floats, somebody does. The handle of a thread knows whose result it will give: keep the
//! handles in order, and ask them in order. A late one does not hold up the others, since they work on meanwhile.
//!
//! Counts: there is one result for each worker, in their order, however late each is; and all workers work at the
//! same time.
//!
//! Read: [threads](../../../threads/README.md), [faults, `float-order`](../../../faults/README.md)

use std::thread;

/// What each of the workers 0, 1, 2 ... gives, in this order. They work at the same time.
pub fn all<R: Send>(workers: usize, work: impl Fn(usize) -> R + Sync) -> Vec<R> {
    let work = &work;
    // HOLE
    thread::scope(|scope| {
        let threads: Vec<_> =
            (0..workers).map(|number| scope.spawn(move || work(number))).collect();
        threads.into_iter().map(|thread| thread.join().expect("no worker panics")).collect()
    })
    // SKELETON right: which was done sooner
    //| let results = std::sync::Mutex::new(Vec::new());
    //| thread::scope(|scope| {
    //|     for number in 0..workers {
    //|         let results = &results;
    //|         scope.spawn(move || {
    //|             let result = work(number);
    //|             results.lock().expect("no worker panics").push(result);
    //|         });
    //|     }
    //| });
    //| results.into_inner().expect("no worker panics")
    // WRONG how: at most 1 of 3 workers
    //| thread::scope(|scope| {
    //|     (0..workers)
    //|         .map(|number| scope.spawn(move || work(number)))
    //|         .map(|thread| thread.join().expect("no worker panics"))
    //|         .collect()
    //| })
    // WRONG ends: a deadlock
    //| let (sender, receiver) = std::sync::mpsc::channel();
    //| thread::scope(|scope| {
    //|     for number in 0..workers {
    //|         let sender = sender.clone();
    //|         scope.spawn(move || sender.send((number, work(number))).expect("somebody receives"));
    //|     }
    //|     let mut results: Vec<_> = receiver.into_iter().collect();
    //|     results.sort_by_key(|(number, _)| *number);
    //|     results.into_iter().map(|(_, result)| result).collect()
    //| })
    // END
}

// HINT A `Vec` of handles in the order of the workers is all the order that you need. `join` waits for one of them
// and gives its result.
// HINT An iterator is lazy: `collect` the handles before you join the first, or the workers run one after the other.
// RULES
use std::thread;
use std::time::Duration;

/// Workers that are late in all orders, and then workers that wait for each other.
pub fn rules() -> Rules {
    Rules::new()
        .right("the first is the last", |trial| {
            for workers in [3, 1, 2, 5, 0] {
                let call = format!("all({workers}, ..)");
                trial.calling(&call);
                let results = attempt::all(workers, |number| {
                    // The last is done at once, and the first takes longest.
                    thread::sleep(LATE * (workers - 1 - number) as u32);
                    Of(number)
                });
                if let Some(place) = (0..results.len()).find(|place| results[*place].0 != *place) {
                    let worker = results[place].0;
                    return Err(format!(
                        "{call}: the result at place {place} is that of worker {worker}, which was \
                         done sooner"
                    ));
                }
                ensure!(results.len() == workers, "{call} gives {}", in_words(results.len()));
            }
            Ok(())
        })
        .how("all at once", |trial| {
            trial.calling("all(3, ..), where each worker waits for the others");
            let meeting = Meeting::of(3);
            attempt::all(3, |_| meeting.wait());
            let most = meeting.most();
            ensure!(
                most == 3,
                "at most {most} of 3 workers worked at the same time; all 3 have to"
            );
            Ok(())
        })
}

/// So much later is each than the next.
const LATE: Duration = Duration::from_millis(20);

/// A result that can be neither sorted nor compared.
struct Of(usize);

fn in_words(results: usize) -> String {
    if results == 1 { "1 result".to_owned() } else { format!("{results} results") }
}
