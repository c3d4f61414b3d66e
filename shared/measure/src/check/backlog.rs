use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use rng::Rng;

/// More than the caches of a core hold.
const BYTES: usize = 4 << 20;

/// Two words so many bytes apart are in different cache lines, on any processor.
const APART: usize = 256;

/// About as many stores as can wait for their cache lines in a core.
const STORES: usize = 64;

static FAR: LazyLock<Vec<AtomicU64>> =
    LazyLock::new(|| (0..(BYTES / size_of::<u64>()) as u64).map(AtomicU64::new).collect());

/// Leaves the calling core behind with its stores, so that a lost update becomes likely.
///
/// A core goes on while its stores wait in a queue for their cache lines, which are far away here, and others see
/// none before those ahead of it. So what the caller stores next is seen late, and what it loads next is loaded
/// at once: another worker has all that time to load the same. Where stores wait for each other, as they do on
/// x86, two workers that load, add and store at about the same moment lose an update in most cases, and in one of
/// seventy without this. An atomic addition and a lock let the queue run empty first: they lose none.
pub(super) fn fill(rng: &mut Rng) {
    let words = APART / size_of::<u64>();
    let first = rng.below(FAR.len() / words);
    for step in 0..STORES {
        FAR[(first + step) * words % FAR.len()].store(step as u64, Relaxed);
    }
}
