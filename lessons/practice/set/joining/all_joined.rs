//! # Nobody left running
//!
//! The first worker reports an error. What happens to the others if you return at once?
//!
//! They go on. A handle that is dropped unjoined detaches its thread: it works for a result that nobody takes, while
//! the caller has told its own caller that all is over. The next try then runs beside the rest of the first. A `?` in
//! a loop over `join` looks tidy, and detaches all threads behind the one that failed. So wait for all of them first,
//! and then look at what they gave.
//!
//! Counts: the sum of all partials where all are good; else the error of the first thread, in the order of the `Vec`,
//! that gave one; a thread that panicked counts as the error `a panic`. In each case all threads have ended when it
//! returns.
//!
//! Read: [faults, nobody left behind](../../../faults/README.md), [threads, `spawned`](../../../threads/README.md)

use std::thread::JoinHandle;

/// What each thread gives: a partial, or an error.
pub type Partial = Result<u64, String>;

/// The sum of what the threads give, or the first error.
pub fn join_all(threads: Vec<JoinHandle<Partial>>) -> Partial {
    // HOLE
    // `collect` waits for all threads; only then an error may end the sum.
    let joined: Vec<_> = threads.into_iter().map(JoinHandle::join).collect();
    joined.into_iter().map(|ended| ended.unwrap_or_else(|_| Err("a panic".to_owned()))).sum()
    // SKELETON how: of 3 threads still
    //| let mut total = 0;
    //| for thread in threads {
    //|     total += thread.join().unwrap_or_else(|_| Err("a panic".to_owned()))?;
    //| }
    //| Ok(total)
    // WRONG right: Ok(110); Err("no term 0") is right
    //| Ok(threads.into_iter().flat_map(|thread| thread.join()).flatten().sum())
    // WRONG right: dies with it
    //| let joined: Vec<_> =
    //|     threads.into_iter().map(|thread| thread.join().expect("no thread panics")).collect();
    //| joined.into_iter().sum()
    // WRONG right: gives Err("no term 2"); Err("no term 0") is right
    //| let mut total = Ok(0);
    //| for thread in threads {
    //|     match thread.join().unwrap_or_else(|_| Err("a panic".to_owned())) {
    //|         Ok(partial) => total = total.map(|total| total + partial),
    //|         Err(error) => total = Err(error),
    //|     }
    //| }
    //| total
    // END
}

// HINT Two passes: the first waits for every thread and keeps what it gave, the second looks for errors.
// HINT `sum` works on `Result`s, too, and stops at the first error. A `collect` into a `Vec` before it does not stop.
// RULES
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// Threads that fail, and others that are late.
pub fn rules() -> Rules {
    Rules::new()
        .right("good ends and bad ones", |trial| {
            use End::{Bad, Good, Panic};
            let cases: [(&[End], Result<u64, &str>); 8] = [
                (&[Good, Good, Good], Ok(111)),
                (&[], Ok(0)),
                (&[Bad, Good, Good], Err("no term 0")),
                (&[Good, Bad, Good], Err("no term 1")),
                (&[Bad, Good, Bad], Err("no term 0")),
                (&[Good, Panic, Good], Err("a panic")),
                (&[Panic, Bad, Good], Err("a panic")),
                (&[Good, Bad, Panic], Err("no term 1")),
            ];
            for (ends, right) in cases {
                let call = format!("join_all of threads that end {ends:?}");
                trial.calling(&call);
                let threads = Threads::start(ends, false);
                let joined = || attempt::join_all(threads.handles);
                let Ok(given) = catch_unwind(AssertUnwindSafe(joined)) else {
                    return Err(format!("{call} dies with it; {right:?} is right"));
                };
                ensure!(
                    given.as_ref().map_err(String::as_str) == right.as_ref().map_err(|text| *text),
                    "{call} gives {given:?}; {right:?} is right"
                );
            }
            Ok(())
        })
        .how("all have ended", |trial| {
            use End::{Bad, Good, Panic};
            for ends in [[Bad, Good, Good], [Panic, Good, Good]] {
                let call = format!("join_all of threads that end {ends:?}, the good ones late");
                trial.calling(&call);
                let threads = Threads::start(&ends, true);
                let _ = attempt::join_all(threads.handles);
                let left = threads.running.load(SeqCst);
                let run = if left == 1 { "runs" } else { "run" };
                ensure!(left == 0, "{call}: {left} of 3 threads still {run} when it returns");
            }
            Ok(())
        })
}

/// How a thread ends.
#[derive(Debug, Clone, Copy)]
enum End {
    Good,
    Bad,
    Panic,
}

/// Threads, and how many of them still run.
struct Threads {
    handles: Vec<JoinHandle<attempt::Partial>>,
    running: Arc<AtomicUsize>,
}

impl Threads {
    fn start(ends: &[End], late: bool) -> Self {
        let running = Arc::new(AtomicUsize::new(ends.len()));
        let start = |(number, end): (usize, &End)| {
            let (running, end) = (Arc::clone(&running), *end);
            thread::spawn(move || {
                if late && matches!(end, End::Good) {
                    thread::sleep(Duration::from_millis(120));
                }
                running.fetch_sub(1, SeqCst);
                match end {
                    End::Good => Ok(10_u64.pow(number as u32)),
                    End::Bad => Err(format!("no term {number}")),
                    End::Panic => panic!("told to panic"),
                }
            })
        };
        Threads { handles: ends.iter().enumerate().map(start).collect(), running }
    }
}
