use std::hint::spin_loop;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::thread;
use std::time::{Duration, Instant};

use crate::{Context, Error};

/// Runs `work` as the workers of `context`, which begin at the same moment, each on a core of its own if the
/// machine has as many; gives their results in order. The caller is worker 0.
///
/// Two new threads often begin on the same core, and it takes the system some milliseconds to move one
/// of them away. That would spoil a short measurement. So the threads wait for each other awake, and
/// begin when all of them were seen to run at the same time.
///
/// # Errors
///
/// [`Error::Refused`] where the system would not start a thread, [`Error::Worker`] where one
/// panicked; in both cases the others have ended.
pub fn together<T: Send>(
    context: &Context,
    work: impl Fn(usize) -> T + Sync,
) -> Result<Vec<T>, Error> {
    let (workers, gate) = (context.workers(), Gate::default());
    let (gate, work) = (&gate, &work);
    thread::scope(|scope| {
        let mut threads = Vec::with_capacity(workers.get() - 1);
        for worker in 1..workers.get() {
            let part = move || {
                let _worker = context.enter(worker);
                gate.pass().then(|| work(worker))
            };
            match thread::Builder::new().spawn_scoped(scope, part) {
                Ok(thread) => threads.push(thread),
                Err(cause) => {
                    gate.turn.store(GIVE_UP, SeqCst);
                    return Err(Error::no_thread(worker, &cause));
                }
            }
        }
        // Only now: a thread inherits the cores of the one that starts it.
        let _worker = context.enter(0);
        gate.open_for(threads.len());
        let mut results = vec![Ok(work(0))];
        // Every thread is joined, also after one failed: `scope` would panic otherwise.
        for (worker, thread) in (1..).zip(threads) {
            let result = thread.join().map_err(|payload| context.panicked(worker, &*payload));
            results.push(result.map(|result| result.expect("nobody gave up: the gate was opened")));
        }
        results.into_iter().collect()
    })
}

/// How long the workers of `context` take that all do `work` at the same moment: from the first one's start
/// to the last one's end.
///
/// ```
/// let context = measure::Context::new(kernels::Workers::ONE);
/// let nap = std::time::Duration::from_millis(2);
/// assert!(measure::time_together(&context, |_| std::thread::sleep(nap)).unwrap() >= nap);
/// ```
///
/// # Errors
///
/// Those of [`together`].
pub fn time_together(context: &Context, work: impl Fn(usize) + Sync) -> Result<Duration, Error> {
    let times = together(context, |worker| {
        let start = Instant::now();
        work(worker);
        (start, Instant::now())
    })?;
    let start = times.iter().map(|(start, _)| *start).min();
    let end = times.iter().map(|(_, end)| *end).max();
    Ok(start.zip(end).map_or(Duration::ZERO, |(start, end)| end - start))
}

const GO: usize = usize::MAX;
const GIVE_UP: usize = usize::MAX - 1;

/// How quickly threads answer that are all running.
const AWAKE: Duration = Duration::from_micros(30);

/// How long to wait for that: a machine that has fewer cores never gets there.
const PATIENCE: Duration = Duration::from_millis(20);

/// The caller calls turn after turn; everybody answers each, until all answers come at once.
#[derive(Debug, Default)]
struct Gate {
    turn: AtomicUsize,
    answers: AtomicUsize,
}

impl Gate {
    fn open_for(&self, threads: usize) {
        let begin = Instant::now();
        for turn in 1.. {
            let called = Instant::now();
            self.turn.store(turn, SeqCst);
            while self.answers.load(SeqCst) < turn * threads {
                spin_loop();
            }
            if called.elapsed() < AWAKE || begin.elapsed() > PATIENCE {
                break;
            }
        }
        self.turn.store(GO, SeqCst);
    }

    /// Answers every turn; returns whether to go.
    fn pass(&self) -> bool {
        let mut answered = 0;
        loop {
            match self.turn.load(SeqCst) {
                GO => return true,
                GIVE_UP => return false,
                turn if turn > answered => {
                    answered = turn;
                    self.answers.fetch_add(1, SeqCst);
                }
                _ => spin_loop(),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use kernels::Workers;

    use super::*;

    #[test]
    fn everybody_works_once_and_answers_in_order() {
        for workers in [1, 2, 3, 8] {
            let workers = Workers::new(workers).expect("a small number");
            let results =
                together(&Context::new(workers), |worker| worker * 10).expect("threads start");
            let expected: Vec<usize> = (0..workers.get()).map(|worker| worker * 10).collect();
            assert_eq!(results, expected);
        }
    }

    #[test]
    fn a_panic_is_an_error() {
        let two = Workers::new(2).expect("two");
        let result = together(&Context::new(two), |worker| assert_eq!(worker, 0));
        assert!(matches!(result, Err(Error::Worker { .. })), "{result:?}");
    }
}
