use kernels::{Workers, available_memory};
use measure::machine::{Machine, read_rate};
use measure::{Context, Error};
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

/// Measures the mountain: some tenths of a second for each worker count.
pub(crate) fn mountain(machine: &Machine) -> Result<Mountain, Error> {
    let all = MOST.min(available_memory() / 4).max(SMALLEST);
    let numbers = numbers(all);
    let counts = Workers::doubling(Workers::usable());
    let largest = (4 * last_cache(machine)).clamp(1 << 20, all);
    let sizes = std::iter::successors(Some(SMALLEST), |bytes| Some(bytes * 2))
        .take_while(|bytes| *bytes <= largest);
    let mut slopes = Vec::new();
    for bytes in sizes {
        let rate = |workers: &Workers| {
            let fits = bytes * workers.get() as u64 <= all;
            fits.then(|| rate(&numbers, bytes, *workers)).transpose()
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
    let numbers = numbers(bytes);
    let alone = rate(&numbers, bytes / all.get() as u64, Workers::ONE)?;
    let together = rate(&numbers, bytes / all.get() as u64, all)?;
    Ok(Some((together / alone).max(1.0)))
}

/// As many numbers as take so many bytes.
fn numbers(bytes: u64) -> Vec<u64> {
    vec![1; (bytes / 8) as usize]
}

/// Each worker reads a part of its own of so many bytes, again and again, and nobody waits for the slowest; the
/// best of three.
fn rate(numbers: &[u64], bytes: u64, workers: Workers) -> Result<f64, Error> {
    let read = (bytes / 8) as usize * workers.get();
    let mut best = 0.0_f64;
    for _ in 0..3 {
        best = best.max(read_rate(&Context::new(workers), &numbers[..read])?);
    }
    Ok(best)
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
