use std::ops::Range;

use crossbeam::channel::unbounded;
use kernels::{Kernel, split};
use measure::{Context, Error};

use crate::on_threads;

/// The terms in blocks, which wait in a channel; whoever is free receives the next one.
///
/// Equal ranges are fair only if equal ranges cost the same. Here a worker with cheap blocks takes
/// more of them, and nobody waits long for the slowest. Each block costs a trip through the channel,
/// so blocks must be large enough to be worth it.
///
/// # Errors
///
/// Where a thread cannot be started, or panics.
pub fn channel<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    context: &Context,
) -> Result<K::Partial, Error> {
    let size = split::block_size(kernel, &terms);
    let (sender, receiver) = unbounded();
    for number in 0..split::block_count(&terms, size) {
        sender.send(split::block(&terms, size, number)).expect("the receiver is alive, below");
    }
    drop(sender);
    // The first blocks are dealt out before the start: while threads are still starting, a quick
    // one could otherwise empty the channel alone.
    let first: Vec<_> = (0..context.workers().get()).map(|_| receiver.try_recv().ok()).collect();
    let partials = on_threads(context, &|worker| {
        // The iterator over the channel ends when it is empty and its sender is gone.
        let blocks = first[worker].clone().into_iter().chain(&receiver);
        blocks.flatten().map(|block| kernel.sum(block)).sum::<K::Partial>()
    })?;
    Ok(partials.into_iter().sum())
}
