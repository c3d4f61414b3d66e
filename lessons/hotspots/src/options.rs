use std::path::PathBuf;

use clap::{Args, Subcommand};
use course::options::values::{seed, terms};
use course::options::{HandInOption, Timing, WorkerList};

use crate::python::PythonOptions;
use crate::{VARIANTS, Variant};

/// The options of this lesson: those of all lessons that mean something here, and its own.
#[derive(Debug, Clone, Args)]
#[command(args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
pub struct Options {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    /// How many records to make: 10000, 10_000, 1e4 or 10k
    #[arg(short = 'n', long, value_name = "N", default_value = "10k", value_parser = terms,
          allow_hyphen_values = true)]
    pub(crate) terms: u64,

    /// How many workers hot-parallel has: 4; auto: the usable cores
    #[arg(short, long, value_name = "LIST", default_value = "auto",
          value_parser = WorkerList::parse, allow_hyphen_values = true)]
    pub(crate) workers: WorkerList,

    /// Only these rows (and the first), separated by commas; --list shows them
    #[arg(short, long = "strategy", value_name = "NAMES", value_delimiter = ',',
          value_parser = variant)]
    strategies: Vec<Variant>,

    /// One JSON document on standard output, and nothing else there
    #[arg(long)]
    pub(crate) json: bool,

    /// Read these records instead: a station and a value in each line, like Oslo;-3.4
    #[arg(long, value_name = "FILE", conflicts_with_all = ["terms", "seed", "make"])]
    pub(crate) file: Option<PathBuf>,

    /// Leave out the lines that are no record, and show how many there are
    #[arg(long)]
    pub(crate) lenient: bool,

    /// Ask for your guess of the hottest part first, and say afterwards how far off it was
    #[arg(long, conflicts_with = "json")]
    pub(crate) predict: bool,

    /// Where to put the flamegraph [default: in the folder of the build; none with --json]
    #[arg(long, value_name = "FILE")]
    pub(crate) flamegraph: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) hand_in: HandInOption,

    /// Make the records in this file, keep it, and end
    #[arg(long, value_name = "FILE", help_heading = "More")]
    pub(crate) make: Option<PathBuf>,

    /// Seed of the generated records
    #[arg(long, value_name = "NUMBER", default_value = "1", help_heading = "More",
          value_parser = seed, allow_hyphen_values = true)]
    pub(crate) seed: u64,

    #[command(flatten)]
    pub(crate) timing: Timing,

    /// Count cycles, instructions and misses of each row, too, where the system lends its counters
    #[arg(long, help_heading = "More")]
    pub(crate) counters: bool,

    /// When to use colours: auto, always or never
    #[arg(
        long,
        value_name = "WHEN",
        default_value = "auto",
        help_heading = "More",
        hide_possible_values = true
    )]
    pub(crate) color: clap::ColorChoice,

    /// Show the rows, and end
    #[arg(long, help_heading = "More")]
    pub(crate) list: bool,
}

/// What else can be profiled.
#[derive(Debug, Clone, Subcommand)]
pub(crate) enum Command {
    /// Where does a Python program spend its time, as cProfile sees it, and what does it cost to look?
    Python(PythonOptions),
}

fn variant(text: &str) -> Result<Variant, String> {
    VARIANTS.into_iter().find(|variant| variant.name == text).ok_or_else(|| {
        let names = VARIANTS.map(|variant| variant.name).join(", ");
        format!("the rows are {names}; for example: -s {}", VARIANTS[1].name)
    })
}

impl Options {
    /// The variants of the run. The first is always there: the others are compared with it.
    pub(crate) fn variants(&self) -> impl Iterator<Item = Variant> {
        let named = |variant: &Variant| self.strategies.iter().any(|one| one.name == variant.name);
        let all = self.strategies.is_empty();
        VARIANTS.into_iter().enumerate().filter_map(move |(place, variant)| {
            (place == 0 || all || named(&variant)).then_some(variant)
        })
    }
}
