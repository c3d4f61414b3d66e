use std::any::Any;
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use kernels::Workers;

use crate::affinity::{Affinity, Pin};
use crate::panics::{self, Log};
use crate::{Cancellation, Error, Registration};

/// What holds for all runs of a program: whether workers are pinned, how often a lost range may be given
/// away again, what is drawn, and what a signal cancels.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    affinity: Affinity,
    retries: u32,
    seed: u64,
    cancellation: Cancellation,
}

impl Setup {
    /// Nothing pinned, no retries; cancelled with `cancellation`.
    pub fn new(cancellation: Cancellation) -> Self {
        Setup { cancellation, ..Setup::default() }
    }

    /// The same with worker i pinned to core i, the fastest core first. To be called by a thread that is not pinned itself.
    #[must_use]
    pub fn pinned(self) -> Self {
        Setup { affinity: Affinity::wanted(), ..self }
    }

    /// The same with `per_sum` ranges that each sum may give to another worker.
    #[must_use]
    pub fn with_retries(self, per_sum: u32) -> Self {
        Setup { retries: per_sum, ..self }
    }

    /// The same, cancelled with `cancellation`.
    #[must_use]
    pub fn with_cancellation(self, cancellation: Cancellation) -> Self {
        Setup { cancellation, ..self }
    }

    /// The same with another seed for all that is drawn.
    #[must_use]
    pub fn with_seed(self, seed: u64) -> Self {
        Setup { seed, ..self }
    }

    /// What the order of rows in a round is drawn from; 0 unless another was asked for.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Whether and how workers are pinned.
    pub fn affinity(&self) -> &Affinity {
        &self.affinity
    }

    /// What a signal cancels.
    pub fn cancellation(&self) -> &Cancellation {
        &self.cancellation
    }

    /// The context of a run of `workers` workers, with a cancellation of its own.
    pub fn context(&self, workers: Workers) -> Context {
        Context {
            workers,
            run: Arc::new(Shared {
                affinity: self.affinity.clone(),
                cancellation: self.cancellation.child(),
                panics: Log::default(),
                retries: self.retries,
                retries_taken: AtomicU32::new(0),
            }),
        }
    }
}

/// What a strategy is given beside its kernel and its terms: how many workers to use, and what the run
/// asks of them. A clone is another handle to the same run.
///
/// ```
/// use kernels::Workers;
/// use measure::Context;
/// let context = Context::new(Workers::ONE);
/// assert_eq!(context.workers().get(), 1);
/// let _worker = context.enter(0); // from here on this thread is worker 0
/// assert_eq!(context.catch(0, || 2 + 2).unwrap(), 4);
/// ```
#[derive(Debug, Clone)]
pub struct Context {
    workers: Workers,
    run: Arc<Shared>,
}

/// What all handles to one run share.
#[derive(Debug)]
struct Shared {
    affinity: Affinity,
    cancellation: Cancellation,
    panics: Log,
    retries: u32,
    retries_taken: AtomicU32,
}

impl Context {
    /// A run of its own: nothing pinned, no retries, nothing that cancels it.
    pub fn new(workers: Workers) -> Self {
        Setup::default().context(workers)
    }

    /// How many workers to use.
    pub fn workers(&self) -> Workers {
        self.workers
    }

    /// The same run with another number of workers.
    #[must_use]
    pub fn with_workers(&self, workers: Workers) -> Self {
        Context { workers, ..self.clone() }
    }

    /// Says that the calling thread is worker number `worker` until the guard is dropped: it is pinned if
    /// the run wants that, and a panic of it is traced to that worker.
    ///
    /// To be called on a worker's first line. Where nothing is pinned it costs next to nothing.
    pub fn enter(&self, worker: usize) -> Entered {
        panics::begin(worker, &self.run.panics);
        Entered { pin: self.run.affinity.pin(worker), _of_this_thread: PhantomData }
    }

    /// Pins worker process number `worker`, if the calling thread starts it before the guard is dropped.
    pub fn pin_child(&self, worker: usize) -> Pin {
        self.run.affinity.pin_child(worker)
    }

    /// The cancellation of this run: at its time limit, or with the whole program.
    pub fn cancellation(&self) -> &Cancellation {
        &self.run.cancellation
    }

    /// Whether the run is over its time limit, or the program is told to end: what is lost from now on
    /// was taken away on purpose.
    pub fn is_cancelled(&self) -> bool {
        self.run.cancellation.is_cancelled()
    }

    /// Leaves word how to end something that would outlive the sum.
    pub fn on_cancel(&self, action: impl Fn() + Send + 'static) -> Registration {
        self.run.cancellation.on_cancel(action)
    }

