mod awake;
mod slot;
mod sync;

use std::ops::Range;
use std::thread::{self, Builder, JoinHandle};

use kernels::{Kernel, split};
use measure::{Context, Error};

pub use awake::{AWAKE, Awake};
use slot::{Answerer, Asker, Slot};

/// The ranges of `scoped`, on threads that stay awake between two sums.
///
/// To start a thread takes longer than many a sum; to wake one that sleeps takes nearly as long. So these threads
/// stay, and for a while they do not sleep: they look, again and again, whether there is another sum. Each looks at a
/// slot of its own, on cache lines of its own; the caller puts the range there, and finds the partial in the same
/// place. There is no lock, and nothing that two workers write to.
///
/// # Errors
///
/// Where a worker panics; the team can be used again.
// ANCHOR: sum
pub fn hot_team<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    team: &mut HotTeam<K>,
) -> Result<K::Partial, Error> {
    let mut ranges = split::ranges(&terms, team.context.workers());
    let mine = ranges.next().expect("there is at least one worker");
    let (_worker, caller) = (team.context.enter(0), thread::current());
    for (slot, range) in team.slots.iter_mut().zip(ranges) {
        slot.ask((kernel.clone(), range), &caller);
    }
    let mut sum = team.context.catch(0, || kernel.sum(mine));
    for slot in &mut team.slots {
        // Every answer is waited for, also after a worker panicked.
        let partial = slot.answer(team.awake.clone());
        sum = sum.and_then(|sum| Ok(sum + partial?));
    }
    sum
}
// ANCHOR_END: sum

/// The workers beside the caller, which stay from sum to sum.
pub struct HotTeam<K: Kernel> {
    slots: Vec<Asker<Question<K>, Answer<K>>>,
    threads: Vec<JoinHandle<()>>,
    context: Context,
    awake: Awake,
}

type Question<K> = (K, Range<u64>);
type Answer<K> = Result<<K as Kernel>::Partial, Error>;

impl<K: Kernel> HotTeam<K> {
    /// Starts the threads.
    ///
    /// # Errors
    ///
    /// Where one cannot be started.
    pub fn start(_: &K, context: &Context) -> Result<Self, Error> {
        let awake = Awake::of(context.workers());
        let mut team =
            HotTeam { slots: Vec::new(), threads: Vec::new(), context: context.clone(), awake };
        for worker in 1..context.workers().get() {
            let (slot, answerer) = Slot::with_answerer();
            let (context, awake) = (context.clone(), team.awake.clone());
            let thread = Builder::new().spawn(move || work(worker, answerer, &context, &awake));
            let thread = thread.map_err(|cause| Error::no_thread(worker, &cause))?;
            team.slots.push(Asker::new(slot, thread.thread().clone()));
            team.threads.push(thread);
        }
        Ok(team)
    }
}

/// Sums one range after the other, until the team is dropped.
fn work<K: Kernel>(
    worker: usize,
    mut slot: Answerer<Question<K>, Answer<K>>,
    context: &Context,
    awake: &Awake,
) {
    let _worker = context.enter(worker);
    let sum = |(kernel, range): Question<K>| context.catch(worker, || kernel.sum(range));
    while slot.serve(awake.clone(), sum) {}
}

impl<K: Kernel> Drop for HotTeam<K> {
    fn drop(&mut self) {
        self.slots.clear(); // A worker whose slot is gone goes home.
        for thread in self.threads.drain(..) {
            let _ = thread.join(); // Panics of a sum are caught, so a worker has none of its own.
        }
    }
}
