//! The command line that all lessons have in common.

mod hand_in;
mod timing;
pub mod values;
mod workers;

use std::path::PathBuf;

use clap::Args;
use kernels::KernelName;

pub use hand_in::HandInOption;
pub use timing::Timing;
use values::{seed, terms};
pub use workers::WorkerList;

/// The options of every lesson that is a table of strategies.
#[derive(Debug, Clone, Args)]
pub struct Options {
    /// How many terms: 100000000, 100_000_000, 1e8 or 100M [default: the kernel's own]
    #[arg(short = 'n', long, value_name = "N", value_parser = terms, allow_hyphen_values = true)]
    pub terms: Option<u64>,

    /// What to sum: integers, memory, pi, primes or yours [default: the lesson's own]
    #[arg(short, long, value_name = "NAME", allow_hyphen_values = true)]
    pub kernel: Option<KernelName>,

    /// How many workers: 4, 1,2,4 or 1..8; auto: the usable cores; ladder: 1, 2, 4, ... up to them
    #[arg(short, long, value_name = "LIST", default_value = "ladder", value_parser = WorkerList::parse,
          allow_hyphen_values = true)]
    pub workers: WorkerList,

    /// Only these rows, separated by commas
    #[arg(short, long = "strategy", value_name = "NAMES", value_delimiter = ',')]
    pub strategies: Vec<String>,

    /// One JSON document on standard output, and nothing else there
    #[arg(long)]
    pub json: bool,

    /// How long to measure.
    #[command(flatten)]
    pub timing: Timing,

    /// Leave out the baseline, and with it the speedups: for very long sums
    #[arg(long, help_heading = "More")]
    pub no_baseline: bool,

    /// Pin worker i to core i, the fastest core first
    #[arg(long, help_heading = "More")]
    pub pin: bool,

    /// Count cycles, instructions and misses of each row, too, where the system lends its counters
    #[arg(long, help_heading = "More", conflicts_with = "check")]
    pub counters: bool,

    /// Ask for your guess of the speedup first, and say afterwards how far off it was
    #[arg(long, help_heading = "More", conflicts_with_all = ["json", "no_baseline"])]
    pub predict: bool,

    /// Write who summed what, and when, to a file that ui.perfetto.dev opens
    #[arg(long, value_name = "FILE", help_heading = "More")]
    pub trace: Option<PathBuf>,

    /// Write the JSON document to a file, too: the same numbers that the table shows
    #[arg(long, value_name = "FILE", help_heading = "More")]
    pub save: Option<PathBuf>,

    /// What to hand in.
    #[command(flatten)]
    pub hand_in: HandInOption,

    /// Only check whether every row is right, in about a second, and time nothing
    #[arg(long, help_heading = "More", conflicts_with = "predict")]
    pub check: bool,

    /// What the order of rows and the disturbances of the check are drawn from; the JSON has it
    #[arg(long, value_name = "N", default_value = values::FROM_THE_CLOCK, value_parser = seed,
          help_heading = "More", allow_hyphen_values = true)]
    pub seed: u64,

    /// When to use colours: auto, always or never
    #[arg(
        long,
        value_name = "WHEN",
        default_value = "auto",
        help_heading = "More",
        hide_possible_values = true
    )]
    pub color: clap::ColorChoice,

    /// Show the kernels and the strategies, and end
    #[arg(long, help_heading = "More")]
    pub list: bool,
}

impl AsRef<Options> for Options {
    fn as_ref(&self) -> &Options {
        self
    }
}

impl Options {
    /// Whether the strategy of this name is wanted: one of those that were named, or any.
    pub fn wants(&self, strategy: &str) -> bool {
        self.strategies.is_empty() || self.strategies.iter().any(|name| name == strategy)
    }
}
