//! What it costs to put something into a queue, and to take it out.

use std::hint::black_box;
use std::ops::Range;
use std::sync::mpsc;
use std::thread;

use crossbeam::channel;
use crossbeam_deque::{Stealer, Worker};
use kernels::Workers;
use measure::{Context, Error, time, time_together};

use super::probe::{Group, Prepared, Probe, each, many};
use super::threads::start;

const HERE: &str = "both ends are here";

pub(super) static MPSC: Probe =
    Probe::new(Group::Alone, "mpsc channel, message", "std: send and receive", || {
        let (sender, receiver) = mpsc::channel();
        many(move || {
            sender.send(1_u64).expect(HERE);
            black_box(receiver.recv().expect(HERE));
        })
    });

pub(super) static SYNC: Probe =
    Probe::new(Group::Alone, "sync_channel, message", "std, room for one", || {
        let (sender, receiver) = mpsc::sync_channel(1);
        many(move || {
            sender.send(1_u64).expect(HERE);
            black_box(receiver.recv().expect(HERE));
        })
    });

pub(super) static BOUNDED: Probe =
    Probe::new(Group::Alone, "crossbeam bounded, message", "room for one", || {
        crossbeam(channel::bounded(1))
    });

pub(super) static UNBOUNDED: Probe =
    Probe::new(Group::Alone, "crossbeam unbounded, message", "send and receive", || {
        crossbeam(channel::unbounded())
    });

fn crossbeam((sender, receiver): (channel::Sender<u64>, channel::Receiver<u64>)) -> Prepared {
    many(move || {
        sender.send(1).expect(HERE);
        black_box(receiver.recv().expect(HERE));
    })
}

/// So many blocks for each core, and so many for a thief.
const BLOCKS: u64 = 10_000;

pub(super) static SEND: Probe =
    Probe::new(Group::Part, "send many", "to an unbounded channel, nobody receives", || {
        each(|| {
            let (sender, _receiver) = channel::unbounded();
            let ((), sent) = time(|| fill(&sender));
            Ok(sent.as_secs_f64() / blocks() as f64)
        })
    });

pub(super) static RECEIVE: Probe =
    Probe::new(Group::Part, "receive, shared", "while all usable cores receive", || {
        each(|| {
            let (sender, receiver) = channel::unbounded();
            fill(&sender);
            drop(sender);
            let received = time_together(&Context::new(Workers::usable()), |_| {
                black_box(receiver.iter().count());
            })?;
            Ok(received.as_secs_f64() / blocks() as f64)
        })
    });

fn fill(sender: &channel::Sender<Range<u64>>) {
    for block in 0..blocks() {
        sender.send(block..block + 1).expect(HERE);
    }
}

fn blocks() -> u64 {
    BLOCKS * Workers::usable().get() as u64
}

pub(super) static SPLIT: Probe = Probe::new(
    Group::Alone,
    "own deque, push and pop",
    "crossbeam-deque, last in first out",
    || {
        let deque = Worker::new_lifo();
        many(move || {
            deque.push(0_u64..1);
            black_box(deque.pop());
        })
    },
);

pub(super) static LOOK: Probe = Probe::new(
    Group::Part,
    "look into an empty deque",
    "of somebody else, as a thief does",
    || {
        let stealer = Worker::<Range<u64>>::new_lifo().stealer();
        many(move || drop(black_box(stealer.steal())))
    },
);

pub(super) static STEAL: Probe =
    Probe::new(Group::Part, "steal from another's deque", "one range after the other", || {
        let deque = Worker::new_lifo();
        each(move || {
            (0..BLOCKS).for_each(|block| deque.push(block..block + 1));
            let stolen = stolen(&deque.stealer())?;
            while deque.pop().is_some() {}
            Ok(stolen / BLOCKS as f64)
        })
    });

/// The thief is on another core, where there is one: what it steals comes from here.
fn stolen<T: Send>(stealer: &Stealer<T>) -> Result<f64, Error> {
    let thief = || time(|| (0..BLOCKS).for_each(|_| drop(black_box(stealer.steal())))).1;
    thread::scope(|scope| {
        let stolen = start(scope, thief)?.join();
        let panicked = |payload: Box<dyn std::any::Any + Send>| {
            Context::new(Workers::ONE).panicked(1, &*payload)
        };
        Ok(stolen.map_err(panicked)?.as_secs_f64())
    })
}
