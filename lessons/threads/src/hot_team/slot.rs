#![expect(unsafe_code, reason = "a place that two threads touch by turns")]

use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};

use crossbeam::utils::CachePadded;

use super::awake::Awake;
use super::sync::{Arc, AtomicU32, Thread, UnsafeCell, park};

/// Whose turn it is: that side alone touches the contents of the slot.
const CALLER: u32 = 0;
const WORKER: u32 = 1;
/// The other side sleeps, and has to be woken.
const ASLEEP: u32 = 2;
/// It is the worker's turn for good: there are no more questions.
const CLOSED: u32 = 4;

/// A place on cache lines of its own, where a caller leaves a question for a worker, and the worker its answer.
///
/// `tests/slot` tries this file in every order that a model checker knows, and says what that does not cover.
pub struct Slot<Q, A> {
    state: AtomicU32,
    question: UnsafeCell<Option<Q>>,
    answer: UnsafeCell<Option<A>>,
    /// Whom the worker wakes.
    caller: UnsafeCell<Option<Thread>>,
}

// SAFETY: one side at a time touches the contents, so it is enough that these may be sent to it.
unsafe impl<Q: Send, A: Send> Sync for Slot<Q, A> {}

/// The side of the caller.
pub struct Asker<Q: Send, A: Send> {
    slot: Arc<CachePadded<Slot<Q, A>>>,
    worker: Thread,
    asked: bool,
}

/// The side of the worker.
pub struct Answerer<Q, A> {
    slot: Arc<CachePadded<Slot<Q, A>>>,
    /// Who asked last.
    caller: Option<Thread>,
}

impl<Q: Send, A: Send> Slot<Q, A> {
    /// An empty slot, and its worker's side. The caller's side comes [once the worker has a thread](Asker::new).
    pub fn with_answerer() -> (Arc<CachePadded<Self>>, Answerer<Q, A>) {
        let slot = Arc::new(CachePadded::new(Slot {
            state: AtomicU32::new(CALLER),
            question: UnsafeCell::new(None),
            answer: UnsafeCell::new(None),
            caller: UnsafeCell::new(None),
        }));
        (Arc::clone(&slot), Answerer { slot, caller: None })
    }

    // ANCHOR: turns
    /// Gives the turn away; returns whether the other side has to be woken for it.
    fn pass(&self, turn: u32) -> bool {
        // Release pairs with the Acquire in `wait`: whose turn it is sees what was left here.
        self.state.swap(turn, Release) & ASLEEP != 0
    }

    /// Waits for the turn of this side: awake for a while, and then asleep.
    fn wait(&self, mine: u32, mut awake: Awake) -> u32 {
        loop {
            let state = self.state.load(Acquire);
            if state & WORKER == mine {
                return state;
            }
            // Whoever passes the turn swaps the state. So either that comes first and this exchange fails, or the
            // one who passes sees the mark. Nobody sleeps through it.
            let sleeps = || self.state.compare_exchange(state, state | ASLEEP, Relaxed, Relaxed);
            if state & ASLEEP != 0 || (!awake.once_more() && sleeps().is_ok()) {
                park();
            }
        }
    }
    // ANCHOR_END: turns
}

impl<Q: Send, A: Send> Asker<Q, A> {
    /// The caller's side of a slot whose worker is this thread.
    pub fn new(slot: Arc<CachePadded<Slot<Q, A>>>, worker: Thread) -> Self {
        Asker { slot, worker, asked: false }
    }

    /// Leaves a question; `caller` is the calling thread.
    ///
    /// # Panics
    ///
    /// Where the last question was not answered yet.
    pub fn ask(&mut self, question: Q, caller: &Thread) {
        assert!(!self.asked, "one question at a time");
        self.slot.caller.with_mut(|place| {
            // SAFETY: it is the caller's turn until `pass`, and there is only one of its side.
            let place = unsafe { &mut *place };
            if place.as_ref().is_none_or(|last| last.id() != caller.id()) {
                *place = Some(caller.clone());
            }
        });
        // SAFETY: as above.
        self.slot.question.with_mut(|place| unsafe { *place = Some(question) });
        self.asked = true;
        self.pass(WORKER);
    }

    /// Waits for the answer to the last question.
    ///
    /// # Panics
    ///
    /// Where there was no question.
    pub fn answer(&mut self, awake: Awake) -> A {
        assert!(self.asked, "there was a question");
        self.slot.wait(CALLER, awake);
        self.asked = false;
        // SAFETY: it is the caller's turn, and there is only one of its side.
        let answer = self.slot.answer.with_mut(|place| unsafe { (*place).take() });
        answer.expect("the worker passes the turn with an answer only")
    }

    fn pass(&self, turn: u32) {
        if self.slot.pass(turn) {
            self.worker.unpark();
        }
    }
}

impl<Q: Send, A: Send> Drop for Asker<Q, A> {
    fn drop(&mut self) {
        if self.asked {
            self.answer(Awake::never());
        }
        self.pass(WORKER | CLOSED);
    }
}

impl<Q: Send, A: Send> Answerer<Q, A> {
    /// Waits for a question and answers it with `work`; false when there are no more.
    pub fn serve(&mut self, awake: Awake, work: impl FnOnce(Q) -> A) -> bool {
        if self.slot.wait(WORKER, awake) & CLOSED != 0 {
            return false;
        }
        // SAFETY: it is the worker's turn until `pass`, and there is only one of its side.
        let question = self.slot.question.with_mut(|place| unsafe { (*place).take() });
        let answer = work(question.expect("the caller passes the turn with a question"));
        // SAFETY: as above.
        self.slot.answer.with_mut(|place| unsafe { *place = Some(answer) });
        // To be woken after its turn has begun, when its handle in the slot is its own again.
        self.slot.caller.with_mut(|place| {
            // SAFETY: as above.
            let caller = unsafe { &*place };
            if self.caller.as_ref().map(Thread::id) != caller.as_ref().map(Thread::id) {
                self.caller.clone_from(caller);
            }
        });
        if self.slot.pass(CALLER) {
            self.caller.as_ref().expect("whoever asks leaves its thread here").unpark();
        }
        true
    }
}
