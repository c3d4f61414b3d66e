use super::{Next, Plan, Sharing, Turnstile};

/// A shared counter holds the number of the next block. To take a number always costs the same, but only one worker can
/// take one at a time: with many workers and small blocks, they wait in line at the counter.
#[derive(Debug)]
pub(super) struct SelfScheduled {
    blocks: usize,
    /// Worker w begins with block w, without asking.
    fresh: Vec<bool>,
    next: usize,
    counter: Turnstile,
    take: f64,
    given_back: Vec<usize>,
}

impl SelfScheduled {
    pub(super) fn new(plan: &Plan, blocks: usize) -> Self {
        SelfScheduled {
            blocks,
            fresh: vec![true; plan.workers],
            next: plan.workers,
            counter: Turnstile::default(),
            take: plan.costs.take,
            given_back: Vec::new(),
        }
    }
}

impl Sharing for SelfScheduled {
    fn next(&mut self, worker: usize, now: f64) -> Next {
        if std::mem::take(&mut self.fresh[worker]) && worker < self.blocks {
            return Next::Sum { block: worker, at: now };
        }
        let block = self.given_back.pop().or_else(|| {
            self.next += 1;
            Some(self.next - 1).filter(|block| *block < self.blocks)
        });
        match block {
            Some(block) => Next::Sum { block, at: self.counter.pass(now, self.take) },
            None => Next::Nothing,
        }
    }

    fn vanished(&mut self, worker: usize, block: Option<usize>) {
        let never_begun = std::mem::take(&mut self.fresh[worker]).then_some(worker);
        self.given_back.extend(never_begun.filter(|block| *block < self.blocks).or(block));
    }
}
