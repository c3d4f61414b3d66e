//! Every rung at awkward sizes, asked through a child as the lesson asks it. A rung that is not set up is
//! shown as ignored; with `EVERY_RUNG=1` it is a failure, but for the one that needs a Python without
//! the lock.

use std::ops::Range;

use libtest_mimic::{Failed, Trial};
use python::rung::{Count, RUNGS, Rung};
use python::sum::{python_for, sums_of};
use shared::kernel::{Home, Integers, Known, Memory};
use shared::{Kernel, KernelName, Workers};

/// Sizes that divide badly, and ranges that do not begin at the beginning.
const RANGES: [Range<u64>; 10] =
    [0..0, 0..1, 0..2, 0..3, 0..5, 0..1000, 0..100_003, 17..17, 1..100_000, 99_999..100_003];

const TERMS: u64 = 100_003;

pub fn trials() -> Vec<Trial> {
    let all = std::env::var_os("EVERY_RUNG").is_some_and(|value| value == "1");
    let mut trials = Vec::new();
    for rung in RUNGS {
        let there = python_for(rung).is_ok();
        let may_lack = rung.name == "free-threaded" || !all;
        for kernel in [KernelName::Integers, KernelName::Memory] {
            if rung.only.is_some_and(|only| only != kernel) {
                continue;
            }
            let test = move || is_right(rung, kernel);
            let name = format!("{}_is_right_on_{kernel}", rung.module());
            trials.push(Trial::test(name, test).with_ignored_flag(!there && may_lack));
        }
    }
    trials
}

fn is_right(rung: &'static Rung, kernel: KernelName) -> Result<(), Failed> {
    let counts: &[usize] = if rung.workers == Count::One { &[1] } else { &[1, 2, 3, 7] };
    for workers in counts {
        let workers = Workers::new(*workers).expect("a small number");
        match kernel {
            KernelName::Integers => check(rung, &Integers::new(TERMS)?, workers)?,
            _ => check(rung, &Memory::with_home(TERMS, Home::Shared)?, workers)?,
        }
    }
    Ok(())
}

fn check<K: Kernel>(rung: &'static Rung, kernel: &K, workers: Workers) -> Result<(), Failed> {
    // A rung that shares numbers out begins with the first of them.
    let from_the_first = rung.workers == Count::Asked;
    let ranges: Vec<Range<u64>> =
        RANGES.into_iter().filter(|range| !from_the_first || range.start == 0).collect();
    let sums = sums_of(rung, None, kernel, workers, &ranges)?;
    for (range, sum) in ranges.into_iter().zip(sums) {
        let expected: u64 = range.clone().sum();
        if sum != expected {
            return Err(format!("{range:?} by {workers}: {sum}, not {expected}").into());
        }
    }
    Ok(())
}
