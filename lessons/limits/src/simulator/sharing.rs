//! Who takes which block: one rule a file.

mod channel;
mod equal_ranges;
mod self_scheduled;
mod stealing;

use std::ops::Range;

use super::{Plan, Strategy};

/// What a free worker does next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Next {
    /// To sum this block, from `at` on: before that it is busy with taking it.
    Sum { block: usize, at: f64 },
    /// There was nothing where it looked. It may look again at `at`.
    Look { at: f64 },
    /// There is nothing left to take.
    Nothing,
}

/// A rule by which workers take blocks. It is asked in the order of time.
pub(super) trait Sharing {
    // ANCHOR: sharing
    /// What `worker`, who is free at `now`, does next.
    fn next(&mut self, worker: usize, now: f64) -> Next;

    /// `worker` has vanished, with `block` in its hand. Whatever it leaves is for the others.
    fn vanished(&mut self, worker: usize, block: Option<usize>);
    // ANCHOR_END: sharing

    /// How often a worker found something at a victim.
    fn steals(&self) -> u64 {
        0
    }

    /// How often a worker found nothing at a victim.
    fn misses(&self) -> u64 {
        0
    }
}

/// The rule of a plan, for so many blocks.
pub(super) fn of(plan: &Plan, blocks: usize) -> Box<dyn Sharing> {
    let ranges = (0..plan.workers).map(|worker| equal_range(worker, plan.workers, blocks));
    match plan.strategy {
        Strategy::EqualRanges => Box::new(equal_ranges::EqualRanges::new(ranges.collect())),
        Strategy::SelfScheduled => Box::new(self_scheduled::SelfScheduled::new(plan, blocks)),
        Strategy::Channel => Box::new(channel::Channel::new(plan, blocks)),
        Strategy::StealingHalf | Strategy::StealingOne => {
            Box::new(stealing::Stealing::new(plan, ranges.collect()))
        }
    }
}

fn equal_range(worker: usize, workers: usize, blocks: usize) -> Range<usize> {
    worker * blocks / workers..(worker + 1) * blocks / workers
}

/// Something that only one worker can use at a time, such as a counter or a lock. The others wait in
/// line, in the order in which they came.
#[derive(Debug, Clone, Copy, Default)]
struct Turnstile {
    free_at: f64,
}

impl Turnstile {
    /// When a worker is through that comes `now` and needs so long.
    fn pass(&mut self, now: f64, takes: f64) -> f64 {
        self.free_at = self.free_at.max(now) + takes;
        self.free_at
    }
}
