//! # The caller works, too
//!
//! For a sum by N workers, how many threads do you have to start?
//!
//! One less. The caller would only wait, and it is awake on its core already. One start less is time saved; and with
//! two workers the system cannot put two new threads on one core, as it sometimes does. The order matters: start the
//! others, then work, then wait for them.
//!
//! Counts: each worker's partial is computed once and added once; with three workers the caller is one of them, all
//! three work at the same time, and no more than two threads are started.
//!
//! Read: [threads, the caller works](../../../threads/README.md#the-caller-works)

use std::thread;

/// The sum of what `partial` gives for each of the workers 0, 1, 2 ... `workers` is at least 1.
pub fn sum(workers: usize, partial: impl Fn(usize) -> u64 + Sync) -> u64 {
    let partial = &partial;
    thread::scope(|scope| {
        // HOLE
        // `collect` starts the others now, before the caller is busy.
        let others: Vec<_> =
            (1..workers).map(|number| scope.spawn(move || partial(number))).collect();
        let mine = partial(0);
        let others = others.into_iter().map(|thread| thread.join().expect("no worker panics"));
        mine + others.sum::<u64>()
        // SKELETON how: the caller only waited
        //| let all: Vec<_> =
        //|     (0..workers).map(|number| scope.spawn(move || partial(number))).collect();
        //| all.into_iter().map(|thread| thread.join().expect("no worker panics")).sum()
        // WRONG how: at most 1 of 3 workers
        //| let others = (1..workers).map(|number| scope.spawn(move || partial(number)));
        //| let mine = partial(0);
        //| mine + others.map(|thread| thread.join().expect("no worker panics")).sum::<u64>()
        // WRONG how: at most 2 of 3 workers
        //| let others: Vec<_> =
        //|     (1..workers).map(|number| scope.spawn(move || partial(number))).collect();
        //| let others = others.into_iter().map(|thread| thread.join().expect("no worker panics"));
        //| others.sum::<u64>() + partial(0)
        // WRONG right: gives 2; 1 is right
        //| let others: Vec<_> =
        //|     (0..workers).map(|number| scope.spawn(move || partial(number))).collect();
        //| let mine = partial(0);
        //| let others = others.into_iter().map(|thread| thread.join().expect("no worker panics"));
        //| mine + others.sum::<u64>()
        // WRONG how: partial(0) is computed 2 times
        //| let all: Vec<_> =
        //|     (0..workers).map(|number| scope.spawn(move || partial(number))).collect();
        //| let _mine = partial(0);
        //| all.into_iter().map(|thread| thread.join().expect("no worker panics")).sum()
        // WRONG how: 3 threads are started
        //| let others: Vec<_> = (0..workers)
        //|     .map(|number| scope.spawn(move || if number == 0 { 0 } else { partial(number) }))
        //|     .collect();
        //| let mine = partial(0);
        //| let others = others.into_iter().map(|thread| thread.join().expect("no worker panics"));
        //| mine + others.sum::<u64>()
        // END
    })
}

// HINT Let the caller be worker 0, and start threads for `1..workers`.
// HINT Three steps, in this order: start the others, compute `partial(0)`, join the others.
// HINT An iterator is lazy: the others start when they are collected, not when they are mapped. So collect them into
// a `Vec` before you compute `partial(0)`.
// RULES
use std::sync;
use std::thread;

/// Partials that tell who is missing, and then workers that wait for each other.
pub fn rules() -> Rules {
    Rules::new()
        .right("a digit for each worker", |trial| {
            for workers in [1, 2, 3, 5, 7] {
                let call = format!("sum({workers}, |number| 10^number)");
                trial.calling(&call);
                let sum = attempt::sum(workers, |number| 10_u64.pow(number as u32));
                let right = (0..workers).map(|number| 10_u64.pow(number as u32)).sum::<u64>();
                ensure!(sum == right, "{call} gives {sum}; {right} is right");
            }
            Ok(())
        })
        .how("each partial once", |trial| {
            let call = "sum(3, ..)";
            trial.calling(call);
            let numbers = sync::Mutex::new(Vec::new());
            attempt::sum(3, |number| {
                numbers.lock().expect("nobody panics here").push(number);
                1
            });
            let numbers = numbers.into_inner().expect("nobody panics here");
            for worker in 0..3 {
                let times = numbers.iter().filter(|number| **number == worker).count();
                ensure!(
                    times == 1,
                    "{call}: partial({worker}) is computed {times} times; once is right"
                );
            }
            Ok(())
        })
        .how("all at once, the caller included", |trial| {
            trial.calling("sum(3, ..), where each worker waits for the others");
            let (meeting, ids) = (Meeting::of(3), sync::Mutex::new(Vec::new()));
            attempt::sum(3, |_| {
                ids.lock().expect("nobody panics here").push(thread::current().id());
                meeting.wait();
                1
            });
            let ids = ids.into_inner().expect("nobody panics here");
            let here = thread::current().id();
            ensure!(
                ids.contains(&here),
                "the caller only waited; it has to be one of the 3 workers, beside 2 threads"
            );
            let most = meeting.most();
            ensure!(
                most == 3,
                "at most {most} of 3 workers worked at the same time; all 3 have to"
            );
            let started = threads_started(|| {
                attempt::sum(3, |_| 1);
            });
            ensure!(
                started.is_none_or(|started| started <= 2),
                "{} threads are started for 3 workers; the caller is one of them, so 2 are enough",
                started.unwrap_or(0)
            );
            Ok(())
        })
}
