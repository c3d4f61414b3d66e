use crate::figures::{bytes_per_second, median, share_of_control};
use crate::gate::is_sure;
use crate::results::{Measured, Results};

/// Whether it is the memory that ends the gain of a sum that reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MemoryLimit {
    /// Its rate is that of the memory, and independent readers gain no more.
    Reached,
    /// Each worker gained a core.
    NotYet,
}

/// A rate from this part of the ceiling to that much above it is the memory's; one far above came from a
/// cache.
const REACHED: std::ops::Range<f64> = 0.9..1.1;

/// Workers that get this part of a core each scale.
const SCALES: f64 = 0.85;

/// What limits `best`, a sum of `memory` with several workers; `None` where the numbers do not tell. Whatever
/// speaks of it asks here.
pub(crate) fn memory_limit(results: &Results, best: &Measured) -> Option<MemoryLimit> {
    let scales = |cores: f64| cores > SCALES * best.workers as f64;
    if !is_sure(best) {
        return None;
    }
    if scales(median(best.speedup())?) {
        return Some(MemoryLimit::NotYet);
    }
    let fraction = bytes_per_second(best)? / results.machine.ceilings.read_bytes_per_second;
    let cores = median(best.cores_given())?;
    let used = share_of_control(best)?.median;
    (REACHED.contains(&fraction) && !scales(cores) && used >= 0.9).then_some(MemoryLimit::Reached)
}
