//! What it costs to put something into a queue, and to take it out.

use std::hint::black_box;
use std::thread;

use crossbeam::channel::unbounded;
use crossbeam_deque::Worker;
use kernels::Workers;
use measure::{Context, Error, time, time_together};

use super::threads::start;
use super::{CALLS, median, of_many, repeated};

/// To send, and to receive while all usable cores do.
pub(super) fn channel_prices() -> Result<(f64, f64), Error> {
    let context = Context::new(Workers::usable());
    let blocks = u64::from(CALLS) * context.workers().get() as u64;
    let (mut sends, mut receives) = (Vec::new(), Vec::new());
    for _ in 0..5 {
        let (sender, receiver) = unbounded();
        let ((), sent) = time(|| {
            for block in 0..blocks {
                sender.send(block..block + 1).expect("the receiver is alive, here");
            }
        });
        drop(sender);
        let received = time_together(&context, |_| {
            black_box(receiver.iter().count());
        })?;
        sends.push(sent.as_secs_f64() / blocks as f64);
        receives.push(received.as_secs_f64() / blocks as f64);
    }
    Ok((median(&sends), median(&receives)))
}

/// To push and pop, to look at an empty deque, and to steal.
pub(super) fn deque_prices() -> Result<(f64, f64, f64), Error> {
    let deque = Worker::new_lifo();
    let split = of_many(|| {
        deque.push(0_u64..1);
        black_box(deque.pop());
    });
    let stealer = deque.stealer();
    let look = of_many(|| drop(black_box(stealer.steal())));
    let steal = repeated(5, || {
        (0..CALLS).for_each(|block| deque.push(u64::from(block)..u64::from(block) + 1));
        // The thief is on another core: what it steals comes from there.
        let thief = || time(|| (0..CALLS).for_each(|_| drop(black_box(stealer.steal())))).1;
        let stolen = thread::scope(|scope| {
            let panicked = |panic: Box<dyn std::any::Any + Send>| {
                Context::new(Workers::ONE).panicked(1, &*panic)
            };
            start(scope, thief)?.join().map_err(panicked)
        })?;
        while deque.pop().is_some() {}
        Ok(stolen.as_secs_f64() / f64::from(CALLS))
    })?;
    Ok((split, look, steal))
}
