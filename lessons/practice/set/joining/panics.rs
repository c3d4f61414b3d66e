//! # Which worker was it?
//!
//! A worker panics. How does its caller get an error that says which one, instead of dying with it?
//!
//! `join` gives an `Err` where the thread panicked, with what it panicked with. An `expect` on that hands the panic
//! on, and the whole program ends for the sake of one range. Leaving the `Err` out gives a result that lacks a part,
//! and nobody is told. And a scope has a rule of its own: it panics itself where a thread panicked that nobody
//! joined.
//!
//! Counts: where no worker panics, the results come in order; where one or several do, there is an error with the
//! number and the message of the first of them, the one with the lowest number. Nothing panics in the caller.
//!
//! Read: [faults](../../../faults/README.md), [threads](../../../threads/README.md)

use std::any::Any;
use std::thread;

/// The end of a worker.
#[derive(Debug, PartialEq)]
pub struct Panicked {
    pub worker: usize,
    pub message: String,
}

/// What each of the workers 0, 1, 2 ... gives, in this order.
pub fn all<R: Send>(workers: usize, work: impl Fn(usize) -> R + Sync) -> Result<Vec<R>, Panicked> {
    let work = &work;
    thread::scope(|scope| {
        let threads: Vec<_> =
            (0..workers).map(|number| scope.spawn(move || work(number))).collect();
        // HOLE
        // All are joined before any error ends this: the scope would panic for one that was not.
        let joined: Vec<_> = threads.into_iter().map(|thread| thread.join()).collect();
        let named = |(worker, result): (usize, thread::Result<R>)| {
            result.map_err(|panic| Panicked { worker, message: message(panic) })
        };
        joined.into_iter().enumerate().map(named).collect()
        // SKELETON right: is told to panic, panics itself: "no worker panics
        //| Ok(threads.into_iter().map(|thread| thread.join().expect("no worker panics")).collect())
        // WRONG right: gives 2 results
        //| Ok(threads.into_iter().filter_map(|thread| thread.join().ok()).collect())
        // WRONG right: worker 4 panics too, and was never joined, so the scope panicked
        //| let named = |(worker, thread): (usize, thread::ScopedJoinHandle<R>)| {
        //|     thread.join().map_err(|panic| Panicked { worker, message: message(panic) })
        //| };
        //| threads.into_iter().enumerate().map(named).collect()
        // WRONG right: names worker 4
        //| let (mut results, mut failed) = (Vec::new(), None);
        //| for (worker, thread) in threads.into_iter().enumerate() {
        //|     match thread.join() {
        //|         Ok(result) => results.push(result),
        //|         Err(panic) => failed = Some(Panicked { worker, message: message(panic) }),
        //|     }
        //| }
        //| failed.map_or(Ok(results), Err)
        // WRONG right: the message is "no text"
        //| let joined: Vec<_> = threads.into_iter().map(|thread| thread.join()).collect();
        //| let named = |(worker, result): (usize, thread::Result<R>)| {
        //|     result.map_err(|panic| Panicked { worker, message: message(Box::new(panic)) })
        //| };
        //| joined.into_iter().enumerate().map(named).collect()
        // END
    })
}

/// The message of a panic.
fn message(panic: Box<dyn Any + Send>) -> String {
    match panic.downcast::<String>() {
        Ok(text) => *text,
        Err(panic) => {
            panic.downcast::<&str>().map_or("no text".to_owned(), |text| text.to_string())
        }
    }
}

// HINT `enumerate` numbers the threads, and `map_err` makes an error of your own from what `join` gives.
// HINT A `collect` into a `Result` stops at the first error. The threads behind it are then never joined, and if one
// of them panicked, too, the scope panics.
// HINT Two passes: join all into a `Vec<thread::Result<R>>`; then give each its number, and collect into the
// `Result`.
// RULES
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Workers that are told to panic.
pub fn rules() -> Rules {
    Rules::new().right("workers that are told to panic", |trial| {
        let cases: [(usize, &[usize]); 8] = [
            (3, &[]),
            (3, &[1]),
            (5, &[2, 4]),
            (1, &[0]),
            (5, &[0]),
            (3, &[2]),
            (3, &[0, 1, 2]),
            (0, &[]),
        ];
        for (workers, told) in cases {
            let call = format!("all({workers}, ..), where {}", told_in_words(told));
            trial.calling(&call);
            let all = || {
                attempt::all(workers, |number| {
                    // The message is a `String`, and that of worker 0 a `&str`.
                    match told.contains(&number) {
                        true if number == 0 => panic!("there is no such term"),
                        true => panic!("worker {number} has no such term"),
                        false => number,
                    }
                })
            };
            // Where nobody is told to panic, a panic is one of the attempt, and the judge says where.
            let given = if told.is_empty() {
                all()
            } else {
                catch_unwind(AssertUnwindSafe(all)).map_err(|panic| {
                    let why = why(told, panic.as_ref());
                    format!("{call}, panics itself: {why}; an Err is right")
                })?
            };
            let right = match told.first() {
                None => Ok((0..workers).collect::<Vec<_>>()),
                Some(0) => Err((0, "there is no such term".to_owned())),
                Some(worker) => Err((*worker, format!("worker {worker} has no such term"))),
            };
            match (given, right) {
                (Ok(given), Ok(right)) => ensure!(given == right, "{call}, gives Ok({given:?})"),
                (Ok(given), Err((worker, _))) => {
                    let count = given.len();
                    let results = if count == 1 { "result" } else { "results" };
                    return Err(format!(
                        "{call}, gives {count} {results} and no error; an Err that names worker \
                         {worker} is right"
                    ));
                }
                (Err(given), Ok(_)) => {
                    return Err(format!("{call}, names worker {}; Ok is right", given.worker));
                }
                (Err(given), Err((worker, message))) => {
                    ensure!(
                        given.worker == worker,
                        "{call}, names worker {}; worker {worker} is right",
                        given.worker
                    );
                    ensure!(
                        given.message == message,
                        "{call}: the message is {:?}; {message:?} is right",
                        given.message
                    );
                }
            }
        }
        Ok(())
    })
}

/// Why the attempt panicked where these workers were told to.
fn why(told: &[usize], panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("no text");
    match (text, told) {
        // The words of the standard library.
        ("a scoped thread panicked", [_, others @ ..]) if !others.is_empty() => {
            let others: Vec<String> = others.iter().map(usize::to_string).collect();
            let (workers, panic, was) = match others.len() {
                1 => ("worker", "panics", "was"),
                _ => ("workers", "panic", "were"),
            };
            let others = others.join(" and ");
            format!("{workers} {others} {panic} too, and {was} never joined, so the scope panicked")
        }
        ("a scoped thread panicked", _) => {
            "a worker that panicked was never joined, so the scope panicked".to_owned()
        }
        _ => format!("{text:?}"),
    }
}

fn told_in_words(told: &[usize]) -> String {
    match told {
        [] => "no worker is told to panic".to_owned(),
        [one] => format!("worker {one} is told to panic"),
        [one, other] => format!("workers {one} and {other} are told to panic"),
        _ => "all workers are told to panic".to_owned(),
    }
}
