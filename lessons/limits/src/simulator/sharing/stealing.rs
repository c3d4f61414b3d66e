use std::ops::Range;

use rng::Rng;

use super::super::{Begin, Costs, Strategy};
use super::{Next, Plan, Sharing, Turnstile};

/// Each worker has a store, a range of blocks. It takes its own from the front. Who has nothing asks a
/// random victim, and takes from the back of its store: one block, or half of them.
///
/// A deque of halves of halves behaves the same: what lies at its far end is half of what is left.
#[derive(Debug)]
pub(super) struct Stealing {
    stores: Vec<Store>,
    /// The blocks in all stores.
    left: usize,
    given_back: Vec<usize>,
    half: bool,
    costs: Costs,
    distance: f64,
    rng: Rng,
    steals: u64,
    misses: u64,
}

#[derive(Debug)]
struct Store {
    range: Range<usize>,
    /// When what was stolen last arrives here. Before that nobody can steal it again.
    from: f64,
    door: Turnstile,
    node: usize,
}

impl Stealing {
    pub(super) fn new(plan: &Plan, dealt: Vec<Range<usize>>) -> Self {
        let left = dealt.last().map_or(0, |last| last.end);
        let ranges = dealt.into_iter().enumerate().map(|(worker, range)| match plan.begin {
            Begin::Dealt => range,
            Begin::AtOne => 0..if worker == 0 { left } else { 0 },
        });
        let store = |(worker, range)| Store {
            range,
            from: 0.0,
            door: Turnstile::default(),
            node: plan.node_of(worker),
        };
        Stealing {
            stores: ranges.enumerate().map(store).collect(),
            left,
            given_back: Vec::new(),
            half: plan.strategy == Strategy::StealingHalf,
            costs: plan.costs,
            distance: plan.distance,
            rng: Rng::new(plan.seed),
            steals: 0,
            misses: 0,
        }
    }

    // ANCHOR: steal
    fn steal(&mut self, thief: usize, now: f64) -> Next {
        // Anybody but the thief itself, each as likely as the others.
        let number = self.rng.below(self.stores.len() - 1);
        let victim = if number < thief { number } else { number + 1 };
        let far = self.stores[victim].node != self.stores[thief].node;
        let times = if far { self.distance } else { 1.0 };
        let store = &mut self.stores[victim];
        if store.range.is_empty() || store.from > now {
            self.misses += 1;
            // What is on its way to somebody can be stolen as soon as it is there.
            let arrives = if store.range.is_empty() { now } else { store.from };
            return Next::Look { at: arrives.max(now + self.costs.look * times) };
        }
        let take = if self.half { store.range.len().div_ceil(2) } else { 1 };
        let at = store.door.pass(now, self.costs.steal * times);
        let loot = store.range.end - take..store.range.end;
        store.range.end = loot.start;
        self.steals += 1;
        self.left -= 1;
        let mine = &mut self.stores[thief];
        (mine.range, mine.from) = (loot.start + 1..loot.end, at);
        Next::Sum { block: loot.start, at }
    }
    // ANCHOR_END: steal
}

impl Sharing for Stealing {
    fn next(&mut self, worker: usize, now: f64) -> Next {
        if let Some(block) = self.stores[worker].range.next() {
            self.left -= 1;
            return Next::Sum { block, at: now + self.costs.split };
        }
        if let Some(block) = self.given_back.pop() {
            self.steals += 1;
            return Next::Sum { block, at: now + self.costs.steal };
        }
        if self.left == 0 { Next::Nothing } else { self.steal(worker, now) }
    }

    /// Its store stays where it is, for thieves.
    fn vanished(&mut self, _worker: usize, block: Option<usize>) {
        self.given_back.extend(block);
    }

    fn steals(&self) -> u64 {
        self.steals
    }

    fn misses(&self) -> u64 {
        self.misses
    }
}
