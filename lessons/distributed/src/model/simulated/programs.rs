//! What one rank of each strategy does, step by step: the same as its file does for real.

use limits::simulator::ranks::{Message, RankProgram, Step};

use super::Job;

/// What one rank of a strategy does.
pub enum Rank<'a> {
    /// The same steps always.
    Script(Box<dyn Iterator<Item = Step> + 'a>),
    /// Hands out the blocks from `next` on, as long as somebody is at work.
    Master { next: u64, blocks: u64, at_work: u64 },
    /// Asks for a block once the last one is summed, and waits for the answer.
    Worker { job: &'a Job, asked: bool },
}

/// What the master says when no block is left.
const NONE_LEFT: u64 = u64::MAX;

impl<'a> Rank<'a> {
    /// What `rank`, one of `ranks`, does in the strategy of a row; `None` where the row has no program here.
    pub fn of(row: &str, job: &'a Job, rank: u64, ranks: u64) -> Option<Self> {
        let up = || tree(rank, ranks);
        let own = || summed(job, rank, ranks);
        Some(match row {
            "tree" => Rank::script(own().chain(up())),
            "flat" => Rank::script(own().chain(flat(rank, ranks))),
            "ring" => Rank::script(own().chain(ring(rank, ranks))),
            "static-blocks" => Rank::script(dealt(job, rank, ranks).chain(up())),
            "master-worker" if ranks == 1 => Rank::script(own()),
            "master-worker" if rank == 0 => {
                Rank::Master { next: 0, blocks: job.blocks, at_work: ranks - 1 }
            }
            "master-worker" => Rank::Worker { job, asked: false },
            "hybrid" => Rank::script(pair(job, rank, ranks)),
            "own-part" => Rank::script(made(job, ranks).chain(own()).chain(up())),
            "scattered" => Rank::script(scattered(job, rank, ranks).chain(own()).chain(up())),
            _ => return None,
        })
    }

    fn script(steps: impl Iterator<Item = Step> + 'a) -> Self {
        Rank::Script(Box::new(steps))
    }
}

impl RankProgram for Rank<'_> {
    fn next(&mut self, received: Option<Message>) -> Step {
        match (self, received) {
            (Rank::Script(steps), _) => steps.next().unwrap_or(Step::End),
            (Rank::Master { next, blocks, at_work }, Some(Message { from, .. })) => {
                let value = if *next < *blocks { *next } else { NONE_LEFT };
                *next += 1;
                *at_work -= u64::from(value == NONE_LEFT);
                Step::Send { to: from, bytes: 0, value }
            }
            (Rank::Master { at_work: 0, .. }, None) => Step::End,
            (Rank::Master { .. }, None) => Step::Receive(None),
            (Rank::Worker { job, asked }, Some(Message { value, .. })) => {
                *asked = false;
                job.block(value).map_or(Step::End, Step::Work)
            }
            (Rank::Worker { asked: true, .. }, None) => Step::Receive(Some(0)),
            (Rank::Worker { asked, .. }, None) => {
                *asked = true;
                Step::Send { to: 0, bytes: 0, value: 0 }
            }
        }
    }
}

fn summed(job: &Job, rank: u64, ranks: u64) -> impl Iterator<Item = Step> + use<> {
    [Step::Work(job.range(rank, ranks))].into_iter()
}

fn made(job: &Job, ranks: u64) -> impl Iterator<Item = Step> + use<> {
    [Step::Work(job.making / ranks as f64)].into_iter()
}

/// An even rank sums its range and, on a second thread, that of its neighbour. Odd ones have nothing to do.
fn pair(job: &Job, rank: u64, ranks: u64) -> impl Iterator<Item = Step> + use<> {
    let other = (rank + 1 < ranks).then(|| job.waking + job.range(rank + 1, ranks));
    let both = Step::Work(job.range(rank, ranks).max(other.unwrap_or(0.0)));
    // Among the even ranks, each has half of its number.
    let up = tree(rank / 2, ranks.div_ceil(2)).map(|step| match step {
        Step::Send { to, bytes, value } => Step::Send { to: 2 * to, bytes, value },
        Step::Receive(from) => Step::Receive(from.map(|from| 2 * from)),
        other => other,
    });
    [both].into_iter().chain(up).filter(move |_| rank.is_multiple_of(2))
}

fn dealt(job: &Job, rank: u64, ranks: u64) -> impl Iterator<Item = Step> + use<'_> {
    let mine = (rank..job.blocks).step_by(ranks as usize);
    mine.filter_map(|block| job.block(block)).map(Step::Work)
}

fn send(to: u64) -> Step {
    Step::Send { to: to as usize, bytes: 0, value: 0 }
}

fn receive(from: u64) -> Step {
    Step::Receive(Some(from as usize))
}

// ANCHOR: tree
fn tree(rank: u64, ranks: u64) -> impl Iterator<Item = Step> {
    let distances = std::iter::successors(Some(1), |distance| Some(distance * 2));
    // A rank receives in each step, until it sends: that is its last one.
    let mut done = false;
    let steps =
        distances.take_while(move |distance| *distance < ranks).map_while(move |distance| {
            if done {
                return None;
            }
            done = !rank.is_multiple_of(2 * distance);
            Some(match done {
                true => Some(send(rank - distance)),
                false => (rank + distance < ranks).then(|| receive(rank + distance)),
            })
        });
    steps.flatten()
}
// ANCHOR_END: tree

fn flat(rank: u64, ranks: u64) -> impl Iterator<Item = Step> {
    let received = if rank == 0 { ranks - 1 } else { 0 };
    let sent = (rank > 0).then(|| send(0));
    (0..received).map(|_| Step::Receive(None)).chain(sent)
}

fn ring(rank: u64, ranks: u64) -> impl Iterator<Item = Step> {
    let (left, right) = (receive((rank + ranks - 1) % ranks), send((rank + 1) % ranks));
    let steps = match (ranks, rank) {
        (1, _) => [None, None],
        (_, 0) => [Some(right), Some(left)],
        _ => [Some(left), Some(right)],
    };
    steps.into_iter().flatten()
}

/// Rank 0 sends all others their numbers.
fn scattered(job: &Job, rank: u64, ranks: u64) -> impl Iterator<Item = Step> + use<> {
    let terms = u128::from(job.terms);
    let up_to = move |rank: u64| (terms * u128::from(rank) / u128::from(ranks)) as u64;
    let numbers = move |to: u64| {
        let bytes = (up_to(to + 1) - up_to(to)) * 8;
        Step::Send { to: to as usize, bytes, value: 0 }
    };
    let others = if rank == 0 { 1..ranks } else { 0..0 };
    others.map(numbers).chain((rank > 0).then(|| receive(0)))
}
