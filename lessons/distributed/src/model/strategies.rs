//! What each strategy takes, as a formula. All work is even here, and all ranks begin at once.

use kernels::{Integers, KernelName, Known, Memory, Pi, Primes};

use super::{Costs, Job};

/// A strategy, as the model sees it.
#[derive(Debug, Clone, Copy)]
pub struct StrategyCost {
    /// The row.
    pub name: &'static str,
    /// The kernels on which it is shown.
    pub on: &'static [KernelName],
    /// Seconds of a sum on so many ranks.
    pub time: fn(&Costs, &Job, u64) -> f64,
    /// Why it stops.
    pub why: &'static str,
}

impl StrategyCost {
    /// The number of ranks, up to `most`, beyond which the sum takes longer, and how long it takes there.
    ///
    /// ```
    /// use distributed::model::{Costs, Job, COST_MODELS};
    /// use kernels::{Integers, Known};
    ///
    /// let costs = Costs { latency: 1e-6, gap: 1e-6, per_byte: 0.0 };
    /// let job = Job::new(Integers::NAME, 1_000_000_000, &[1.0]);
    /// let ring = COST_MODELS.iter().find(|strategy| strategy.name == "ring").unwrap();
    /// // work/ranks + ranks * latency is smallest where both parts are equal.
    /// assert_eq!(ring.best(&costs, &job, 1_000_000).0, 1000);
    /// ```
    pub fn best(&self, costs: &Costs, job: &Job, most: u64) -> (u64, f64) {
        let timed = (1..=most).map(|ranks| (ranks, (self.time)(costs, job, ranks)));
        let shorter =
            |best: (u64, f64), next: (u64, f64)| if next.1 < best.1 { next } else { best };
        timed.fold((1, f64::INFINITY), shorter)
    }
}

/// The strategies that are shown for a kernel; for the reader's own, those of another that is as even.
pub fn strategies(kernel: KernelName) -> impl Iterator<Item = &'static StrategyCost> {
    let even = kernel.description().even;
    let as_even = if even { Integers::NAME } else { Primes::NAME };
    let kernel = if kernel.is_yours() { as_even } else { kernel };
    COST_MODELS.iter().filter(move |strategy| strategy.on.contains(&kernel))
}

/// The strategies whose costs can be calculated, in the order of the table.
pub const COST_MODELS: [StrategyCost; 8] = [
    StrategyCost {
        name: "tree",
        on: &[Integers::NAME, Memory::NAME, Pi::NAME, Primes::NAME],
        time: |costs, job, ranks| job.seconds / ranks as f64 + up_the_tree(costs, ranks),
        why: "each doubling of the ranks adds one message, and in the end it saves less than that",
    },
    StrategyCost {
        name: "flat",
        on: &[Integers::NAME, Pi::NAME, Primes::NAME],
        time: |costs, job, ranks| {
            let others = ranks.saturating_sub(1) as f64;
            let waiting = if ranks > 1 { costs.latency - costs.gap } else { 0.0 };
            job.seconds / ranks as f64 + waiting.max(0.0) + others * costs.gap
        },
        why: "rank 0 takes in one message for every other rank",
    },
    StrategyCost {
        name: "ring",
        on: &[Integers::NAME, Pi::NAME],
        time: |costs, job, ranks| {
            let messages = if ranks > 1 { ranks as f64 } else { 0.0 };
            job.seconds / ranks as f64 + messages * costs.latency
        },
        why: "every message waits for the one before it",
    },
    StrategyCost {
        name: "static-blocks",
        on: &[Primes::NAME],
        time: |costs, job, ranks| {
            // Who gets the most blocks is the last to be done.
            let most = job.blocks.div_ceil(ranks) as f64;
            job.seconds / job.blocks.max(1) as f64 * most + up_the_tree(costs, ranks)
        },
        why: "as the tree; and with more ranks than blocks some have none",
    },
    StrategyCost {
        name: "master-worker",
        on: &[Primes::NAME],
        time: |costs, job, ranks| {
            if ranks == 1 {
                return job.seconds;
            }
            let workers = ranks - 1;
            // For each of its blocks a worker asks, and waits for the answer.
            let one = job.seconds / job.blocks.max(1) as f64 + 2.0 * costs.latency;
            let busy = job.blocks.div_ceil(workers) as f64 * one;
            // The master takes in each question and sends each answer, also `none left`.
            let master = (job.blocks + workers) as f64 * 2.0 * costs.gap;
            busy.max(master) + 2.0 * costs.latency
        },
        why: "the master hands out one block after the other",
    },
    StrategyCost {
        name: "hybrid",
        on: &[Integers::NAME, Pi::NAME],
        time: |costs, job, ranks| {
            let waking = if ranks > 1 { job.waking } else { 0.0 };
            job.seconds / ranks as f64 + waking + up_the_tree(costs, ranks.div_ceil(2))
        },
        why: "as the tree, with one step less; for that the second thread has to be woken",
    },
    StrategyCost {
        name: "own-part",
        on: &[Memory::NAME],
        time: |costs, job, ranks| {
            (job.making + job.seconds) / ranks as f64 + up_the_tree(costs, ranks)
        },
        why: "as the tree; what every rank makes for itself becomes less, too",
    },
    StrategyCost {
        name: "scattered",
        on: &[Memory::NAME],
        time: |costs, job, ranks| {
            let others = ranks.saturating_sub(1) as f64;
            let sent = job.terms as f64 * 8.0 * others / ranks as f64 * costs.per_byte;
            let on_the_way = if ranks > 1 { costs.latency } else { 0.0 };
            let door = sent.max(others * costs.gap) + on_the_way;
            door + job.seconds / ranks as f64 + up_the_tree(costs, ranks)
        },
        why: "all numbers leave rank 0 by one door, however many ranks wait for them",
    },
];

