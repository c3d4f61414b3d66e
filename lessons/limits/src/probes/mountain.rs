use std::hint::black_box;
use std::time::Duration;

use kernels::{Kernel, Known, Memory, Workers, available_memory};
use measure::{Context, Error, machine::Machine, time_together};
use serde::Serialize;

/// How fast numbers are read, over how many there are and how many workers read: the memory mountain.
///
/// The picture and its name are from R. E. Bryant and D. R. O'Hallaron, *Computer Systems: A
/// Programmer's Perspective*. A ridge for each cache, and a valley where the memory begins.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Mountain {
    /// The worker counts, in rising order.
    pub(crate) workers: Vec<usize>,
    /// One line for each size, from small to large.
    pub(crate) slopes: Vec<Slope>,
}

/// One size of the numbers that each worker reads over and over.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Slope {
    /// Bytes for each worker.
    pub(crate) bytes: u64,
    /// The first cache that they all fit in: `L1`; `memory` where there is none.
    pub(crate) fits: String,
    /// Bytes a second of all workers together, for each worker count; `None` where they would take too
    /// much memory.
    pub(crate) bytes_per_second: Vec<Option<f64>>,
}

const SMALLEST: u64 = 8 << 10;

/// What all workers read together takes no more than this.
const MOST: u64 = 256 << 20;

/// About how much is read for one point, in all passes.
const READ: u64 = 32 << 20;

/// Measures the mountain: some tenths of a second for each worker count.
pub(crate) fn mountain(machine: &Machine) -> Result<Mountain, Error> {
    let all = MOST.min(available_memory() / 4).max(SMALLEST);
    let kernel = Memory::new(all / 8)?;
    let counts = Workers::doubling(Workers::usable());
    let largest = (4 * last_cache(machine)).clamp(1 << 20, all);
    let sizes = std::iter::successors(Some(SMALLEST), |bytes| Some(bytes * 2))
        .take_while(|bytes| *bytes <= largest);
    let mut slopes = Vec::new();
    for bytes in sizes {
        let rate = |workers: &Workers| {
            let fits = bytes * workers.get() as u64 <= all;
            fits.then(|| read_rate(&kernel, bytes, *workers)).transpose()
        };
        let bytes_per_second = counts.iter().map(rate).collect::<Result<_, Error>>()?;
        slopes.push(Slope { bytes, fits: fits(machine, bytes), bytes_per_second });
    }
    Ok(Mountain { workers: counts.iter().map(|workers| workers.get()).collect(), slopes })
}

impl Mountain {
    /// Bytes a second of the largest size, for one worker and for most of them.
    pub(crate) fn valley(&self) -> Option<(f64, f64)> {
        let of = |column: fn(&[Option<f64>]) -> Option<f64>| {
            self.slopes.iter().rev().find_map(|slope| column(&slope.bytes_per_second))
        };
        of(|rates| *rates.first()?).zip(of(|rates| *rates.last()?))
    }
}

/// How many cores' worth of reading the memory feeds here: what all usable cores read from memory, over
/// what one of them reads alone. `None` with one core, where nobody can tell.
pub(crate) fn memory_feeds() -> Result<Option<f64>, Error> {
    let all = Workers::usable();
    if all == Workers::ONE {
        return Ok(None);
    }
    let bytes = MOST.min(available_memory() / 4).max(SMALLEST);
    let kernel = Memory::new(bytes / 8)?;
    let alone = read_rate(&kernel, bytes / all.get() as u64, Workers::ONE)?;
    let together = read_rate(&kernel, bytes / all.get() as u64, all)?;
    Ok(Some((together / alone).max(1.0)))
}

/// Each worker reads a part of its own, again and again; the best of three.
fn read_rate(kernel: &Memory, bytes: u64, workers: Workers) -> Result<f64, Error> {
    let (terms, passes) = (bytes / 8, (READ / bytes).max(1));
    let context = Context::new(workers);
    let mut best = Duration::MAX;
    for _ in 0..3 {
        let time = time_together(&context, |worker| {
            let mine = worker as u64 * terms..(worker as u64 + 1) * terms;
            for _ in 0..passes {
                black_box(kernel.sum(black_box(mine.clone())));
            }
        })?;
        best = best.min(time);
    }
    Ok((bytes * passes * workers.get() as u64) as f64 / best.as_secs_f64())
}

fn last_cache(machine: &Machine) -> u64 {
    let sizes = machine.caches.iter().map(|cache| cache.bytes);
    sizes.max().unwrap_or(32 << 20)
}

fn fits(machine: &Machine, bytes: u64) -> String {
    let data = machine.caches.iter().filter(|cache| cache.kind != "Instruction");
    let first = data.filter(|cache| bytes <= cache.bytes).min_by_key(|cache| cache.level);
    first.map_or("memory".to_owned(), |cache| format!("L{}", cache.level))
}