    /// Runs the part of worker number `worker`: a panic is an error that names the worker.
    ///
    /// # Errors
    ///
    /// [`Error::Worker`] where `part` panics.
    pub fn catch<T>(&self, worker: usize, part: impl FnOnce() -> T) -> Result<T, Error> {
        catch_unwind(AssertUnwindSafe(part)).map_err(|payload| self.panicked(worker, &*payload))
    }

    /// Runs a sum on a pool out of which the panics of its workers come. The error names the worker,
    /// where its thread has [entered](Context::enter) this run.
    ///
    /// # Errors
    ///
    /// [`Error::Worker`] where a worker panics.
    pub fn in_pool<T>(&self, sum: impl FnOnce() -> T) -> Result<T, Error> {
        self.run.panics.clear();
        catch_unwind(AssertUnwindSafe(sum)).map_err(|payload| self.run.panics.of_pool(&*payload))
    }

    /// The error for a worker whose thread panicked; `payload` is what
    /// [`join`](std::thread::JoinHandle::join) gave.
    pub fn panicked(&self, worker: usize, payload: &(dyn Any + Send)) -> Error {
        self.run.panics.of_worker(worker, payload)
    }

    /// The retries of one sum.
    pub fn retries(&self) -> Retries<'_> {
        Retries { left: self.run.retries, context: self }
    }

    /// How many retries there were since this was last asked.
    pub fn take_retries(&self) -> u32 {
        self.run.retries_taken.swap(0, Relaxed)
    }
}

/// How often one sum may still give a lost range to another worker.
#[derive(Debug)]
pub struct Retries<'c> {
    left: u32,
    context: &'c Context,
}

impl Retries<'_> {
    /// Whether a lost range may be given to another worker now; counts it if so.
    ///
    /// Never once the run is cancelled: what is lost then was ended on purpose.
    pub fn spend(&mut self) -> bool {
        if self.left == 0 || self.context.is_cancelled() {
            return false;
        }
        self.left -= 1;
        self.context.run.retries_taken.fetch_add(1, Relaxed);
        true
    }
}

/// A thread that is a worker of a run, until this is dropped.
#[derive(Debug)]
#[must_use = "the thread is a worker only as long as this lives"]
pub struct Entered {
    pin: Pin,
    /// It must be dropped by the thread that entered.
    _of_this_thread: PhantomData<*const ()>,
}

impl Entered {
    /// Lets the thread stay this worker until it ends.
    pub fn for_good(self) {
        std::mem::forget(self);
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        self.pin.release();
        panics::end();
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    /// Two workers panic with one text: each error has the place of its own panic.
    #[test]
    fn panics_with_the_same_text_are_told_apart() {
        panics::quiet();
        let context = Context::new(Workers::new(2).expect("two"));
        let lines = [0, 1].map(|worker| {
            let theirs = context.clone();
            let panics = move || {
                let _worker = theirs.enter(worker);
                assert!(worker > 0, "the same");
                panic!("the same");
            };
            let payload = thread::spawn(panics).join().expect_err("it panics");
            (worker, payload)
        });
        // Both have panicked before either is reported.
        let said = lines.map(|(worker, payload)| context.panicked(worker, &*payload).to_string());
        assert!(said[0].starts_with("worker 0 failed: it panicked at "), "{said:?}");
        assert!(said[1].starts_with("worker 1 failed: it panicked at "), "{said:?}");
        let place = |said: &str| {
            said.split(" at ").nth(1).map(|rest| rest.split(": the same").next().map(str::to_owned))
        };
        assert_ne!(place(&said[0]), place(&said[1]), "each has its own place: {said:?}");
    }

    /// A panic elsewhere with the same text, a moment later, does not take the blame.
    #[test]
    fn a_panic_of_another_run_does_not_name_the_worker_of_this_one() {
        panics::quiet();
        let one = Workers::ONE;
        let (mine, other) = (Context::new(one), Context::new(one));
        let error = mine.in_pool(|| {
            let worker = |context: &Context, number| {
                let theirs = context.clone();
                thread::spawn(move || {
                    let _worker = theirs.enter(number);
                    panic!("no more")
                })
                .join()
            };
            let payload = worker(&mine, 3).expect_err("it panics");
            assert!(worker(&other, 7).is_err());
            std::panic::resume_unwind(payload)
        });
        let said = error.map(|()| 0).expect_err("it panicked").to_string();
        assert!(said.starts_with("worker 3 failed"), "{said}");
    }

    #[test]
    fn retries_are_counted_and_end_with_the_run() {
        let context = Setup::default().with_retries(2).context(Workers::ONE);
        let mut retries = context.retries();
        assert!(retries.spend() && retries.spend() && !retries.spend());
        assert_eq!((context.take_retries(), context.take_retries()), (2, 0));
        context.cancellation().cancel();
        assert!(!context.retries().spend());
    }
}
