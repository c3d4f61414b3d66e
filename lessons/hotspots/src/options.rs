use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use clap::Parser;
use course::cli;

use crate::{ROWS, Row};

/// The options of this lesson: those of all lessons that mean something here, and its own.
#[derive(Debug, Clone, Parser)]
#[command(
    name = "hotspots",
    about = crate::lesson::QUESTION,
    version,
    max_term_width = 80,
    after_help = "Examples:\n  -n 1000                 fewer records: another profile\n  \
                  --file FILE --lenient   your own records; bad lines are left out\n  \
                  --predict               guess first, and see how wrong you were"
)]
pub(crate) struct Options {
    /// How many records to make: 10000, 10_000, 1e4 or 10k
    #[arg(short = 'n', long, value_name = "N", default_value = "10k", value_parser = cli::terms,
          allow_hyphen_values = true)]
    pub(crate) terms: u64,

    /// How many workers hot-parallel has: 4; auto: the usable cores
    #[arg(short, long, value_name = "LIST", default_value = "auto",
          value_parser = cli::WorkerList::parse, allow_hyphen_values = true)]
    pub(crate) workers: cli::WorkerList,

    /// Only these rows (and the first), separated by commas; --list shows them
    #[arg(short = 's', long = "strategy", value_name = "NAMES", value_delimiter = ',',
          value_parser = row)]
    pub(crate) rows: Vec<Row>,

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

    /// Make the records in this file, keep it, and end
    #[arg(long, value_name = "FILE", help_heading = "More")]
    pub(crate) make: Option<PathBuf>,

    /// Where the dice begin with which the records are made
    #[arg(long, value_name = "NUMBER", default_value = "1", help_heading = "More",
          value_parser = seed, allow_hyphen_values = true)]
    pub(crate) seed: u64,

    /// Timed rounds [default: as many as steady medians need within the budget]
    #[arg(long, value_name = "R", value_parser = cli::rounds, help_heading = "More",
          allow_hyphen_values = true)]
    pub(crate) rounds: Option<NonZeroUsize>,

    /// About how long the whole run may take
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = cli::seconds,
          help_heading = "More", allow_hyphen_values = true)]
    pub(crate) budget: Duration,

    /// The longest that one run of one row may take
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = cli::seconds,
          help_heading = "More", allow_hyphen_values = true)]
    pub(crate) timeout: Duration,

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

fn row(text: &str) -> Result<Row, String> {
    ROWS.into_iter().find(|row| row.name == text).ok_or_else(|| {
        let names = ROWS.map(|row| row.name).join(", ");
        format!("the rows are {names}; for example: -s {}", ROWS[1].name)
    })
}

fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| "a seed is a whole number from 0; for example: --seed 7".to_owned())
}

impl Options {
    /// The rows of the run. The first is always there: the others are compared with it.
    pub(crate) fn wanted(&self) -> Vec<Row> {
        let named = |row: &Row| self.rows.iter().any(|wanted| wanted.name == row.name);
        let wanted = |row: &Row| self.rows.is_empty() || named(row);
        ROWS.into_iter()
            .enumerate()
            .filter(|(place, row)| *place == 0 || wanted(row))
            .map(|(_, row)| row)
            .collect()
    }
}
