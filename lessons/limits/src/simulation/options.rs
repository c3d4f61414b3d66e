use std::path::PathBuf;

use clap::Args;
use course::options::values::{seed, terms};
use kernels::KernelName;
use units::count;

use crate::simulator::{Plan, Strategy};
use crate::values::{Counts, blocks, ceiling, distance, nodes, slow, time, vanish};

/// Options of `simulate`.
#[derive(Debug, Clone, Args)]
pub(crate) struct SimulationOptions {
    /// Whose blocks: integers, memory, pi, primes or yours; their costs are measured here
    #[arg(short, long, value_name = "NAME", default_value = "primes", allow_hyphen_values = true)]
    pub(crate) kernel: KernelName,

    /// How many terms [default: the kernel's own]
    #[arg(short = 'n', long, value_name = "N", value_parser = terms, allow_hyphen_values = true)]
    pub(crate) terms: Option<u64>,

    /// How many workers: 16, 1,8,64 or 1..8; ladder: 1, 2, 4, ... 64 [default: ladder, or the
    /// cores of --machine]
    #[arg(short, long, value_name = "LIST", value_parser = Counts::parse, allow_hyphen_values = true)]
    pub(crate) workers: Option<Counts>,

    /// Only these strategies, separated by commas
    #[arg(short, long = "strategy", value_name = "NAMES", value_delimiter = ',')]
    pub(crate) strategies: Vec<Strategy>,

    /// Into how many blocks the terms are cut [default: as the strategies here cut them]
    #[arg(long, value_name = "B", value_parser = blocks, allow_hyphen_values = true)]
    pub(crate) blocks: Option<usize>,

    /// Blocks that all cost this, made up: 50us. Nothing of them is measured
    #[arg(long, value_name = "TIME", value_parser = time, allow_hyphen_values = true,
          conflicts_with_all = ["kernel", "terms"])]
    pub(crate) even: Option<f64>,

    /// A file that describes another machine; without it, sharing costs what it costs here
    #[arg(long, value_name = "FILE")]
    pub(crate) machine: Option<PathBuf>,

    /// Stealing begins with all blocks at worker 0, and not with equal shares
    #[arg(long)]
    pub(crate) at_one: bool,

    /// How many cores the memory can feed [default: as measured here for `memory`, else all]
    #[arg(long, value_name = "CORES", value_parser = ceiling, allow_hyphen_values = true,
          help_heading = "The machine")]
    pub(crate) ceiling: Option<f64>,

    /// Into how many nodes the cores and the memory are divided (NUMA)
    #[arg(long, value_name = "N", value_parser = nodes,
          allow_hyphen_values = true, help_heading = "The machine")]
    pub(crate) nodes: Option<usize>,

    /// How many times as long it takes to read another node's memory, or to steal there
    #[arg(long, value_name = "TIMES", value_parser = distance, allow_hyphen_values = true,
          help_heading = "The machine")]
    pub(crate) distance: Option<f64>,

    /// A core that is slow: its worker, and how many times as long it takes, as 3:2.5
    #[arg(long, value_name = "W:TIMES", value_parser = slow, allow_hyphen_values = true,
          value_delimiter = ',', help_heading = "The machine")]
    pub(crate) slow: Vec<(usize, f64)>,

    /// A core that vanishes: its worker, and when, as 3@2ms
    #[arg(long, value_name = "W@TIME", value_parser = vanish, allow_hyphen_values = true,
          help_heading = "The machine")]
    pub(crate) vanish: Option<(usize, f64)>,

    /// Seed of the random victims: the same number, the same schedule
    #[arg(
        long,
        value_name = "NUMBER",
        default_value = "1",
        value_parser = seed,
        allow_hyphen_values = true,
        help_heading = "The machine"
    )]
    pub(crate) seed: u64,
}

impl SimulationOptions {
    /// The strategies that were asked for, or all; each once, in reading order.
    pub(crate) fn strategies(&self) -> Vec<Strategy> {
        if self.strategies.is_empty() {
            return Strategy::ALL.to_vec();
        }
        Strategy::ALL.into_iter().filter(|strategy| self.strategies.contains(strategy)).collect()
    }

    /// Why no machine has `workers` workers at most and all that the options ask; a sentence.
    pub(crate) fn contradiction(&self, workers: usize, blocks: usize) -> Option<String> {
        let none = |worker: usize| {
            format!("the workers are 0 to {}, and worker {worker} is none of them", workers - 1)
        };
        let named = self.slow.iter().chain(&self.vanish).map(|(worker, _)| *worker);
        if let Some(worker) = named.clone().find(|worker| *worker >= workers) {
            let remedy = match worker {
                0..Plan::MOST_WORKERS => format!("for example: -w {}", worker + 1),
                _ => format!("there are at most {}; for example: --slow 3:2.5", Plan::MOST_WORKERS),
            };
            return Some(format!("{}; {remedy}", none(worker)));
        }
        let mut slow: Vec<usize> = self.slow.iter().map(|(worker, _)| *worker).collect();
        slow.sort_unstable();
        if let Some(twice) = slow.windows(2).find(|pair| pair[0] == pair[1]) {
            return Some(format!(
                "worker {} is slow twice over; for example: --slow 3:2.5,4:2",
                twice[0]
            ));
        }
        if self.vanish.is_some() && workers == 1 {
            return Some(
                "where the only core vanishes nobody is left; for example: -w 2 --vanish 1@1ms"
                    .to_owned(),
            );
        }
        if self.nodes.unwrap_or(1) > workers {
            return Some(format!(
                "each node has a core, and {} are more than {}; for example: --nodes 1",
                count(self.nodes.unwrap_or(1) as u64, "node"),
                count(workers as u64, "worker")
            ));
        }
        let one = self.strategies().contains(&Strategy::StealingOne) && self.at_one;
        (one && blocks.saturating_mul(workers) > MOST_ATTEMPTS).then(|| {
            format!(
                "stealing-one with all blocks at one worker looks about {blocks} times {workers} times \
                 for a victim, which takes too long; for example: -s stealing-half --at-one"
            )
        })
    }

    /// The part of the plan that the options give.
    pub(crate) fn apply(&self, plan: &mut Plan) {
        plan.seed = self.seed;
        plan.slow =
            self.slow.iter().copied().filter(|(worker, _)| *worker < plan.workers).collect();
        let (workers, alone) = (plan.workers, plan.workers == 1);
        plan.vanishes = self.vanish.filter(|(worker, _)| *worker < workers && !alone);
        plan.ceiling = self.ceiling.or(plan.ceiling);
        plan.nodes = self.nodes.unwrap_or(plan.nodes).min(plan.workers);
        plan.distance = self.distance.unwrap_or(plan.distance);
    }
}

/// So many attempts to steal take some seconds.
const MOST_ATTEMPTS: usize = 200_000_000;
