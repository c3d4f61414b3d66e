use serde::Serialize;

/// What is to be simulated: who shares the blocks, and on what machine.
///
/// Times are in seconds; any other unit does as well, as long as it is the same for all of them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Plan {
    /// Who takes which block.
    pub strategy: Strategy,
    /// How many workers there are, each on a core of its own: 1 to [`Plan::MOST_WORKERS`].
    pub workers: usize,
    /// What sharing costs.
    pub costs: Costs,
    /// Where the blocks lie before the first steal.
    pub begin: Begin,
    /// How many of its cores, none of them slow, the memory can feed; `None` where it feeds all.
    pub ceiling: Option<f64>,
    /// Into how many nodes the cores and the memory are divided (NUMA).
    pub nodes: usize,
    /// How many times as long a block takes whose numbers lie in another node, and a steal from there.
    pub distance: f64,
    /// Whether blocks have numbers that lie in some node at all. Additions are the same everywhere.
    pub reads: bool,
    /// The speed of all cores: 1 is that of the core whose block costs are given.
    pub speed: f64,
    /// Workers whose cores are slow, and how many times as long they take.
    pub slow: Vec<(usize, f64)>,
    /// A worker whose core vanishes, and when. The block in its hand is summed again by another; what
    /// it has finished counts.
    pub vanishes: Option<(usize, f64)>,
    /// The seed of the random victims.
    pub seed: u64,
}

impl Plan {
    /// The largest number of workers.
    pub const MOST_WORKERS: usize = 4096;

    /// The largest number of blocks.
    pub const MOST_BLOCKS: usize = 10_000_000;

    /// A plan for `workers` alike cores with memory enough, on which sharing costs nothing.
    pub fn new(strategy: Strategy, workers: usize) -> Self {
        Plan {
            strategy,
            workers,
            costs: Costs::default(),
            begin: Begin::Dealt,
            ceiling: None,
            nodes: 1,
            distance: 1.0,
            reads: true,
            speed: 1.0,
            slow: Vec::new(),
            vanishes: None,
            seed: 1,
        }
    }

    /// The speed of a worker's core.
    pub(super) fn speed_of(&self, worker: usize) -> f64 {
        let slower = self.slow.iter().find(|(slow, _)| *slow == worker);
        self.speed / slower.map_or(1.0, |(_, times)| *times)
    }

    /// The node of a worker: neighbours share one.
    pub(super) fn node_of(&self, worker: usize) -> usize {
        worker * self.nodes / self.workers
    }

    /// The node where the numbers of a block lie: they were laid out in equal ranges, one a node.
    pub(super) fn home_of(&self, block: usize, blocks: usize) -> usize {
        block * self.nodes / blocks
    }
}

/// A way to share blocks among workers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strategy {
    /// One range of blocks for each worker, cut beforehand.
    EqualRanges,
    /// A shared counter holds the number of the next block.
    SelfScheduled,
    /// The blocks wait in a channel.
    Channel,
    /// Who has nothing steals half of what a random victim has.
    StealingHalf,
    /// Who has nothing steals one block of a random victim.
    StealingOne,
}

impl Strategy {
    /// All of them, in reading order.
    pub const ALL: [Strategy; 5] = [
        Strategy::EqualRanges,
        Strategy::SelfScheduled,
        Strategy::Channel,
        Strategy::StealingHalf,
        Strategy::StealingOne,
    ];

    /// The name on the command line and in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Strategy::EqualRanges => "equal-ranges",
            Strategy::SelfScheduled => "self-scheduled",
            Strategy::Channel => "channel",
            Strategy::StealingHalf => "stealing-half",
            Strategy::StealingOne => "stealing-one",
        }
    }

    /// Whether the workers are there before the sum begins, and stay after it.
    pub(crate) fn is_pool(self) -> bool {
        matches!(self, Strategy::StealingHalf | Strategy::StealingOne)
    }
}

impl std::str::FromStr for Strategy {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Strategy::ALL.into_iter().find(|strategy| strategy.as_str() == text);
        found.ok_or_else(|| {
            let names = Strategy::ALL.map(Strategy::as_str).join(", ");
            format!("the strategies are {names}; for example: -s stealing-half")
        })
    }
}

/// Where the blocks lie at the beginning, for the strategies that steal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Begin {
    /// Each worker has an equal range.
    Dealt,
    /// Worker 0 has them all.
    AtOne,
}

/// What sharing costs, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Costs {
    /// The caller starts one more worker.
    pub start: f64,
    /// From then until that worker begins.
    pub begin: f64,
    /// The caller takes the result of one worker that has ended.
    pub join: f64,
    /// One number from the shared counter. One worker after the other.
    pub take: f64,
    /// The caller puts one block into the channel.
    pub send: f64,
    /// One block out of the channel. One worker after the other.
    pub receive: f64,
    /// A worker puts a half of its range up for stealing: once a block.
    pub split: f64,
    /// A look at a victim that has nothing.
    pub look: f64,
    /// A steal. One thief after the other at the same victim.
    pub steal: f64,
    /// From the call until a worker that sleeps is awake.
    pub wake: f64,
}
