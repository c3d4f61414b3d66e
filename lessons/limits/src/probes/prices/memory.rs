//! What memory costs: to have it, to touch it first, to read it from afar.

use std::hint::black_box;

use kernels::available_memory;
use measure::machine::{Cache, Machine};
use measure::{Error, time};
use memmap2::MmapMut;
use rng::Rng;

use super::probe::{Group, Probe, at_least_two, each, many, shared};
use crate::system::{Here, System};

pub(super) static ALLOCATE: Probe =
    Probe::new(Group::Alone, "allocate and free 64 B", "by the allocator of the system", || {
        many(allocate::<64>)
    });

pub(super) static ALLOCATE_MUCH: Probe =
    Probe::new(Group::Alone, "allocate and free 1 MiB", "the same, none of it touched", || {
        many(allocate::<{ 1 << 20 }>)
    });

/// An allocator that keeps some memory for each thread brings no two of them together, and that is its purpose. So what
/// counts here is what each core pays.
pub(super) static ALLOCATE_ALL: Probe = Probe::new(
    Group::Shared,
    "64 B by all cores, each",
    "allocate and free, as each core sees it",
    || {
        let cores = at_least_two()?.get() as f64;
        let mut between = shared(allocate::<64>)?;
        each(move || Ok(between()? * cores))
    },
);

fn allocate<const BYTES: usize>() {
    drop(black_box(Vec::<u8>::with_capacity(BYTES)));
}

pub(crate) static LOAD: Probe = Probe::new(
    Group::Alone,
    "load at a random place",
    "of some 100 MiB, each waits for the last",
    || {
        let cycle = cycle(cycle_bytes(&Machine::asked().caches))?;
        each(chase(cycle))
    },
);

/// A cache line, which says where to go next.
type Line = [u32; 16];

// ANCHOR: chase
/// Each load says where the next one goes, so no two can be under way at once.
fn chase(cycle: Vec<Line>) -> impl FnMut() -> Result<f64, Error> {
    const LOADS: u32 = 2000;
    let mut line = 0;
    move || {
        let ((), loaded) = time(|| {
            for _ in 0..LOADS {
                line = cycle[line as usize][0];
            }
        });
        black_box(line);
        Ok(loaded.as_secs_f64() / f64::from(LOADS))
    }
}
// ANCHOR_END: chase

/// One cycle through so many bytes, in a random order (Sattolo 1986).
fn cycle(bytes: u64) -> Result<Vec<Line>, Error> {
    let lines = bytes as usize / size_of::<Line>();
    let mut cycle: Vec<Line> = Vec::new();
    cycle.try_reserve_exact(lines).map_err(|cause| Error::Refused {
        what: format!("{} MiB, to read from memory and not from a cache,", bytes >> 20),
        cause: cause.to_string(),
        remedy: "end other programs, or raise the limit (ulimit -v)",
    })?;
    cycle.extend((0..lines as u32).map(|line| [line; 16]));
    let mut rng = Rng::new(1);
    for end in (1..lines).rev() {
        cycle.swap(end, rng.below(end));
    }
    Ok(cycle)
}

/// Four times the largest cache, where that is not too much: a longer cycle takes seconds to make.
pub(crate) fn cycle_bytes(caches: &[Cache]) -> u64 {
    let largest = caches.iter().map(|cache| cache.bytes).max().unwrap_or(0);
    largest.saturating_mul(4).clamp(64 << 20, 256 << 20).min(available_memory() / 4).max(1 << 20)
}

pub(super) static PAGE: Probe =
    Probe::new(Group::System, "first touch of a page", "a minor page fault", || each(touched));

/// Writes a byte into each of some pages that nobody has touched.
fn touched() -> Result<f64, Error> {
    const PAGES: usize = 128;
    let page = Here::page_bytes();
    let mut fresh = MmapMut::map_anon(PAGES * page).map_err(|cause| Error::Refused {
        what: format!("{PAGES} pages of memory"),
        cause: cause.to_string(),
        remedy: "end other programs, or raise the limit (ulimit -v)",
    })?;
    Here::small_pages(&fresh);
    let ((), touched) = time(|| {
        for place in (0..PAGES).map(|number| number * page) {
            fresh[place] = 1;
        }
    });
    black_box(&fresh);
    Ok(touched.as_secs_f64() / PAGES as f64)
}
