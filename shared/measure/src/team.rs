use std::hint::spin_loop;
use std::sync::OnceLock;
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

/// What the workers of `context` do in a second, all together, from the same moment to an end that they have in
/// common, `window` later. `step` does a worker's next bit of work and says how much that was. Of the step that
/// is under way at the end the part before it counts: nobody waits for the slowest.
///
/// ```
/// let context = measure::Context::new(kernels::Workers::ONE);
/// let nap = std::time::Duration::from_millis(1);
/// let naps = || std::thread::sleep(nap);
/// let rate = measure::rate_together(&context, 5 * nap, |_| { naps(); 1.0 }).unwrap();
/// assert!(rate > 0.0 && rate <= 1000.0);
/// ```
///
/// # Errors
///
/// Those of [`together`].
pub fn rate_together(
    context: &Context,
    window: Duration,
    step: impl Fn(usize) -> f64 + Sync,
) -> Result<f64, Error> {
    let common_start = OnceLock::new();
    let done = together(context, |worker| {
        let start = *common_start.get_or_init(Instant::now);
        done_until(window, || start.elapsed(), || step(worker))
    })?;
    Ok(done.iter().sum::<f64>() / window.as_secs_f64())
}

/// How much is done when the `clock` reads `end`.
fn done_until(end: Duration, clock: impl Fn() -> Duration, step: impl Fn() -> f64) -> f64 {
    let (mut done, mut before) = (0.0, clock());
    while before < end {
        let amount = step();
        let after = clock();
        let took = (after - before).as_secs_f64();
        let left = (end - before).as_secs_f64();
        done += if left < took { amount * left / took } else { amount };
        before = after;
    }
    done
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

    /// By a clock that each step moves on by 10 ms, and that began `late`.
    fn done(late: u64, end: u64) -> f64 {
        let now = std::cell::Cell::new(late);
        let step = || {
            now.set(now.get() + 10);
            2.0
        };
        done_until(Duration::from_millis(end), || Duration::from_millis(now.get()), step)
    }

    #[test]
    fn the_step_under_way_at_the_end_counts_for_its_part() {
        assert_eq!((done(0, 20), done(0, 25), done(0, 4)), (4.0, 5.0, 0.8));
        assert_eq!((done(5, 20), done(30, 20)), (3.0, 0.0), "who came late did less, or nothing");
    }

    #[test]
    fn a_panic_is_an_error() {
        let two = Workers::new(2).expect("two");
        let result = together(&Context::new(two), |worker| assert_eq!(worker, 0));
        assert!(matches!(result, Err(Error::Worker { .. })), "{result:?}");
    }
}
