use super::{Next, Plan, Sharing, Turnstile};

/// The blocks wait in a channel. That they were all put in before the first worker started is paid for
/// by the caller, in `run`; to take one out costs more than a number from a counter.
#[derive(Debug)]
pub(super) struct Channel {
    waiting: std::ops::Range<usize>,
    /// The first blocks are dealt out before the start.
    first: Vec<Option<usize>>,
    exit: Turnstile,
    receive: f64,
    given_back: Vec<usize>,
}

impl Channel {
    pub(super) fn new(plan: &Plan, blocks: usize) -> Self {
        let mut waiting = 0..blocks;
        let first = (0..plan.workers).map(|_| waiting.next()).collect();
        let (exit, receive) = (Turnstile::default(), plan.costs.receive);
        Channel { waiting, first, exit, receive, given_back: Vec::new() }
    }
}

impl Sharing for Channel {
    fn next(&mut self, worker: usize, now: f64) -> Next {
        if let Some(block) = self.first[worker].take() {
            return Next::Sum { block, at: now };
        }
        match self.given_back.pop().or_else(|| self.waiting.next()) {
            Some(block) => Next::Sum { block, at: self.exit.pass(now, self.receive) },
            None => Next::Nothing,
        }
    }

    fn vanished(&mut self, worker: usize, block: Option<usize>) {
        self.given_back.extend(self.first[worker].take().or(block));
    }
}
