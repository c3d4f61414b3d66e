use std::ffi::OsString;

use clap::Args;
use course::options::Timing;
use course::options::values::{seed, terms};
use measure::Error;

/// With more records the program takes minutes.
const MOST_RECORDS: u64 = 50_000;

/// The options of `hotspots python`.
#[derive(Debug, Clone, Args)]
pub(crate) struct PythonOptions {
    /// A Python program and its words; what it prints is not shown [default: the lesson's own records.py]
    #[arg(trailing_var_arg = true, value_name = "PROGRAM")]
    pub(crate) program: Vec<OsString>,

    /// How many records records.py reads: 1000, 1_000, 1e3 or 1k
    #[arg(short = 'n', long, value_name = "N", default_value = "1k", value_parser = terms,
          allow_hyphen_values = true, conflicts_with = "program")]
    pub(crate) terms: u64,

    /// One JSON document on standard output, and nothing else there
    #[arg(long)]
    pub(crate) json: bool,

    /// Ask for your guess of the hottest function first, and say afterwards how far off it was
    #[arg(long, conflicts_with_all = ["json", "program"])]
    pub(crate) predict: bool,

    #[command(flatten)]
    pub(crate) timing: Timing,

    /// Seed of the generated records
    #[arg(long, value_name = "NUMBER", default_value = "1", help_heading = "More",
          value_parser = seed, allow_hyphen_values = true, conflicts_with = "program")]
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
}

impl PythonOptions {
    /// What fits no rule of a single option.
    pub(super) fn check(&self) -> Result<(), Error> {
        if self.terms <= MOST_RECORDS {
            return Ok(());
        }
        Err(Error::Usage(format!(
            "invalid value '{}' for --terms: records.py compares each record with all others, so it reads \
             {MOST_RECORDS} at most; for example: -n 1k",
            self.terms
        )))
    }
}
