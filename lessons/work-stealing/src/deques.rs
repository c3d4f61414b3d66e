use std::iter::repeat_with;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{Builder, JoinHandle, yield_now};
use std::time::Instant;

use crossbeam_deque::{Steal, Stealer, Worker};
use kernels::{Atomic, AtomicOf, Event, Kernel, split};
use measure::{Context, Error};
use threads::AWAKE;

use crate::sleep::Sleep;

/// Halves of halves on a scheduler of our own.
///
/// Each worker has a deque, a row of ranges with two ends. It puts right halves on one end and takes
/// its next range from there, small and fresh in its cache. An idle worker steals from the *other* end
/// of somebody else's, where the largest range lies. The caller is worker 0 and works like all others.
///
/// # Errors
///
/// Where a worker panics; the pool can be used again.
pub fn deques<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    pool: &mut Deques<K>,
) -> Result<K::Partial, Error> {
    kernel.record(Event::ReportsSteals);
    if !split::worth_sharing(kernel, &terms) {
        return pool.pool.context.catch(0, || kernel.sum(terms));
    }
    let (kernel, left) = (kernel.clone(), AtomicU64::new(split::len(&terms)));
    let (total, panic) = (AtomicOf::<K>::default(), Mutex::default());
    let sum = Arc::new(WholeSum { kernel, left, total, panic });
    pool.own.push(Task { sum: Arc::clone(&sum), range: terms });
    // Acquire pairs with the Release in `run`: all partials are in the total.
    pool.pool.work(0, &pool.own, || sum.left.load(Ordering::Acquire) == 0);
    let panic = sum.panic.lock().expect("no panics under it").take();
    panic.map_or_else(|| Ok(sum.total.load(Ordering::Relaxed)), Err)
}

/// The workers, which stay from sum to sum: the caller with its deque, and the threads.
pub struct Deques<K: Kernel> {
    own: Worker<Task<K>>,
    pool: Arc<Pool<K>>,
    threads: Vec<JoinHandle<()>>,
}

struct Pool<K: Kernel> {
    stealers: Vec<Stealer<Task<K>>>,
    sleep: Sleep,
    context: Context,
}

/// A range to sum, and the sum that it is a part of.
struct Task<K: Kernel> {
    sum: Arc<WholeSum<K>>,
    range: Range<u64>,
}

struct WholeSum<K: Kernel> {
    kernel: K,
    left: AtomicU64,
    total: AtomicOf<K>,
    panic: Mutex<Option<Error>>,
}

impl<K: Kernel> Deques<K> {
    /// Starts all workers but the caller.
    ///
    /// # Errors
    ///
    /// Where a thread cannot be started.
    pub fn start(_: &K, context: &Context) -> Result<Self, Error> {
        let mut deques: Vec<_> =
            repeat_with(Worker::new_lifo).take(context.workers().get()).collect();
        let stealers = deques.iter().map(Worker::stealer).collect();
        let pool = Arc::new(Pool { stealers, sleep: Sleep::default(), context: context.clone() });
        let own = deques.remove(0);
        let mut started = Deques { own, pool, threads: Vec::new() };
        for (number, own) in (1..).zip(deques) {
            let pool = Arc::clone(&started.pool);
            let work = move || pool.work(number, &own, || pool.sleep.is_closed());
            let thread = Builder::new().spawn(work);
            started.threads.push(thread.map_err(|cause| Error::no_thread(number, &cause))?);
        }
        Ok(started)
    }
}

impl<K: Kernel> Drop for Deques<K> {
    fn drop(&mut self) {
        self.pool.sleep.close();
        for thread in self.threads.drain(..) {
            let _ = thread.join(); // Tasks catch their panics, so a worker has none of its own.
        }
    }
}

impl<K: Kernel> Pool<K> {
    /// Takes task after task, my own first, until `done`; sleeps while there is nothing to take.
    // ANCHOR: work
    fn work(&self, me: usize, own: &Worker<Task<K>>, done: impl Fn() -> bool) {
        let _worker = self.context.enter(me);
        let mut idle_since = None;
        while !done() {
            if let Some(task) = own.pop().or_else(|| self.steal(me)) {
                self.run(me, own, task);
                idle_since = None;
            } else if idle_since.get_or_insert_with(Instant::now).elapsed() < AWAKE {
                yield_now();
            } else {
                self.sleep.unless(|| done() || self.stealers.iter().any(|other| !other.is_empty()));
                idle_since = None;
            }
        }
    }
    // ANCHOR_END: work

    /// The oldest range of somebody else, asked in turn from my neighbour on.
    fn steal(&self, me: usize) -> Option<Task<K>> {
        let others = self.stealers.iter().cycle().skip(me + 1).take(self.stealers.len() - 1);
        // `Retry` means that another thief was quicker at this deque, not that it is empty.
        let try_one = |other: &Stealer<_>| repeat_with(|| other.steal()).find(|s| !s.is_retry());
        let task = others.filter_map(try_one).find_map(Steal::success)?;
        task.sum.kernel.record(Event::Stole);
        Some(task)
    }

    /// Puts right halves up for stealing down to the grain, and sums what is left.
    fn run(&self, me: usize, own: &Worker<Task<K>>, task: Task<K>) {
        let Task { sum, mut range } = task;
        while split::len(&range) > sum.kernel.grain() {
            let (left, right) = split::halves(&range);
            own.push(Task { sum: Arc::clone(&sum), range: right });
            self.sleep.wake_one();
            range = left;
        }
        let terms = split::len(&range);
        match self.context.catch(me, || sum.kernel.sum(range)) {
            Ok(partial) => sum.total.fetch_add(partial, Ordering::Relaxed),
            Err(panic) => {
                sum.panic.lock().expect("no panics under it").get_or_insert(panic);
            }
        }
        // Release: whoever sees `left` at 0 also sees what was added, or the panic.
        if sum.left.fetch_sub(terms, Ordering::AcqRel) == terms {
            self.sleep.wake_all(); // The caller may be asleep.
        }
    }
}
