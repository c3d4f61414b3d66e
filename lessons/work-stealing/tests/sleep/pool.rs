//! The pool of `deques` in small: the same steps in the same order, with stand-ins for the deques.

use std::sync::Arc;

use loom::sync::atomic::AtomicUsize;
use loom::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release};
use loom::thread::{JoinHandle, spawn};

/// What the pool needs of `Sleep`, so that broken ones can stand in its place.
pub trait Parking: Send + Sync + 'static {
    fn unless(&self, reason_to_stay: impl Fn() -> bool);
    fn wake_one(&self);
    fn wake_all(&self);
    fn close(&self);
    fn is_closed(&self) -> bool;
}

macro_rules! parking {
    ($sleep:ty) => {
        impl $crate::pool::Parking for $sleep {
            fn unless(&self, reason_to_stay: impl Fn() -> bool) {
                self.unless(reason_to_stay);
            }
            fn wake_one(&self) {
                self.wake_one();
            }
            fn wake_all(&self) {
                self.wake_all();
            }
            fn close(&self) {
                self.close();
            }
            fn is_closed(&self) -> bool {
                self.is_closed()
            }
        }
    };
}
pub(crate) use parking;

/// Runs `program` in every order; with a bound, only in those that interrupt threads so often at most.
pub fn model(bound: Option<usize>, program: impl Fn() + Send + Sync + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = bound;
    builder.max_branches = 10_000;
    builder.check(program);
}

/// A line of tasks that its owner adds to and everybody takes from. Its orderings promise no more than
/// those of crossbeam's deque.
#[derive(Default)]
struct Line {
    front: AtomicUsize,
    back: AtomicUsize,
}

impl Line {
    fn push(&self) {
        self.back.store(self.back.load(Relaxed) + 1, Release);
    }

    fn is_empty(&self) -> bool {
        let front = self.front.load(Acquire);
        self.back.load(Acquire) <= front
    }

    /// The number of the oldest task, which now belongs to whoever asked.
    fn take(&self) -> Option<usize> {
        loop {
            let front = self.front.load(Acquire);
            if self.back.load(Acquire) <= front {
                return None;
            }
            if self.front.compare_exchange(front, front + 1, AcqRel, Relaxed).is_ok() {
                return Some(front);
            }
        }
    }
}

/// A line for each worker that brings tasks, and one sum of `tasks` tasks.
pub struct Pool<P> {
    pub sleep: P,
    lines: Vec<Line>,
    tasks: usize,
    left: AtomicUsize,
    taken: AtomicUsize,
}

impl<P: Parking> Pool<P> {
    /// With more than one line, whoever takes the first task of the first line brings the others.
    pub fn new(sleep: P, lines: usize, tasks: usize) -> Arc<Self> {
        let lines = (0..lines).map(|_| Line::default()).collect();
        let (left, taken) = (AtomicUsize::new(tasks), AtomicUsize::new(0));
        Arc::new(Pool { sleep, lines, tasks, left, taken })
    }

    /// A thread that works until the pool is closed.
    pub fn helper(self: &Arc<Self>, me: usize) -> JoinHandle<()> {
        let pool = Arc::clone(self);
        spawn(move || pool.work(me, || pool.sleep.is_closed()))
    }

    /// Puts `tasks` tasks down, one after the other, and wakes somebody for each.
    pub fn bring(&self, me: usize, tasks: usize) {
        for _ in 0..tasks {
            self.lines[me].push();
            self.sleep.wake_one();
        }
    }

    /// Sleeps until the sum is done, without helping.
    pub fn wait(&self) {
        while !self.is_done() {
            self.sleep.unless(|| self.is_done());
        }
    }

    /// Puts the whole sum down and works on it until it is done, as the caller of `deques` does. A
    /// helper that is awake may take it first; nobody is woken for it.
    pub fn sum(&self) {
        self.lines[0].push();
        self.work(0, || self.is_done());
    }

    /// The next sum of as many tasks. Everything of the last one is done.
    pub fn begin_again(&self) {
        assert_eq!(self.taken.swap(0, Relaxed), self.tasks);
        self.left.store(self.tasks, Relaxed);
    }

    /// Closes the pool, waits for its threads, and looks whether each task was taken once.
    pub fn end(&self, helpers: Vec<JoinHandle<()>>) {
        self.sleep.close();
        for helper in helpers {
            helper.join().expect("a worker panics only with the model");
        }
        assert_eq!((self.left.load(Relaxed), self.taken.load(Relaxed)), (0, self.tasks));
        assert!(self.lines.iter().all(Line::is_empty));
    }

    fn is_done(&self) -> bool {
        self.left.load(Acquire) == 0
    }

    fn work(&self, me: usize, done: impl Fn() -> bool) {
        while !done() {
            let taken = self.lines.iter().map(Line::take).enumerate();
            if let Some((line, number)) =
                taken.filter_map(|(line, task)| Some((line, task?))).next()
            {
                if self.lines.len() > 1 && (line, number) == (0, 0) {
                    self.bring(me, self.tasks - 1);
                }
                self.run();
            } else {
                self.sleep.unless(|| done() || !self.lines.iter().all(Line::is_empty));
            }
        }
    }

    fn run(&self) {
        self.taken.fetch_add(1, Relaxed);
        if self.left.fetch_sub(1, AcqRel) == 1 {
            self.sleep.wake_all();
        }
    }
}
