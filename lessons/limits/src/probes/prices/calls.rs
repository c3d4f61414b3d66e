//! What a core does on its own: calls, a guess that was wrong, a look at the clock.

use std::cell::Cell;
use std::hint::black_box;
use std::time::Instant;

use kernels::{Integers, Kernel, Known};
use measure::{Error, time};
use rng::Rng;

use super::probe::{Group::Alone, Prepared, Probe, each, many};

/// The measure of all others: a term of the kernel `integers`, summed by one core at its best.
pub(crate) static ADDITION: Probe =
    Probe::new(Alone, "addition", "a term of the kernel `integers`, in vectors", || {
        const TERMS: u64 = 100_000;
        let kernel = Integers::new(TERMS).map_err(Error::from)?;
        let mut sum = many(move || {
            black_box(black_box(&kernel).sum(black_box(0..TERMS)));
        })?;
        each(move || Ok(sum()? / TERMS as f64))
    });

pub(super) static CALL: Probe =
    Probe::beyond("function call", "of a function that is not inlined", || {
        beyond_the_loop(not_inlined)
    });

pub(super) static DYN_CALL: Probe =
    Probe::beyond("call through dyn", "of a method of a trait object", || {
        let added: &'static dyn Add = black_box(&Plain);
        beyond_the_loop(move |sum, mask| added.add(sum, mask))
    });

/// Each turn waits for the last: the mask comes between, so no two may be done at once.
fn inlined(sum: u64, mask: u64) -> u64 {
    sum.wrapping_add(1) ^ mask
}

#[inline(never)]
fn not_inlined(sum: u64, mask: u64) -> u64 {
    inlined(sum, mask)
}

trait Add: Sync {
    fn add(&self, sum: u64, mask: u64) -> u64;
}

struct Plain;

impl Add for Plain {
    fn add(&self, sum: u64, mask: u64) -> u64 {
        inlined(sum, mask)
    }
}

const TURNS: u64 = 50_000;

/// What a turn of a loop with this addition takes longer than one with the addition itself. Both loops run within the
/// same sample, one after the other.
fn beyond_the_loop(addition: impl Fn(u64, u64) -> u64 + Copy + 'static) -> Prepared {
    let (mut with, mut without) = (looped(addition)?, looped(inlined)?);
    each(move || Ok((with()? - without()?) / TURNS as f64))
}

fn looped(addition: impl Fn(u64, u64) -> u64 + Copy + 'static) -> Prepared {
    many(move || {
        let mask = black_box(0);
        black_box((0..black_box(TURNS)).fold(0, |sum, _| addition(sum, mask)));
    })
}

thread_local! {
    static COUNT: Cell<u64> = first_count();
}

/// Found when a thread asks for the first time, as most values of a `thread_local!` are.
fn first_count() -> Cell<u64> {
    Cell::new(black_box(0))
}

pub(super) static THREAD_LOCAL: Probe =
    Probe::beyond("thread_local", "to count there, and not in a local Cell", || {
        let count = |cell: &Cell<u64>| {
            let cell = black_box(cell);
            cell.set(cell.get() + 1);
        };
        let local = Cell::new(0);
        let mut there = many(move || COUNT.with(count))?;
        let mut here = many(move || count(&local))?;
        each(move || Ok(there()? - here()?))
    });

/// More than a processor learns by heart.
const BRANCHES: usize = 20_000;

// ANCHOR: branch
/// The same branches twice, in an order that can be guessed and in one that can't: half of the latter go wrong.
pub(super) static BRANCH: Probe =
    Probe::beyond("mispredicted branch", "of random ones, and not of sorted ones", || {
        let mut rng = Rng::new(1);
        each(move || {
            let mut random: Vec<bool> = (0..BRANCHES).map(|_| rng.bits() & 1 == 1).collect();
            let guessed_wrong = time(|| take(&random)).1;
            random.sort_unstable();
            let guessed_right = time(|| take(&random)).1;
            let longer = guessed_wrong.as_secs_f64() - guessed_right.as_secs_f64();
            Ok(longer / (BRANCHES as f64 / 2.0))
        })
    });

#[inline(never)]
fn take(branches: &[bool]) {
    for branch in branches {
        if *branch {
            // What is behind the branch must not be done without it.
            black_box(branch);
        }
    }
}
// ANCHOR_END: branch

pub(super) static CLOCK: Probe = Probe::new(Alone, "read the clock", "Instant::now", || {
    many(|| {
        black_box(Instant::now());
    })
});