/// The messages of a tree, and of the library's reduction.
fn up_the_tree(costs: &Costs, ranks: u64) -> f64 {
    // So often can so many ranks be halved, rounded up.
    f64::from(ranks.next_power_of_two().trailing_zeros()) * costs.latency
}

#[cfg(test)]
mod tests {
    use super::*;

    const COSTS: Costs = Costs { latency: 2e-6, gap: 1e-6, per_byte: 1e-10 };

    fn time(name: &str, job: &Job, ranks: u64) -> f64 {
        let strategy = COST_MODELS.iter().find(|strategy| strategy.name == name).expect(name);
        (strategy.time)(&COSTS, job, ranks)
    }

    #[test]
    fn one_rank_sends_nothing() {
        let job = Job::new(Primes::NAME, 100, &[1.0, 2.0]);
        assert!(COST_MODELS.iter().all(|strategy| (strategy.time)(&COSTS, &job, 1) == 3.0));
    }

    #[test]
    fn messages_alone_are_counted_by_hand() {
        let cases = [
            ("tree", 8, 6e-6),
            ("tree", 9, 8e-6),
            ("flat", 8, 8e-6),
            ("ring", 8, 16e-6),
            ("static-blocks", 8, 6e-6),
            ("master-worker", 8, 18e-6), // Seven times `none left`, and two messages on their way.
        ];
        for (name, ranks, expected) in cases {
            let found = time(name, &Job::nothing(Primes::NAME), ranks);
            assert!((found - expected).abs() < 1e-12, "{name}, {ranks} ranks: {found}");
        }
    }

    #[test]
    fn a_master_is_the_limit_once_it_never_rests() {
        let job = Job::new(Primes::NAME, 1_000_000, &vec![50e-6; 20_000]);
        let (few, many) = (time("master-worker", &job, 101), time("master-worker", &job, 10_001));
        assert!((few - 0.0402).abs() < 0.001, "{few}"); // 20,100 requests at 2 us each.
        assert!(many > few, "{many}");
    }

    #[test]
    fn bytes_leave_by_one_door() {
        let mut job = Job::new(Memory::NAME, 1_000_000_000, &[1.0]);
        job.making = 0.5;
        // Three quarters of 8 GB at 10 GB/s, a quarter of the work, and three messages.
        let scattered = time("scattered", &job, 4);
        assert!((scattered - (0.6 + 0.25 + 6e-6)).abs() < 1e-9, "{scattered}");
        let made = time("own-part", &job, 4);
        assert!((made - (0.375 + 4e-6)).abs() < 1e-9, "{made}");
    }
}
