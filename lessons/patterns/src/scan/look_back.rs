use std::hint::spin_loop;
use std::iter::from_fn;
use std::sync::atomic::{
    AtomicU8, AtomicU64,
    Ordering::{Acquire, Relaxed, Release},
};
use std::thread;

use kernels::split;
use measure::{Context, Error};
use threads::on_threads;

use crate::{Recorder, Scan};

/// So many numbers are 32 KiB: what was just summed is still in a cache when it is read again.
const LARGEST_BLOCK: u64 = 4096;

/// One trip over the memory: blocks in a row, each of which asks its predecessors what comes before it.
///
/// A worker takes the next block, sums it, and publishes that sum. Then it looks back, block by block, and adds
/// up what it finds: the sum of a block, if that is all that is known of it, or the sum of everything up to
/// and with that block, and then it is done. It publishes the same for its own block, and writes the running
/// sums. Nobody waits for a phase to end, and the numbers are still in a cache when they are read again: so
/// memory is read once, and not twice as by [`scan_three_phases`](crate::scan_three_phases).
///
/// This is decoupled look-back (Merrill and Garland, "Single-pass Parallel Prefix Scan with Decoupled
/// Look-back", 2016), as GPUs do it.
///
/// # Errors
///
/// Where a thread cannot be started, or panics.
pub fn scan_look_back<R: Recorder>(scan: &Scan<'_, R>, context: &Context) -> Result<(), Error> {
    let terms = scan.terms();
    let size = (split::len(&terms) / 256).clamp(1, LARGEST_BLOCK);
    let count = split::block_count(&terms, size);
    let blocks: Vec<Block> = (0..count).map(|_| Block::default()).collect();
    let next = AtomicU64::new(0);
    // ANCHOR: block
    on_threads(context, &|_| {
        // Relaxed: each number is given out once, and in order. Nothing else is told by it.
        let take = || Some(next.fetch_add(1, Relaxed)).filter(|number| *number < count);
        for number in from_fn(take) {
            let range = split::block(&terms, size, number).expect("there are so many");
            let (block, earlier) = (&blocks[number as usize], &blocks[..number as usize]);
            let sum = scan.sum(range.clone());
            block.publish(&block.sum, sum, SUM);
            let Some(before) = sum_before(earlier, context) else { return };
            block.publish(&block.upto, before + sum, UPTO);
            scan.write_sums(range, before);
        }
    })?;
    // ANCHOR_END: block
    Ok(())
}

/// What is known of a block.
#[derive(Debug, Default)]
struct Block {
    /// [`NOTHING`], [`SUM`] or [`UPTO`]. It only ever grows.
    known: AtomicU8,
    sum: AtomicU64,
    upto: AtomicU64,
}

const NOTHING: u8 = 0;
const SUM: u8 = 1;
const UPTO: u8 = 2;

impl Block {
    // ANCHOR: publish
    fn publish(&self, place: &AtomicU64, value: u64, known: u8) {
        // Relaxed, for the store below is what tells of it.
        place.store(value, Relaxed);
        // Release: pairs with the Acquire in `sum_before`. Who sees `known` sees the value, too.
        self.known.store(known, Release);
    }
    // ANCHOR_END: publish
}

/// The sum of everything in these blocks; `None` once the run is given up.
///
/// It waits for a block of which nothing is known yet. That ends: blocks are taken in order, so somebody is at
/// work on it, and of all blocks that are not done the first waits for nobody.
// ANCHOR: back
fn sum_before(blocks: &[Block], context: &Context) -> Option<u64> {
    let mut sum = 0;
    for block in blocks.iter().rev() {
        let mut turns = 0;
        loop {
            // Acquire: pairs with the Release in `publish`. Relaxed below, because of that.
            match block.known.load(Acquire) {
                NOTHING => wait(&mut turns, context)?,
                UPTO => return Some(sum + block.upto.load(Relaxed)),
                _ => break sum += block.sum.load(Relaxed),
            }
        }
    }
    Some(sum)
}
// ANCHOR_END: back

/// Spins a little, and then lets others have the core: who is waited for may need this one.
fn wait(turns: &mut u32, context: &Context) -> Option<()> {
    *turns += 1;
    if *turns < 100 {
        spin_loop();
        return Some(());
    }
    thread::yield_now();
    // Somebody may never come: who panicked, say. The time limit then ends this, too.
    (!context.is_cancelled()).then_some(())
}
