use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;
use course::options::values::{self, seed, terms};
use course::options::{HandInOption, Timing, WorkerList};

use crate::table_kind::PatternName;

/// More draws for one key would only take time.
const MOST_SKEW: u64 = 100;

/// The options of this lesson: those of all lessons that mean something here, and its own.
#[derive(Debug, Clone, Args)]
pub struct Options {
    /// How many numbers or keys: 1000000, 1_000_000, 1e6 or 1M [default: 4M numbers, 2M keys]
    #[arg(short = 'n', long, value_name = "N", value_parser = terms, allow_hyphen_values = true)]
    pub(crate) terms: Option<u64>,

    /// Only this pattern: scan or histogram
    #[arg(long, value_name = "NAME")]
    pub(crate) pattern: Option<PatternName>,

    /// How many workers: 4, 1,2,4 or 1..8; auto: the usable cores; ladder: 1, 2, 4, ... up to them
    #[arg(short, long, value_name = "LIST", default_value = "1,auto", value_parser = WorkerList::parse,
          allow_hyphen_values = true)]
    pub(crate) workers: WorkerList,

    /// Only these rows, separated by commas
    #[arg(short, long = "strategy", value_name = "NAMES", value_delimiter = ',', value_parser = row)]
    strategies: Vec<String>,

    /// One JSON document on standard output, and nothing else there
    #[arg(long)]
    pub(crate) json: bool,

    /// How many bins a histogram has; a table for each number of a list: 256,4096,65536
    #[arg(long, value_name = "LIST", value_delimiter = ',', default_value = "256", value_parser = bins,
          allow_hyphen_values = true)]
    bins: Vec<u64>,

    /// How uneven the keys are: each is the least of so many draws more than one; 0: all bins alike
    #[arg(long, value_name = "K", default_value = "3", value_parser = skew, allow_hyphen_values = true)]
    pub(crate) skew: u64,

    #[command(flatten)]
    pub(crate) timing: Timing,

    /// Pin worker i to core i, the fastest core first
    #[arg(long, help_heading = "More")]
    pub(crate) pin: bool,

    /// Write the JSON document to a file, too: the same numbers that the table shows
    #[arg(long, value_name = "FILE", help_heading = "More")]
    pub(crate) save: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) hand_in: HandInOption,

    /// Only check whether every row is right, and time nothing
    #[arg(long, help_heading = "More")]
    pub(crate) check: bool,

    /// What the numbers, the keys and the order of rows are drawn from; the JSON has it
    #[arg(long, value_name = "N", default_value = values::FROM_THE_CLOCK, value_parser = seed,
          help_heading = "More", allow_hyphen_values = true)]
    pub(crate) seed: u64,

    /// When to use colours: auto, always or never
    #[arg(
        long,
        value_name = "WHEN",
        default_value = "auto",
        help_heading = "More",
        hide_possible_values = true
    )]
    pub(crate) color: clap::ColorChoice,

    /// Show the patterns and the rows, and end
    #[arg(long, help_heading = "More")]
    pub(crate) list: bool,
}

impl Options {
    /// The numbers of bins, each once.
    pub(crate) fn bins(&self) -> Vec<u64> {
        let mut seen = BTreeSet::new();
        self.bins.iter().copied().filter(|bins| seen.insert(*bins)).collect()
    }

    /// Whether the row of this name is wanted: one of those that were named, or any.
    pub(crate) fn wants(&self, row: &str) -> bool {
        self.strategies.is_empty() || self.strategies.iter().any(|name| name == row)
    }
}

fn row(text: &str) -> Result<String, String> {
    let names = PatternName::ALL.into_iter().flat_map(PatternName::rows).map(|row| row.name());
    let names: Vec<String> = names.collect();
    match names.iter().any(|name| name == text) {
        true => Ok(text.to_owned()),
        false => Err(format!("the rows are {}; for example: -s {}", names.join(", "), names[1])),
    }
}

fn bins(text: &str) -> Result<u64, String> {
    let wanted = terms(text).ok().filter(|bins| (16..=1 << 20).contains(bins));
    wanted.ok_or_else(|| {
        "bins are a number from 16 to 1,048,576; for example: --bins 256,65536".to_owned()
    })
}

fn skew(text: &str) -> Result<u64, String> {
    let wanted = text.parse().ok().filter(|skew| *skew <= MOST_SKEW);
    wanted.ok_or_else(|| format!("a skew is a number from 0 to {MOST_SKEW}; for example: --skew 3"))
}
