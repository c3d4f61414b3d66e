use super::Costs;

/// A block of work that is handed out, in seconds: one grain.
const BLOCK: f64 = 50e-6;

/// The fewest blocks that are handed out.
const FEWEST_BLOCKS: f64 = 256.0;

/// A strategy, as the model sees it.
#[derive(Debug, Clone, Copy)]
pub struct Way {
    /// The row.
    pub name: &'static str,
    /// Seconds of a sum: what messages cost, seconds of work on one core, and the number of ranks.
    pub time: fn(&Costs, f64, u64) -> f64,
    /// Why it stops.
    pub why: &'static str,
}

impl Way {
    /// The number of ranks, up to `most`, beyond which the sum takes longer, and how long it takes there.
    ///
    /// ```
    /// use distributed::model::{Costs, WAYS};
    /// let costs = Costs { latency: 1e-6, gap: 1e-6, per_byte: 0.0 };
    /// let ring = WAYS.iter().find(|way| way.name == "ring").unwrap();
    /// // work/ranks + ranks * latency is smallest where both parts are equal.
    /// assert_eq!(ring.best(&costs, 1.0, 1_000_000).0, 1000);
    /// ```
    pub fn best(&self, costs: &Costs, work: f64, most: u64) -> (u64, f64) {
        let timed = (1..=most).map(|ranks| (ranks, (self.time)(costs, work, ranks)));
        let shorter =
            |best: (u64, f64), next: (u64, f64)| if next.1 < best.1 { next } else { best };
        timed.fold((1, work), shorter)
    }
}

/// The strategies whose costs can be reckoned.
pub const WAYS: [Way; 4] = [
    Way {
        name: "tree",
        time: |costs, work, ranks| work / ranks as f64 + steps(ranks) * costs.latency,
        why: "each doubling of the ranks adds one message, and in the end it saves less than that",
    },
    Way {
        name: "flat",
        time: |costs, work, ranks| {
            let others = ranks.saturating_sub(1) as f64;
            let waiting = if ranks > 1 { costs.latency - costs.gap } else { 0.0 };
            work / ranks as f64 + waiting.max(0.0) + others * costs.gap
        },
        why: "rank 0 takes in one message for every other rank",
    },
    Way {
        name: "ring",
        time: |costs, work, ranks| {
            let messages = if ranks > 1 { ranks as f64 } else { 0.0 };
            work / ranks as f64 + messages * costs.latency
        },
        why: "every message waits for the one before it",
    },
    Way {
        name: "master-worker",
        time: |costs, work, ranks| {
            if ranks == 1 {
                return work;
            }
            let blocks = (work / BLOCK).max(FEWEST_BLOCKS);
            let workers = ((ranks - 1) as f64).min(blocks);
            // Each block is one message to the master and one from it.
            (work / workers).max((blocks + workers) * 2.0 * costs.gap) + 2.0 * costs.latency
        },
        why: "the master hands out one block after the other",
    },
];

/// How often so many ranks can be halved, rounded up.
fn steps(ranks: u64) -> f64 {
    f64::from(ranks.next_power_of_two().trailing_zeros())
}

#[cfg(test)]
mod tests {
    use super::*;

    const COSTS: Costs = Costs { latency: 2e-6, gap: 1e-6, per_byte: 1e-10 };

    fn time(name: &str, work: f64, ranks: u64) -> f64 {
        let way = WAYS.iter().find(|way| way.name == name).expect(name);
        (way.time)(&COSTS, work, ranks)
    }

    #[test]
    fn one_rank_sends_nothing() {
        assert!(WAYS.iter().all(|way| (way.time)(&COSTS, 3.0, 1) == 3.0));
    }

    #[test]
    fn messages_alone_are_counted_by_hand() {
        let cases = [("tree", 8, 6e-6), ("tree", 9, 8e-6), ("flat", 8, 8e-6), ("ring", 8, 16e-6)];
        for (name, ranks, expected) in cases {
            let found = time(name, 0.0, ranks);
            assert!((found - expected).abs() < 1e-12, "{name}, {ranks} ranks: {found}");
        }
    }

    #[test]
    fn a_master_is_the_limit_once_it_never_rests() {
        let (few, many) = (time("master-worker", 1.0, 101), time("master-worker", 1.0, 10_001));
        assert!((few - 0.0402).abs() < 0.001, "{few}"); // 20,100 requests at 2 us each.
        assert!(many > few, "{many}");
    }
}
