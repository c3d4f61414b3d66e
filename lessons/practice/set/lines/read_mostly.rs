//! # Read it once a block
//!
//! A setting hardly ever changes. How often does a worker have to look at it?
//!
//! Reading a shared setting is cheap as long as nobody writes on its line; then each core keeps a copy. But a line
//! holds more than one value: where a counter that everybody adds to lies beside the setting, each addition throws
//! the copies away, and the next look has to wait for the line. Besides, an atomic read in the inner loop keeps the
//! compiler from using wide instructions. Reading it once for everything is no cure: then nobody sees that the user
//! has turned a knob, or wants to stop. So read it once for each block, and go on with a local copy.
//!
//! Counts: what counts for a block is the limit that is set when the block comes; the limit is read at most once for
//! each block.
//!
//! Read: [threads, cache lines](../../../threads/README.md)

use std::sync::atomic::{AtomicU64, Ordering};

/// A limit that somebody else may change at any time. It counts how often it is read.
#[derive(Debug, Default)]
pub struct Setting {
    limit: AtomicU64,
    reads: AtomicU64,
}

impl Setting {
    /// The limit as it is now.
    pub fn limit(&self) -> u64 {
        self.reads.fetch_add(1, Ordering::Relaxed);
        self.limit.load(Ordering::Relaxed)
    }

    /// Sets another one.
    pub fn set(&self, limit: u64) {
        self.limit.store(limit, Ordering::Relaxed);
    }

    /// How often it was read.
    pub fn reads(&self) -> u64 {
        self.reads.load(Ordering::Relaxed)
    }
}

/// How many numbers of the blocks that come lie below the limit.
pub fn count_below<'n>(blocks: impl Iterator<Item = &'n [u64]>, setting: &Setting) -> usize {
    // HOLE
    let below = |block: &[u64]| {
        let limit = setting.limit();
        block.iter().filter(|number| **number < limit).count()
    };
    blocks.map(below).sum()
    // SKELETON how: the limit was read 1000 times
    //| blocks.map(|block| block.iter().filter(|number| **number < setting.limit()).count()).sum()
    // WRONG right: is not seen
    //| let limit = setting.limit();
    //| blocks.map(|block| block.iter().filter(|number| **number < limit).count()).sum()
    // WRONG right: is seen one block late
    //| let (mut below, mut limit) = (0, setting.limit());
    //| for block in blocks {
    //|     below += block.iter().filter(|number| **number < limit).count();
    //|     limit = setting.limit();
    //| }
    //| below
    // WRONG how: the limit was read 20 times
    //| let mut below = 0;
    //| for block in blocks {
    //|     for part in block.chunks(block.len().div_ceil(2)) {
    //|         let limit = setting.limit();
    //|         below += part.iter().filter(|number| **number < limit).count();
    //|     }
    //| }
    //| below
    // END
}

// HINT The read has to leave the inner loop, but must stay inside the outer one.
// HINT Where is the first place at which the block is known to have come? Put the limit into a local variable there.
// RULES
/// How often the limit is read, and when.
pub fn rules() -> Rules {
    Rules::new()
        .right("a limit that stays", |trial| {
            for (numbers, size) in [(10, 10), (10, 3), (100, 7), (0, 1)] {
                let numbers: Vec<u64> = (0..numbers).collect();
                let call = format!("count_below of 0..{} in blocks of {size}, with the limit 5", numbers.len());
                trial.calling(&call);
                let setting = attempt::Setting::default();
                setting.set(5);
                let below = attempt::count_below(numbers.chunks(size), &setting);
                let right = numbers.len().min(5);
                ensure!(below == right, "{call} is {below}, and {right} is right");
            }
            Ok(())
        })
        .right("a limit that changes", |trial| {
            trial.calling("count_below of three blocks, while the limit is 0, 50 and 10");
            let numbers: Vec<u64> = (0..100).collect();
            let limits = [0, 50, 10];
            let setting = attempt::Setting::default();
            let blocks = limits.iter().map(|limit| {
                setting.set(*limit);
                numbers.as_slice()
            });
            let below = attempt::count_below(blocks, &setting);
            let what = "three blocks of 0..100 come while the limit is 0, 50 and 10";
            ensure!(below != 0, "{what}, and none is below it: that the limit changes is not seen");
            ensure!(below != 50, "{what}, and 50 are below it; 60 is right: a new limit is seen one block late");
            ensure!(below == 60, "{what}, and {below} are below it; 60 is right");
            Ok(())
        })
        .how("how often the limit is read", |trial| {
            trial.calling("count_below of 10 blocks of 100 numbers");
            let numbers: Vec<u64> = (0..1000).collect();
            let setting = attempt::Setting::default();
            setting.set(500);
            let below = attempt::count_below(numbers.chunks(100), &setting);
            ensure!(below == 500, "of 0..1000 in 10 blocks {below} lie below 500; 500 is right");
            let reads = setting.reads();
            ensure!(
                reads <= 10,
                "the limit was read {reads} times for 10 blocks; asked for: at most once for each block"
            );
            Ok(())
        })
}
