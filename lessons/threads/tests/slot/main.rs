//! The part of `hot-team` that can hang, or mix up what two threads touch, tried in every order of its steps.
//!
//! Loom runs a small program again and again, each time in another order, and lets every read see every value that
//! the memory model allows. Here it runs `src/hot_team/slot.rs` itself, the file and not a copy, on loom's atomics and
//! threads. A lost wake-up is a program in which everybody sleeps: a deadlock. And two threads that touch the contents
//! without an order between them are a race, which loom sees, too.
//!
//! What the models do not cover: more than two workers and two questions; the time for which a side looks before it
//! sleeps (here it sleeps at once); panics, which are in `tests/threads.rs`.

#![expect(clippy::duplicate_mod, reason = "one file on several kinds of atomics")]

mod checked;
mod faulty;
mod torn;
mod unordered;

/// Some questions to each of some workers, and the end. A macro, since each kind of slot has types of its own.
macro_rules! asks {
    ($kind:ident, $workers:literal workers, $questions:literal questions, bound $bound:expr) => {{
        let mut builder = loom::model::Builder::new();
        builder.preemption_bound = $bound;
        builder.check(|| {
            let caller = loom::thread::current();
            let start = |worker: u32| {
                let (slot, mut answerer) = $kind::slot::Slot::with_answerer();
                let serve = move || {
                    while answerer.serve($kind::awake::Awake::never(), |asked: u32| asked + worker)
                    {
                    }
                };
                let thread = loom::thread::spawn(serve);
                ($kind::slot::Asker::new(slot, thread.thread().clone()), thread)
            };
            let (mut askers, threads): (Vec<_>, Vec<_>) = (0..$workers).map(start).unzip();
            let questions: u32 = $questions;
            for question in 0..questions {
                for asker in &mut askers {
                    asker.ask(10 * question, &caller);
                }
                for (worker, asker) in (0..).zip(&mut askers) {
                    assert_eq!(asker.answer($kind::awake::Awake::never()), 10 * question + worker);
                }
            }
            drop(askers);
            threads
                .into_iter()
                .for_each(|thread| thread.join().expect("a worker panics only with the model"));
        });
    }};
}

testkit::models! {
    fn a_question_is_answered() {
        asks!(checked, 1 workers, 1 questions, bound None);
    }

    fn a_second_question_finds_the_worker_awake_or_asleep() {
        asks!(checked, 1 workers, 2 questions, bound Some(3));
    }

    fn two_workers_answer_the_same_caller() {
        asks!(checked, 2 workers, 1 questions, bound Some(2));
    }

    fn a_worker_without_questions_goes_home() {
        asks!(checked, 2 workers, 0 questions, bound None);
    }

    /// Between the two the other side may fall asleep, and nobody sees the mark.
    fn a_turn_that_is_read_and_then_written_loses_a_wake_up() {
        assert!(testkit::models::finds("deadlock", || asks!(torn, 1 workers, 1 questions, bound None)));
    }

    fn a_turn_without_an_order_is_a_race() {
        assert!(testkit::models::finds("Causality violation", || asks!(unordered, 1 workers, 1 questions, bound None)));
    }
}
